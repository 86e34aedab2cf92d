package dev.halfwave.kernel.simd;

import static dev.halfwave.kernel.scalar.ErrorFunction.HIGHEST;
import static dev.halfwave.kernel.scalar.ErrorFunction.P0;
import static dev.halfwave.kernel.scalar.ErrorFunction.P1;
import static dev.halfwave.kernel.scalar.ErrorFunction.P2;
import static dev.halfwave.kernel.scalar.ErrorFunction.P3;
import static dev.halfwave.kernel.scalar.ErrorFunction.P4;
import static dev.halfwave.kernel.scalar.ErrorFunction.P5;
import static dev.halfwave.kernel.scalar.ErrorFunction.P6;
import static dev.halfwave.kernel.scalar.ErrorFunction.R0;
import static dev.halfwave.kernel.scalar.ErrorFunction.R1;
import static dev.halfwave.kernel.scalar.ErrorFunction.R2;
import static dev.halfwave.kernel.scalar.ErrorFunction.R3;
import static dev.halfwave.kernel.scalar.ErrorFunction.R4;
import static dev.halfwave.kernel.scalar.ErrorFunction.R5;
import static dev.halfwave.kernel.scalar.ErrorFunction.R6;
import static dev.halfwave.kernel.scalar.ErrorFunction.SPLIT;
import static dev.halfwave.kernel.simd.Lanes.COUNT;
import static dev.halfwave.kernel.simd.Lanes.SPECIES;

import dev.halfwave.kernel.BlockMath.Unary;
import dev.halfwave.kernel.scalar.ErrorFunction;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;

/**
 * The steps of {@link ErrorFunction} on vectors: the same results bit for bit, and that class for the rest of a range.
 */
final class ErrorFunctionLoops {
    /** {@code out = erf(a)}; out may be a. */
    static final Unary ERF = Stages.of(
            ErrorFunctionLoops::exponents,
            (a, ao, out, oo, n, spare, so) -> ExponentialLoops.exp(spare, so, spare, so, SPECIES.loopBound(n)),
            ErrorFunctionLoops::fromExp);

    private ErrorFunctionLoops() {}

    /** {@code exponent = r(|a|)} in whole vectors; the rest of the range is not needed. */
    private static void exponents(float[] a, int ao, float[] out, int oo, int n, float[] exponent, int eo) {
        int end = SPECIES.loopBound(n);
        for (int i = 0; i < end; i += COUNT) {
            FloatVector t = FloatVector.fromArray(SPECIES, a, ao + i).lanewise(VectorOperators.ABS);
            t = t.blend(HIGHEST, t.compare(VectorOperators.GT, HIGHEST));
            FloatVector r = t.fma(R6, R5).lanewise(VectorOperators.FMA, t, R4);
            r = r.lanewise(VectorOperators.FMA, t, R3).lanewise(VectorOperators.FMA, t, R2);
            r = r.lanewise(VectorOperators.FMA, t, R1).lanewise(VectorOperators.FMA, t, R0);
            r.intoArray(exponent, eo + i);
        }
    }

    private static void fromExp(float[] a, int ao, float[] out, int oo, int n, float[] exp, int eo) {
        int end = SPECIES.loopBound(n);
        for (int i = 0; i < end; i += COUNT) {
            FloatVector x = FloatVector.fromArray(SPECIES, a, ao + i);
            FloatVector size = x.lanewise(VectorOperators.ABS);
            FloatVector square = size.mul(size);
            FloatVector p = square.fma(P6, P5).lanewise(VectorOperators.FMA, square, P4);
            p = p.lanewise(VectorOperators.FMA, square, P3).lanewise(VectorOperators.FMA, square, P2);
            p = p.lanewise(VectorOperators.FMA, square, P1).lanewise(VectorOperators.FMA, square, P0);
            p = size.fma(p, size);
            FloatVector far = FloatVector.broadcast(SPECIES, 1).sub(FloatVector.fromArray(SPECIES, exp, eo + i));
            FloatVector result = far.blend(p, size.compare(VectorOperators.LT, SPLIT));
            IntVector sign = x.reinterpretAsInts().and(Integer.MIN_VALUE);
            result.reinterpretAsInts().or(sign).reinterpretAsFloats().intoArray(out, oo + i);
        }
        for (int i = end; i < n; i++) {
            out[oo + i] = ErrorFunction.erf(a[ao + i]);
        }
    }
}
