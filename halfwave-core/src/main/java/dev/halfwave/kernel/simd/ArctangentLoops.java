package dev.halfwave.kernel.simd;

import static dev.halfwave.kernel.scalar.Arctangent.HALF_PI;
import static dev.halfwave.kernel.scalar.Arctangent.HALF_PI_REST;
import static dev.halfwave.kernel.scalar.Arctangent.P0;
import static dev.halfwave.kernel.scalar.Arctangent.P1;
import static dev.halfwave.kernel.scalar.Arctangent.P2;
import static dev.halfwave.kernel.scalar.Arctangent.P3;
import static dev.halfwave.kernel.scalar.Arctangent.P4;
import static dev.halfwave.kernel.scalar.Arctangent.P5;
import static dev.halfwave.kernel.scalar.Arctangent.P6;
import static dev.halfwave.kernel.scalar.Arctangent.P7;
import static dev.halfwave.kernel.scalar.Arctangent.P8;
import static dev.halfwave.kernel.simd.Lanes.COUNT;
import static dev.halfwave.kernel.simd.Lanes.SPECIES;

import dev.halfwave.kernel.scalar.Arctangent;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;

/** The steps of {@link Arctangent} on vectors: the same results bit for bit, and that class for the rest of a range. */
final class ArctangentLoops {
    private ArctangentLoops() {}

    /** {@code out = arctan(a)}; out may be a. */
    static void atan(float[] a, int ao, float[] out, int oo, int n) {
        int end = SPECIES.loopBound(n);
        for (int i = 0; i < end; i += COUNT) {
            FloatVector x = FloatVector.fromArray(SPECIES, a, ao + i);
            FloatVector size = x.lanewise(VectorOperators.ABS);
            VectorMask<Float> far = size.compare(VectorOperators.GT, 1);
            FloatVector t = size.blend(FloatVector.broadcast(SPECIES, 1).div(size), far);
            FloatVector square = t.mul(t);
            FloatVector p = square.fma(P8, P7).lanewise(VectorOperators.FMA, square, P6);
            p = p.lanewise(VectorOperators.FMA, square, P5).lanewise(VectorOperators.FMA, square, P4);
            p = p.lanewise(VectorOperators.FMA, square, P3).lanewise(VectorOperators.FMA, square, P2);
            p = p.lanewise(VectorOperators.FMA, square, P1).lanewise(VectorOperators.FMA, square, P0);
            FloatVector angle = t.mul(square).fma(p, t);
            angle = angle.blend(angle.neg().add(HALF_PI_REST).add(HALF_PI), far);
            IntVector sign = x.reinterpretAsInts().and(Integer.MIN_VALUE);
            angle.reinterpretAsInts().or(sign).reinterpretAsFloats().intoArray(out, oo + i);
        }
        for (int i = end; i < n; i++) {
            out[oo + i] = Arctangent.atan(a[ao + i]);
        }
    }
}
