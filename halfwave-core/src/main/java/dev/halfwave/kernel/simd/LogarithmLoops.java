package dev.halfwave.kernel.simd;

import static dev.halfwave.kernel.scalar.Exponential.LN2_HIGH;
import static dev.halfwave.kernel.scalar.Exponential.LN2_LOW;
import static dev.halfwave.kernel.scalar.Exponential.ROUND;
import static dev.halfwave.kernel.scalar.Exponential.ROUND_BITS;
import static dev.halfwave.kernel.scalar.Exponential.TINY;
import static dev.halfwave.kernel.scalar.Logarithm.EXPONENT_BITS;
import static dev.halfwave.kernel.scalar.Logarithm.FOUR_BITS;
import static dev.halfwave.kernel.scalar.Logarithm.LEAST_BITS;
import static dev.halfwave.kernel.scalar.Logarithm.LIFT;
import static dev.halfwave.kernel.scalar.Logarithm.LIFT_POWER;
import static dev.halfwave.kernel.scalar.Logarithm.Q0;
import static dev.halfwave.kernel.scalar.Logarithm.Q1;
import static dev.halfwave.kernel.scalar.Logarithm.Q2;
import static dev.halfwave.kernel.scalar.Logarithm.Q3;
import static dev.halfwave.kernel.scalar.Logarithm.Q4;
import static dev.halfwave.kernel.scalar.Logarithm.Q5;
import static dev.halfwave.kernel.scalar.Logarithm.Q6;
import static dev.halfwave.kernel.scalar.Logarithm.Q7;
import static dev.halfwave.kernel.scalar.Logarithm.Q8;
import static dev.halfwave.kernel.simd.Lanes.COUNT;
import static dev.halfwave.kernel.simd.Lanes.SPECIES;

import dev.halfwave.kernel.scalar.Logarithm;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;

/** The steps of {@link Logarithm} on vectors: the same results bit for bit, and that class for the rest of a range. */
final class LogarithmLoops {
    private LogarithmLoops() {}

    /** {@code out = ln(1 + a)}; out may be a. */
    static void log1p(float[] a, int ao, float[] out, int oo, int n) {
        int end = SPECIES.loopBound(n);
        for (int i = 0; i < end; i += COUNT) {
            FloatVector x = FloatVector.fromArray(SPECIES, a, ao + i);
            IntVector exponent = x.add(1).reinterpretAsInts().sub(LEAST_BITS).and(EXPONENT_BITS);
            FloatVector m = x.reinterpretAsInts().sub(exponent).reinterpretAsFloats();
            IntVector scale = exponent.neg().add(FOUR_BITS);
            m = m.add(scale.reinterpretAsFloats().fma(0.25f, -1));
            FloatVector q = m.fma(Q8, Q7).lanewise(VectorOperators.FMA, m, Q6);
            q = q.lanewise(VectorOperators.FMA, m, Q5).lanewise(VectorOperators.FMA, m, Q4);
            q = q.lanewise(VectorOperators.FMA, m, Q3).lanewise(VectorOperators.FMA, m, Q2);
            q = q.lanewise(VectorOperators.FMA, m, Q1).lanewise(VectorOperators.FMA, m, Q0);
            FloatVector p = m.mul(m).fma(q, m);
            IntVector shifted = exponent.lanewise(VectorOperators.ASHR, 23).add(ROUND_BITS);
            FloatVector k = shifted.reinterpretAsFloats().sub(ROUND);
            p = k.lanewise(VectorOperators.FMA, LN2_HIGH, k.lanewise(VectorOperators.FMA, LN2_LOW, p));
            p = p.blend(x, x.lanewise(VectorOperators.ABS).compare(VectorOperators.LT, TINY));
            p = p.blend(Float.NaN, x.compare(VectorOperators.LT, -1));
            p = p.blend(Float.NEGATIVE_INFINITY, x.compare(VectorOperators.EQ, -1));
            // infinity, and not a number, which alone differs from itself
            p = p.blend(x, x.compare(VectorOperators.EQ, Float.POSITIVE_INFINITY));
            p.blend(x, x.compare(VectorOperators.NE, x)).intoArray(out, oo + i);
        }
        for (int i = end; i < n; i++) {
            out[oo + i] = Logarithm.log1p(a[ao + i]);
        }
    }

    /** {@code out = ln(a)}; out may be a. */
    static void log(float[] a, int ao, float[] out, int oo, int n) {
        int end = SPECIES.loopBound(n);
        for (int i = 0; i < end; i += COUNT) {
            FloatVector x = FloatVector.fromArray(SPECIES, a, ao + i);
            VectorMask<Float> subnormal = x.compare(VectorOperators.LT, Float.MIN_NORMAL);
            IntVector bits = x.blend(x.mul(LIFT), subnormal).reinterpretAsInts();
            IntVector exponent = bits.sub(LEAST_BITS).and(EXPONENT_BITS);
            FloatVector m = bits.sub(exponent).reinterpretAsFloats().sub(1);
            FloatVector q = m.fma(Q8, Q7).lanewise(VectorOperators.FMA, m, Q6);
            q = q.lanewise(VectorOperators.FMA, m, Q5).lanewise(VectorOperators.FMA, m, Q4);
            q = q.lanewise(VectorOperators.FMA, m, Q3).lanewise(VectorOperators.FMA, m, Q2);
            q = q.lanewise(VectorOperators.FMA, m, Q1).lanewise(VectorOperators.FMA, m, Q0);
            FloatVector p = m.mul(m).fma(q, m);
            IntVector shifted = exponent.lanewise(VectorOperators.ASHR, 23).add(ROUND_BITS);
            FloatVector k = shifted.reinterpretAsFloats().sub(ROUND);
            k = k.blend(k.sub(LIFT_POWER), subnormal);
            p = k.lanewise(VectorOperators.FMA, LN2_HIGH, k.lanewise(VectorOperators.FMA, LN2_LOW, p));
            p = p.blend(Float.NaN, x.compare(VectorOperators.LT, 0));
            p = p.blend(Float.NEGATIVE_INFINITY, x.compare(VectorOperators.EQ, 0));
            // infinity, and not a number, which alone differs from itself
            p = p.blend(x, x.compare(VectorOperators.EQ, Float.POSITIVE_INFINITY));
            p.blend(x, x.compare(VectorOperators.NE, x)).intoArray(out, oo + i);
        }
        for (int i = end; i < n; i++) {
            out[oo + i] = Logarithm.log(a[ao + i]);
        }
    }
}
