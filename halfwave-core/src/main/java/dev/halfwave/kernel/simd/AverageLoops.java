package dev.halfwave.kernel.simd;

import static dev.halfwave.kernel.simd.Lanes.COUNT;
import static dev.halfwave.kernel.simd.Lanes.SPECIES;

import jdk.incubator.vector.FloatVector;

/**
 * Sums over the elements of a window, all channels, on vectors: one or four elements at a time, in the window's order.
 *
 * <p>Every pass ends with a multiplication: by 1, or by the window's share when all elements are in.
 */
final class AverageLoops {
    private AverageLoops() {}

    /** {@code y = (0 + x from a, b, c and d) · scale} for n channels. */
    static void first(float[] x, int a, int b, int c, int d, float scale, float[] y, int yo, int n) {
        if (n < COUNT) {
            for (int j = 0; j < n; j++) {
                y[yo + j] = (0 + x[a + j] + x[b + j] + x[c + j] + x[d + j]) * scale;
            }
            return;
        }
        for (int next = 0; next < n; next += COUNT) {
            int j = Math.min(next, n - COUNT); // the last vector may do some channels twice
            FloatVector sum = FloatVector.zero(SPECIES).add(FloatVector.fromArray(SPECIES, x, a + j));
            sum = sum.add(FloatVector.fromArray(SPECIES, x, b + j)).add(FloatVector.fromArray(SPECIES, x, c + j));
            sum.add(FloatVector.fromArray(SPECIES, x, d + j)).mul(scale).intoArray(y, yo + j);
        }
    }

    /** {@code y = (y + x from a) · scale} for n channels. */
    static void add(float[] x, int a, float scale, float[] y, int yo, int n) {
        int end = SPECIES.loopBound(n);
        for (int j = 0; j < end; j += COUNT) {
            FloatVector sum = FloatVector.fromArray(SPECIES, y, yo + j).add(FloatVector.fromArray(SPECIES, x, a + j));
            sum.mul(scale).intoArray(y, yo + j);
        }
        for (int j = end; j < n; j++) {
            y[yo + j] = (y[yo + j] + x[a + j]) * scale;
        }
    }

    /** {@code y = (y + x from a, b, c and d) · scale} for n channels. */
    static void add(float[] x, int a, int b, int c, int d, float scale, float[] y, int yo, int n) {
        int end = SPECIES.loopBound(n);
        for (int j = 0; j < end; j += COUNT) {
            FloatVector sum = FloatVector.fromArray(SPECIES, y, yo + j).add(FloatVector.fromArray(SPECIES, x, a + j));
            sum = sum.add(FloatVector.fromArray(SPECIES, x, b + j)).add(FloatVector.fromArray(SPECIES, x, c + j));
            sum.add(FloatVector.fromArray(SPECIES, x, d + j)).mul(scale).intoArray(y, yo + j);
        }
        for (int j = end; j < n; j++) {
            y[yo + j] = (y[yo + j] + x[a + j] + x[b + j] + x[c + j] + x[d + j]) * scale;
        }
    }

    /** {@code dx from a += dy · share} for n channels. */
    static void give(float[] dy, int dyo, float share, float[] dx, int a, int n) {
        int end = SPECIES.loopBound(n);
        for (int j = 0; j < end; j += COUNT) {
            FloatVector given = FloatVector.fromArray(SPECIES, dy, dyo + j).mul(share);
            FloatVector.fromArray(SPECIES, dx, a + j).add(given).intoArray(dx, a + j);
        }
        for (int j = end; j < n; j++) {
            dx[a + j] += dy[dyo + j] * share;
        }
    }
}
