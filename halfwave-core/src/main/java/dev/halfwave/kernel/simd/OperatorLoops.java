package dev.halfwave.kernel.simd;

import static dev.halfwave.kernel.simd.Lanes.COUNT;
import static dev.halfwave.kernel.simd.Lanes.SPECIES;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;

/**
 * The operators of formulas on vectors.
 *
 * <p>One loop each: an operator handed over as an argument would be looked up in every iteration.
 */
final class OperatorLoops {
    private OperatorLoops() {}

    /** {@code out = a + b}; out may be a or b. */
    static void add(float[] a, int ao, float[] b, int bo, float[] out, int oo, int n) {
        int end = SPECIES.loopBound(n);
        for (int i = 0; i < end; i += COUNT) {
            FloatVector left = FloatVector.fromArray(SPECIES, a, ao + i);
            FloatVector right = FloatVector.fromArray(SPECIES, b, bo + i);
            left.add(right).intoArray(out, oo + i);
        }
        for (int i = end; i < n; i++) {
            out[oo + i] = a[ao + i] + b[bo + i];
        }
    }

    /** {@code out = a − b}; out may be a or b. */
    static void subtract(float[] a, int ao, float[] b, int bo, float[] out, int oo, int n) {
        int end = SPECIES.loopBound(n);
        for (int i = 0; i < end; i += COUNT) {
            FloatVector left = FloatVector.fromArray(SPECIES, a, ao + i);
            FloatVector right = FloatVector.fromArray(SPECIES, b, bo + i);
            left.sub(right).intoArray(out, oo + i);
        }
        for (int i = end; i < n; i++) {
            out[oo + i] = a[ao + i] - b[bo + i];
        }
    }

    /** {@code out = a · b}; out may be a or b. */
    static void multiply(float[] a, int ao, float[] b, int bo, float[] out, int oo, int n) {
        int end = SPECIES.loopBound(n);
        for (int i = 0; i < end; i += COUNT) {
            FloatVector left = FloatVector.fromArray(SPECIES, a, ao + i);
            FloatVector right = FloatVector.fromArray(SPECIES, b, bo + i);
            left.mul(right).intoArray(out, oo + i);
        }
        for (int i = end; i < n; i++) {
            out[oo + i] = a[ao + i] * b[bo + i];
        }
    }

    /** {@code out = a / b}; out may be a or b. */
    static void divide(float[] a, int ao, float[] b, int bo, float[] out, int oo, int n) {
        int end = SPECIES.loopBound(n);
        for (int i = 0; i < end; i += COUNT) {
            FloatVector left = FloatVector.fromArray(SPECIES, a, ao + i);
            FloatVector right = FloatVector.fromArray(SPECIES, b, bo + i);
            left.div(right).intoArray(out, oo + i);
        }
        for (int i = end; i < n; i++) {
            out[oo + i] = a[ao + i] / b[bo + i];
        }
    }

    /** {@code out = max(a, b)}; out may be a or b. */
    static void max(float[] a, int ao, float[] b, int bo, float[] out, int oo, int n) {
        int end = SPECIES.loopBound(n);
        for (int i = 0; i < end; i += COUNT) {
            FloatVector left = FloatVector.fromArray(SPECIES, a, ao + i);
            FloatVector right = FloatVector.fromArray(SPECIES, b, bo + i);
            left.max(right).intoArray(out, oo + i);
        }
        for (int i = end; i < n; i++) {
            out[oo + i] = Math.max(a[ao + i], b[bo + i]);
        }
    }

    /** {@code out = min(a, b)}; out may be a or b. */
    static void min(float[] a, int ao, float[] b, int bo, float[] out, int oo, int n) {
        int end = SPECIES.loopBound(n);
        for (int i = 0; i < end; i += COUNT) {
            FloatVector left = FloatVector.fromArray(SPECIES, a, ao + i);
            FloatVector right = FloatVector.fromArray(SPECIES, b, bo + i);
            left.min(right).intoArray(out, oo + i);
        }
        for (int i = end; i < n; i++) {
            out[oo + i] = Math.min(a[ao + i], b[bo + i]);
        }
    }

    /** {@code out = a + b}; out may be a. */
    static void add(float[] a, int ao, float b, float[] out, int oo, int n) {
        int end = SPECIES.loopBound(n);
        for (int i = 0; i < end; i += COUNT) {
            FloatVector.fromArray(SPECIES, a, ao + i).add(b).intoArray(out, oo + i);
        }
        for (int i = end; i < n; i++) {
            out[oo + i] = a[ao + i] + b;
        }
    }

    /** {@code out = a · b}; out may be a. */
    static void multiply(float[] a, int ao, float b, float[] out, int oo, int n) {
        int end = SPECIES.loopBound(n);
        for (int i = 0; i < end; i += COUNT) {
            FloatVector.fromArray(SPECIES, a, ao + i).mul(b).intoArray(out, oo + i);
        }
        for (int i = end; i < n; i++) {
            out[oo + i] = a[ao + i] * b;
        }
    }

    /** {@code out = a / b}; out may be a. */
    static void divide(float[] a, int ao, float b, float[] out, int oo, int n) {
        int end = SPECIES.loopBound(n);
        for (int i = 0; i < end; i += COUNT) {
            FloatVector.fromArray(SPECIES, a, ao + i).div(b).intoArray(out, oo + i);
        }
        for (int i = end; i < n; i++) {
            out[oo + i] = a[ao + i] / b;
        }
    }

    /** {@code out = max(a, b)}; out may be a. */
    static void max(float[] a, int ao, float b, float[] out, int oo, int n) {
        int end = SPECIES.loopBound(n);
        for (int i = 0; i < end; i += COUNT) {
            FloatVector.fromArray(SPECIES, a, ao + i).max(b).intoArray(out, oo + i);
        }
        for (int i = end; i < n; i++) {
            out[oo + i] = Math.max(a[ao + i], b);
        }
    }

    /** {@code out = min(a, b)}; out may be a. */
    static void min(float[] a, int ao, float b, float[] out, int oo, int n) {
        int end = SPECIES.loopBound(n);
        for (int i = 0; i < end; i += COUNT) {
            FloatVector.fromArray(SPECIES, a, ao + i).min(b).intoArray(out, oo + i);
        }
        for (int i = end; i < n; i++) {
            out[oo + i] = Math.min(a[ao + i], b);
        }
    }

    /** {@code out = b − a}; out may be a. */
    static void subtractFrom(float[] a, int ao, float b, float[] out, int oo, int n) {
        int end = SPECIES.loopBound(n);
        for (int i = 0; i < end; i += COUNT) {
            FloatVector.broadcast(SPECIES, b)
                    .sub(FloatVector.fromArray(SPECIES, a, ao + i))
                    .intoArray(out, oo + i);
        }
        for (int i = end; i < n; i++) {
            out[oo + i] = b - a[ao + i];
        }
    }

    /** {@code out = b / a}; out may be a. */
    static void divideInto(float[] a, int ao, float b, float[] out, int oo, int n) {
        int end = SPECIES.loopBound(n);
        for (int i = 0; i < end; i += COUNT) {
            FloatVector.broadcast(SPECIES, b)
                    .div(FloatVector.fromArray(SPECIES, a, ao + i))
                    .intoArray(out, oo + i);
        }
        for (int i = end; i < n; i++) {
            out[oo + i] = b / a[ao + i];
        }
    }

    /** {@code out = −a}; out may be a. */
    static void negate(float[] a, int ao, float[] out, int oo, int n) {
        int end = SPECIES.loopBound(n);
        for (int i = 0; i < end; i += COUNT) {
            FloatVector.fromArray(SPECIES, a, ao + i).neg().intoArray(out, oo + i);
        }
        for (int i = end; i < n; i++) {
            out[oo + i] = -a[ao + i];
        }
    }

    /** {@code out = |a|}; out may be a. */
    static void abs(float[] a, int ao, float[] out, int oo, int n) {
        int end = SPECIES.loopBound(n);
        for (int i = 0; i < end; i += COUNT) {
            FloatVector.fromArray(SPECIES, a, ao + i)
                    .lanewise(VectorOperators.ABS)
                    .intoArray(out, oo + i);
        }
        for (int i = end; i < n; i++) {
            out[oo + i] = Math.abs(a[ao + i]);
        }
    }

    /** {@code out = √a}; out may be a. */
    static void sqrt(float[] a, int ao, float[] out, int oo, int n) {
        int end = SPECIES.loopBound(n);
        for (int i = 0; i < end; i += COUNT) {
            FloatVector.fromArray(SPECIES, a, ao + i).sqrt().intoArray(out, oo + i);
        }
        for (int i = end; i < n; i++) {
            out[oo + i] = (float) Math.sqrt(a[ao + i]);
        }
    }

    /** {@code out = test > 0 ? positive : otherwise}; out may be any of them. */
    static void select(
            float[] test,
            int to,
            float[] positive,
            int po,
            float[] otherwise,
            int otherwiseO,
            float[] out,
            int oo,
            int n) {
        int end = SPECIES.loopBound(n);
        for (int i = 0; i < end; i += COUNT) {
            VectorMask<Float> isPositive =
                    FloatVector.fromArray(SPECIES, test, to + i).compare(VectorOperators.GT, 0);
            FloatVector.fromArray(SPECIES, otherwise, otherwiseO + i)
                    .blend(FloatVector.fromArray(SPECIES, positive, po + i), isPositive)
                    .intoArray(out, oo + i);
        }
        for (int i = end; i < n; i++) {
            out[oo + i] = test[to + i] > 0 ? positive[po + i] : otherwise[otherwiseO + i];
        }
    }
}
