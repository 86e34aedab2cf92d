package dev.halfwave.kernel.simd;

import static dev.halfwave.kernel.simd.Lanes.COUNT;
import static dev.halfwave.kernel.simd.Lanes.SPECIES;

import dev.halfwave.activation.Formula;
import dev.halfwave.kernel.scalar.ScalarBlockMath;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;

/**
 * Whole numbers near floats, on vectors.
 *
 * <p>To add 2²³ to a smaller magnitude and take it away again rounds to the nearest whole number, to the even one of
 * two; larger magnitudes are whole already. The sign is put back last, which keeps that of zeros.
 */
final class RoundingLoops {
    /** From here on all floats are whole. */
    private static final float WHOLE = 0x1p23f;

    private RoundingLoops() {}

    /** {@code out} = the nearest whole number to a, the even one of two; out may be a. */
    static void round(float[] a, int ao, float[] out, int oo, int n) {
        int end = SPECIES.loopBound(n);
        for (int i = 0; i < end; i += COUNT) {
            FloatVector x = FloatVector.fromArray(SPECIES, a, ao + i);
            FloatVector size = x.lanewise(VectorOperators.ABS);
            FloatVector near = size.add(WHOLE).sub(WHOLE);
            IntVector sign = x.reinterpretAsInts().and(Integer.MIN_VALUE);
            FloatVector whole = near.reinterpretAsInts().or(sign).reinterpretAsFloats();
            x.blend(whole, size.compare(VectorOperators.LT, WHOLE)).intoArray(out, oo + i);
        }
        rest(Formula.Function.ROUND, a, ao, out, oo, end, n);
    }

    /** {@code out} = a without its fraction; out may be a. */
    static void truncate(float[] a, int ao, float[] out, int oo, int n) {
        int end = SPECIES.loopBound(n);
        for (int i = 0; i < end; i += COUNT) {
            FloatVector x = FloatVector.fromArray(SPECIES, a, ao + i);
            FloatVector size = x.lanewise(VectorOperators.ABS);
            FloatVector near = size.add(WHOLE).sub(WHOLE);
            near = near.blend(near.sub(1), near.compare(VectorOperators.GT, size));
            IntVector sign = x.reinterpretAsInts().and(Integer.MIN_VALUE);
            FloatVector whole = near.reinterpretAsInts().or(sign).reinterpretAsFloats();
            x.blend(whole, size.compare(VectorOperators.LT, WHOLE)).intoArray(out, oo + i);
        }
        rest(Formula.Function.TRUNCATE, a, ao, out, oo, end, n);
    }

    /** {@code out} = the largest whole number that is not above a; out may be a. */
    static void floor(float[] a, int ao, float[] out, int oo, int n) {
        int end = SPECIES.loopBound(n);
        for (int i = 0; i < end; i += COUNT) {
            FloatVector x = FloatVector.fromArray(SPECIES, a, ao + i);
            FloatVector size = x.lanewise(VectorOperators.ABS);
            IntVector sign = x.reinterpretAsInts().and(Integer.MIN_VALUE);
            FloatVector near =
                    size.add(WHOLE).sub(WHOLE).reinterpretAsInts().or(sign).reinterpretAsFloats();
            near = near.blend(near.sub(1), near.compare(VectorOperators.GT, x));
            x.blend(near, size.compare(VectorOperators.LT, WHOLE)).intoArray(out, oo + i);
        }
        rest(Formula.Function.FLOOR, a, ao, out, oo, end, n);
    }

    /** {@code out} = the smallest whole number that is not below a; out may be a. */
    static void ceil(float[] a, int ao, float[] out, int oo, int n) {
        int end = SPECIES.loopBound(n);
        for (int i = 0; i < end; i += COUNT) {
            FloatVector x = FloatVector.fromArray(SPECIES, a, ao + i);
            FloatVector size = x.lanewise(VectorOperators.ABS);
            IntVector sign = x.reinterpretAsInts().and(Integer.MIN_VALUE);
            FloatVector near = size.add(WHOLE).sub(WHOLE);
            near = near.reinterpretAsInts().or(sign).reinterpretAsFloats();
            near = near.blend(near.add(1), near.compare(VectorOperators.LT, x));
            FloatVector whole = near.reinterpretAsInts().or(sign).reinterpretAsFloats();
            x.blend(whole, size.compare(VectorOperators.LT, WHOLE)).intoArray(out, oo + i);
        }
        rest(Formula.Function.CEIL, a, ao, out, oo, end, n);
    }

    /** {@code out} = −1, 0 or 1; out may be a. */
    static void sign(float[] a, int ao, float[] out, int oo, int n) {
        int end = SPECIES.loopBound(n);
        for (int i = 0; i < end; i += COUNT) {
            FloatVector x = FloatVector.fromArray(SPECIES, a, ao + i);
            VectorMask<Float> above = x.compare(VectorOperators.GT, 0);
            VectorMask<Float> below = x.compare(VectorOperators.LT, 0);
            x.blend(1, above).blend(-1, below).intoArray(out, oo + i); // zeros and NaN stay
        }
        rest(Formula.Function.SIGN, a, ao, out, oo, end, n);
    }

    private static void rest(Formula.Function f, float[] a, int ao, float[] out, int oo, int from, int n) {
        for (int i = from; i < n; i++) {
            out[oo + i] = ScalarBlockMath.apply(f, a[ao + i]);
        }
    }
}
