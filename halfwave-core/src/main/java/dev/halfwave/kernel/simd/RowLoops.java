package dev.halfwave.kernel.simd;

import static dev.halfwave.kernel.simd.Lanes.COUNT;
import static dev.halfwave.kernel.simd.Lanes.SPECIES;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;

/** Loops over one row, on vectors where the row fills at least one. */
final class RowLoops {
    private RowLoops() {}

    /** The largest of n numbers. */
    static float max(float[] x, int xo, int n) {
        float max = Float.NEGATIVE_INFINITY;
        if (n < COUNT) {
            for (int j = 0; j < n; j++) {
                max = Math.max(max, x[xo + j]);
            }
            return max;
        }
        FloatVector maxima = FloatVector.fromArray(SPECIES, x, xo + n - COUNT);
        int end = SPECIES.loopBound(n);
        for (int j = 0; j < end; j += COUNT) {
            maxima = maxima.max(FloatVector.fromArray(SPECIES, x, xo + j));
        }
        return maxima.reduceLanes(VectorOperators.MAX);
    }

    /** The sum of n numbers. */
    static float sum(float[] x, int xo, int n) {
        float sum = 0;
        int end = SPECIES.loopBound(n);
        if (end > 0) {
            FloatVector sums = FloatVector.zero(SPECIES);
            for (int j = 0; j < end; j += COUNT) {
                sums = sums.add(FloatVector.fromArray(SPECIES, x, xo + j));
            }
            sum = Lanes.sum(sums);
        }
        for (int j = end; j < n; j++) {
            sum += x[xo + j];
        }
        return sum;
    }

    /** The sum of n products. */
    static float dot(float[] x, int xo, float[] y, int yo, int n) {
        float sum = 0;
        int end = SPECIES.loopBound(n);
        if (end > 0) {
            FloatVector sums = FloatVector.zero(SPECIES);
            for (int j = 0; j < end; j += COUNT) {
                sums = FloatVector.fromArray(SPECIES, x, xo + j).fma(FloatVector.fromArray(SPECIES, y, yo + j), sums);
            }
            sum = Lanes.sum(sums);
        }
        for (int j = end; j < n; j++) {
            sum += x[xo + j] * y[yo + j];
        }
        return sum;
    }

    /** {@code dx = y · (dy − dot)}; dx may be dy. */
    static void centre(float[] dy, int dyo, float[] y, int yo, float dot, float[] dx, int dxo, int n) {
        int end = SPECIES.loopBound(n);
        for (int j = 0; j < end; j += COUNT) {
            FloatVector centred = FloatVector.fromArray(SPECIES, dy, dyo + j).sub(dot);
            FloatVector.fromArray(SPECIES, y, yo + j).mul(centred).intoArray(dx, dxo + j);
        }
        for (int j = end; j < n; j++) {
            dx[dxo + j] = y[yo + j] * (dy[dyo + j] - dot);
        }
    }

    /** {@code Σ max(0, x − right + margin)}. */
    static float excess(float[] x, int xo, float right, float margin, int n) {
        float sum = 0;
        int end = SPECIES.loopBound(n);
        if (end > 0) {
            FloatVector sums = FloatVector.zero(SPECIES);
            for (int j = 0; j < end; j += COUNT) {
                FloatVector excess =
                        FloatVector.fromArray(SPECIES, x, xo + j).sub(right).add(margin);
                sums = sums.add(excess.blend(0, excess.compare(VectorOperators.LE, 0)));
            }
            sum = Lanes.sum(sums);
        }
        for (int j = end; j < n; j++) {
            float excess = x[xo + j] - right + margin;
            sum += excess <= 0 ? 0 : excess;
        }
        return sum;
    }

    /** {@code dx = x − right + margin > 0 ? scale : 0}; returns how many are above 0. */
    static float mark(float[] x, int xo, float right, float margin, float scale, float[] dx, int dxo, int n) {
        float count = 0;
        int end = SPECIES.loopBound(n);
        if (end > 0) {
            FloatVector zero = FloatVector.zero(SPECIES);
            FloatVector counts = zero;
            for (int j = 0; j < end; j += COUNT) {
                FloatVector excess =
                        FloatVector.fromArray(SPECIES, x, xo + j).sub(right).add(margin);
                VectorMask<Float> active = excess.compare(VectorOperators.GT, 0);
                counts = counts.add(zero.blend(1, active));
                zero.blend(scale, active).intoArray(dx, dxo + j);
            }
            count = Lanes.sum(counts);
        }
        for (int j = end; j < n; j++) {
            boolean active = x[xo + j] - right + margin > 0;
            dx[dxo + j] = active ? scale : 0;
            count += active ? 1 : 0;
        }
        return count;
    }

    /** {@code y = scale · x + shift}; y may be x. */
    static void scaleAndShift(float[] x, int xo, float scale, float shift, float[] y, int yo, int n) {
        int end = SPECIES.loopBound(n);
        FloatVector shifts = FloatVector.broadcast(SPECIES, shift);
        for (int j = 0; j < end; j += COUNT) {
            FloatVector.fromArray(SPECIES, x, xo + j)
                    .fma(FloatVector.broadcast(SPECIES, scale), shifts)
                    .intoArray(y, yo + j);
        }
        for (int j = end; j < n; j++) {
            y[yo + j] = x[xo + j] * scale + shift;
        }
    }
}
