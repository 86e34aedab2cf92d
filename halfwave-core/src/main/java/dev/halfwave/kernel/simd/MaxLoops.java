package dev.halfwave.kernel.simd;

import static dev.halfwave.kernel.simd.Lanes.COUNT;
import static dev.halfwave.kernel.simd.Lanes.SPECIES;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;

/**
 * Maxima over up to four elements of a window, all channels, on vectors.
 *
 * <p>Larger windows take several passes over the output, which stays in the first cache. A window with fewer elements
 * names one several times. Where channels do not fill whole vectors, the last vector starts earlier and does some
 * channels twice.
 */
final class MaxLoops {
    private MaxLoops() {}

    /** {@code y = max(x from a, b, c and d)} for n channels. */
    static void first(float[] x, int a, int b, int c, int d, float[] y, int yo, int n) {
        if (n < COUNT) {
            for (int j = 0; j < n; j++) {
                y[yo + j] = Math.max(Math.max(x[a + j], x[b + j]), Math.max(x[c + j], x[d + j]));
            }
            return;
        }
        for (int next = 0; next < n; next += COUNT) {
            int j = Math.min(next, n - COUNT);
            FloatVector left = FloatVector.fromArray(SPECIES, x, a + j).max(FloatVector.fromArray(SPECIES, x, b + j));
            FloatVector right = FloatVector.fromArray(SPECIES, x, c + j).max(FloatVector.fromArray(SPECIES, x, d + j));
            left.max(right).intoArray(y, yo + j);
        }
    }

    /**
     * {@code first} for some windows in a row, {@code step} apart, one vector each: every pixel but the last is written
     * over from its n-th lane on.
     */
    static void line(float[] x, int a, int b, int c, int d, int step, float[] y, int n, int windows) {
        for (int i = 0; i < windows; i++) {
            int j = i * step;
            FloatVector left = FloatVector.fromArray(SPECIES, x, a + j).max(FloatVector.fromArray(SPECIES, x, b + j));
            FloatVector right = FloatVector.fromArray(SPECIES, x, c + j).max(FloatVector.fromArray(SPECIES, x, d + j));
            left.max(right).intoArray(y, i * n);
        }
    }

    /** {@code y = max(y, x from a, b, c and d)} for n channels. */
    static void more(float[] x, int a, int b, int c, int d, float[] y, int yo, int n) {
        if (n < COUNT) {
            for (int j = 0; j < n; j++) {
                float four = Math.max(Math.max(x[a + j], x[b + j]), Math.max(x[c + j], x[d + j]));
                y[yo + j] = Math.max(y[yo + j], four);
            }
            return;
        }
        for (int next = 0; next < n; next += COUNT) {
            int j = Math.min(next, n - COUNT);
            FloatVector left = FloatVector.fromArray(SPECIES, x, a + j).max(FloatVector.fromArray(SPECIES, x, b + j));
            FloatVector right = FloatVector.fromArray(SPECIES, x, c + j).max(FloatVector.fromArray(SPECIES, x, d + j));
            FloatVector.fromArray(SPECIES, y, yo + j).max(left.max(right)).intoArray(y, yo + j);
        }
    }

    /**
     * Gives every channel's gradient to the first of four elements that is not below the maximum, if there is one.
     *
     * <p>Gradients come in whole vectors; those that belong to a last vector which starts earlier are 0 where a channel
     * was done before. At least one vector of channels is needed.
     *
     * @param dy the gradients to give, 0 where one was given before
     * @param left receives what was not given to these four; may be dy
     * @param dxo where the image starts in dx; a to d are counted from there, as they are from xo
     */
    static void give(
            float[] x,
            int xo,
            float[] dx,
            int dxo,
            int a,
            int b,
            int c,
            int d,
            float[] y,
            int yo,
            float[] dy,
            int dyo,
            float[] left,
            int n) {
        for (int next = 0; next < n; next += COUNT) {
            int j = Math.min(next, n - COUNT);
            FloatVector max = FloatVector.fromArray(SPECIES, y, yo + j);
            FloatVector gradient = FloatVector.fromArray(SPECIES, dy, dyo + next);
            VectorMask<Float> below =
                    FloatVector.fromArray(SPECIES, x, xo + a + j).compare(VectorOperators.LT, max);
            int to = dxo + a + j;
            FloatVector.fromArray(SPECIES, dx, to).add(gradient.blend(0, below)).intoArray(dx, to);
            gradient = FloatVector.zero(SPECIES).blend(gradient, below);
            below = FloatVector.fromArray(SPECIES, x, xo + b + j).compare(VectorOperators.LT, max);
            to = dxo + b + j;
            FloatVector.fromArray(SPECIES, dx, to).add(gradient.blend(0, below)).intoArray(dx, to);
            gradient = FloatVector.zero(SPECIES).blend(gradient, below);
            below = FloatVector.fromArray(SPECIES, x, xo + c + j).compare(VectorOperators.LT, max);
            to = dxo + c + j;
            FloatVector.fromArray(SPECIES, dx, to).add(gradient.blend(0, below)).intoArray(dx, to);
            gradient = FloatVector.zero(SPECIES).blend(gradient, below);
            below = FloatVector.fromArray(SPECIES, x, xo + d + j).compare(VectorOperators.LT, max);
            to = dxo + d + j;
            FloatVector.fromArray(SPECIES, dx, to).add(gradient.blend(0, below)).intoArray(dx, to);
            FloatVector.zero(SPECIES).blend(gradient, below).intoArray(left, next);
        }
    }

    /**
     * Gives the gradients of a window of two by two elements to the first that is not below the maximum, and 0 to the
     * others; n is a multiple of a vector.
     *
     * @param x0 where the upper left element lies in x, its right neighbour n further
     * @param x1 where the lower left one lies
     */
    static void quarter(
            float[] x, int x0, int x1, float[] y, int yo, float[] dy, int dyo, float[] dx, int to0, int to1, int n) {
        FloatVector zero = FloatVector.zero(SPECIES);
        for (int j = 0; j < n; j += COUNT) {
            FloatVector max = FloatVector.fromArray(SPECIES, y, yo + j);
            FloatVector left = FloatVector.fromArray(SPECIES, dy, dyo + j);
            VectorMask<Float> below = FloatVector.fromArray(SPECIES, x, x0 + j).compare(VectorOperators.LT, max);
            left.blend(0, below).intoArray(dx, to0 + j);
            left = zero.blend(left, below);
            below = FloatVector.fromArray(SPECIES, x, x0 + n + j).compare(VectorOperators.LT, max);
            left.blend(0, below).intoArray(dx, to0 + n + j);
            left = zero.blend(left, below);
            below = FloatVector.fromArray(SPECIES, x, x1 + j).compare(VectorOperators.LT, max);
            left.blend(0, below).intoArray(dx, to1 + j);
            left = zero.blend(left, below);
            below = FloatVector.fromArray(SPECIES, x, x1 + n + j).compare(VectorOperators.LT, max);
            left.blend(0, below).intoArray(dx, to1 + n + j);
        }
    }
}
