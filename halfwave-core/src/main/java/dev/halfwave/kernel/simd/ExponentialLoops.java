package dev.halfwave.kernel.simd;

import static dev.halfwave.kernel.scalar.Exponential.EXPM1_LOWEST;
import static dev.halfwave.kernel.scalar.Exponential.EXP_HIGHEST;
import static dev.halfwave.kernel.scalar.Exponential.EXP_LOWEST;
import static dev.halfwave.kernel.scalar.Exponential.LN2_HIGH;
import static dev.halfwave.kernel.scalar.Exponential.LN2_LOW;
import static dev.halfwave.kernel.scalar.Exponential.LOG2_E;
import static dev.halfwave.kernel.scalar.Exponential.Q0;
import static dev.halfwave.kernel.scalar.Exponential.Q1;
import static dev.halfwave.kernel.scalar.Exponential.Q2;
import static dev.halfwave.kernel.scalar.Exponential.Q3;
import static dev.halfwave.kernel.scalar.Exponential.Q4;
import static dev.halfwave.kernel.scalar.Exponential.ROUND;
import static dev.halfwave.kernel.scalar.Exponential.ROUND_BITS;
import static dev.halfwave.kernel.scalar.Exponential.TINY;
import static dev.halfwave.kernel.simd.Lanes.COUNT;
import static dev.halfwave.kernel.simd.Lanes.SPECIES;

import dev.halfwave.kernel.scalar.Exponential;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;

/**
 * The steps of {@link Exponential} on vectors: the same results bit for bit, and that class for the rest of a range.
 */
final class ExponentialLoops {
    private ExponentialLoops() {}

    /** {@code out = eᵃ}; out may be a. */
    static void exp(float[] a, int ao, float[] out, int oo, int n) {
        int end = SPECIES.loopBound(n);
        for (int i = 0; i < end; i += COUNT) {
            FloatVector x = FloatVector.fromArray(SPECIES, a, ao + i);
            x = x.blend(EXP_HIGHEST, x.compare(VectorOperators.GT, EXP_HIGHEST));
            x = x.blend(EXP_LOWEST, x.compare(VectorOperators.LT, EXP_LOWEST));
            FloatVector shifted = x.fma(LOG2_E, ROUND);
            FloatVector k = shifted.sub(ROUND);
            FloatVector r = k.lanewise(VectorOperators.FMA, -LN2_HIGH, x);
            r = k.lanewise(VectorOperators.FMA, -LN2_LOW, r);
            FloatVector q = r.fma(Q4, Q3).lanewise(VectorOperators.FMA, r, Q2);
            q = q.lanewise(VectorOperators.FMA, r, Q1).lanewise(VectorOperators.FMA, r, Q0);
            FloatVector p = r.mul(r).fma(q, r).add(1);
            IntVector power = shifted.reinterpretAsInts().sub(ROUND_BITS);
            IntVector half = power.lanewise(VectorOperators.ASHR, 1);
            IntVector rest = power.sub(half);
            p = p.mul(half.add(127).lanewise(VectorOperators.LSHL, 23).reinterpretAsFloats());
            p.mul(rest.add(127).lanewise(VectorOperators.LSHL, 23).reinterpretAsFloats())
                    .intoArray(out, oo + i);
        }
        for (int i = end; i < n; i++) {
            out[oo + i] = Exponential.exp(a[ao + i]);
        }
    }

    /** {@code out = eᵃ − 1}; out may be a. */
    static void expm1(float[] a, int ao, float[] out, int oo, int n) {
        int end = SPECIES.loopBound(n);
        for (int i = 0; i < end; i += COUNT) {
            FloatVector asked = FloatVector.fromArray(SPECIES, a, ao + i);
            FloatVector x = asked.blend(EXP_HIGHEST, asked.compare(VectorOperators.GT, EXP_HIGHEST));
            x = x.blend(EXPM1_LOWEST, x.compare(VectorOperators.LT, EXPM1_LOWEST));
            FloatVector shifted = x.fma(LOG2_E, ROUND);
            FloatVector k = shifted.sub(ROUND);
            FloatVector r = k.lanewise(VectorOperators.FMA, -LN2_HIGH, x);
            r = k.lanewise(VectorOperators.FMA, -LN2_LOW, r);
            FloatVector q = r.fma(Q4, Q3).lanewise(VectorOperators.FMA, r, Q2);
            q = q.lanewise(VectorOperators.FMA, r, Q1).lanewise(VectorOperators.FMA, r, Q0);
            FloatVector p = r.mul(r).fma(q, r);
            IntVector power = shifted.reinterpretAsInts().sub(ROUND_BITS - 126);
            FloatVector scale = power.lanewise(VectorOperators.LSHL, 23).reinterpretAsFloats();
            FloatVector result = scale.fma(p, scale.sub(0.5f)).mul(2);
            VectorMask<Float> tiny = asked.lanewise(VectorOperators.ABS).compare(VectorOperators.LT, TINY);
            result.blend(asked, tiny).intoArray(out, oo + i);
        }
        for (int i = end; i < n; i++) {
            out[oo + i] = Exponential.expm1(a[ao + i]);
        }
    }
}
