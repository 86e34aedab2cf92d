package dev.halfwave.kernel.simd;

import static dev.halfwave.kernel.simd.Lanes.COUNT;
import static dev.halfwave.kernel.simd.Lanes.SPECIES;

import jdk.incubator.vector.FloatVector;

/**
 * The one-dimensional transforms of F(4,3), each over n channels at a time; n is a multiple of the vector's length.
 *
 * <p>Interpolation at 0, 1, −1, ½, −2 and ∞, which loses less to rounding than the textbook's
 * points 0, ±1, ±2 and ∞: four to five times the error of a direct sum. A transform in two dimensions is one pass over
 * the rows and one over the columns.
 *
 * @see <a href="https://arxiv.org/abs/1509.09308">Lavin and Gray 2016</a>
 * @see <a href="https://arxiv.org/abs/1803.10986">Barabasz et al. 2020</a>, on the points
 */
final class WinogradTransforms {
    private static final float THIRD = 1f / 3;
    private static final float FIFTEENTH = 1f / 15;

    private WinogradTransforms() {}

    /** Six inputs to six: {@code out = Bᵀ d}. */
    static void input(float[] d, int from, int step, float[] out, int to, int outStep, int n) {
        for (int i = 0; i < n; i += COUNT) {
            int p = from + i;
            int q = to + i;
            FloatVector d0 = FloatVector.fromArray(SPECIES, d, p);
            FloatVector d1 = FloatVector.fromArray(SPECIES, d, p + step);
            FloatVector d2 = FloatVector.fromArray(SPECIES, d, p + 2 * step);
            FloatVector d3 = FloatVector.fromArray(SPECIES, d, p + 3 * step);
            FloatVector d4 = FloatVector.fromArray(SPECIES, d, p + 4 * step);
            FloatVector d5 = FloatVector.fromArray(SPECIES, d, p + 5 * step);
            FloatVector even = d4.sub(d2);
            FloatVector odd = d3.sub(d1);
            FloatVector half = FloatVector.broadcast(SPECIES, 1.5f);
            odd.fma(half, d0.sub(d2).add(even)).intoArray(out, q);
            d2.add(d3).fma(half, even.add(odd)).intoArray(out, q + outStep);
            d3.sub(d2).fma(half, even.sub(odd)).intoArray(out, q + 2 * outStep);
            odd.fma(FloatVector.broadcast(SPECIES, 2f), even).intoArray(out, q + 3 * outStep);
            odd.fma(FloatVector.broadcast(SPECIES, -0.5f), even).intoArray(out, q + 4 * outStep);
            even.fma(half, d5.sub(d3).sub(odd)).intoArray(out, q + 5 * outStep);
        }
    }

    /** Six sums to four outputs: {@code out = Aᵀ m}. */
    static void output(float[] m, int from, int step, float[] out, int to, int outStep, int n) {
        for (int i = 0; i < n; i += COUNT) {
            int p = from + i;
            int q = to + i;
            FloatVector m1 = FloatVector.fromArray(SPECIES, m, p + step);
            FloatVector m2 = FloatVector.fromArray(SPECIES, m, p + 2 * step);
            FloatVector m3 = FloatVector.fromArray(SPECIES, m, p + 3 * step);
            FloatVector m4 = FloatVector.fromArray(SPECIES, m, p + 4 * step);
            FloatVector sum = m1.add(m2);
            FloatVector difference = m1.sub(m2);
            FloatVector.fromArray(SPECIES, m, p).add(sum).add(m3.add(m4)).intoArray(out, q);
            m4.fma(FloatVector.broadcast(SPECIES, -2f), m3.fma(FloatVector.broadcast(SPECIES, 0.5f), difference))
                    .intoArray(out, q + outStep);
            m4.fma(FloatVector.broadcast(SPECIES, 4f), m3.fma(FloatVector.broadcast(SPECIES, 0.25f), sum))
                    .intoArray(out, q + 2 * outStep);
            m4.fma(FloatVector.broadcast(SPECIES, -8f), m3.fma(FloatVector.broadcast(SPECIES, 0.125f), difference))
                    .add(FloatVector.fromArray(SPECIES, m, p + 5 * step))
                    .intoArray(out, q + 3 * outStep);
        }
    }

    /** Three filter elements to six: {@code out = G w}. */
    static void filter(float[] w, int from, int step, float[] out, int to, int outStep, int n) {
        for (int i = 0; i < n; i += COUNT) {
            int p = from + i;
            int q = to + i;
            FloatVector w0 = FloatVector.fromArray(SPECIES, w, p);
            FloatVector w1 = FloatVector.fromArray(SPECIES, w, p + step);
            FloatVector w2 = FloatVector.fromArray(SPECIES, w, p + 2 * step);
            FloatVector ends = w0.add(w2);
            w0.intoArray(out, q);
            ends.add(w1).mul(THIRD).intoArray(out, q + outStep);
            ends.sub(w1).mul(-THIRD).intoArray(out, q + 2 * outStep);
            w2.fma(FloatVector.broadcast(SPECIES, 0.25f), w1.fma(FloatVector.broadcast(SPECIES, 0.5f), w0))
                    .mul(-16 * FIFTEENTH)
                    .intoArray(out, q + 3 * outStep);
            w2.fma(FloatVector.broadcast(SPECIES, 4f), w1.fma(FloatVector.broadcast(SPECIES, -2f), w0))
                    .mul(FIFTEENTH)
                    .intoArray(out, q + 4 * outStep);
            w2.intoArray(out, q + 5 * outStep);
        }
    }

    /** Four output gradients to six: {@code out = A dy}, the adjoint of {@link #output}. */
    static void outputGradient(
            float[] dy, int from, int step, int line, float[] out, int to, int outStep, int outLine, int lines, int n) {
        for (int l = 0; l < lines; l++) {
            outputGradient(dy, from + l * line, step, out, to + l * outLine, outStep, n);
        }
    }

    private static void outputGradient(float[] dy, int from, int step, float[] out, int to, int outStep, int n) {
        for (int i = 0; i < n; i += COUNT) {
            int p = from + i;
            int q = to + i;
            FloatVector y0 = FloatVector.fromArray(SPECIES, dy, p);
            FloatVector y1 = FloatVector.fromArray(SPECIES, dy, p + step);
            FloatVector y2 = FloatVector.fromArray(SPECIES, dy, p + 2 * step);
            FloatVector y3 = FloatVector.fromArray(SPECIES, dy, p + 3 * step);
            FloatVector even = y0.add(y2);
            FloatVector odd = y1.add(y3);
            y0.intoArray(out, q);
            even.add(odd).intoArray(out, q + outStep);
            even.sub(odd).intoArray(out, q + 2 * outStep);
            FloatVector evenHalf = y2.fma(FloatVector.broadcast(SPECIES, 0.25f), y0);
            FloatVector oddHalf = y3.fma(FloatVector.broadcast(SPECIES, 0.25f), y1);
            oddHalf.fma(FloatVector.broadcast(SPECIES, 0.5f), evenHalf).intoArray(out, q + 3 * outStep);
            FloatVector evenTwo = y2.fma(FloatVector.broadcast(SPECIES, 4f), y0);
            FloatVector oddTwo = y3.fma(FloatVector.broadcast(SPECIES, 4f), y1);
            oddTwo.fma(FloatVector.broadcast(SPECIES, -2f), evenTwo).intoArray(out, q + 4 * outStep);
            y3.intoArray(out, q + 5 * outStep);
        }
    }

    /** Six sums to the gradient of three filter elements: {@code out = Gᵀ u}, the adjoint of {@link #filter}. */
    static void filterGradient(
            float[] u, int from, int step, int line, float[] out, int to, int outStep, int outLine, int lines, int n) {
        for (int l = 0; l < lines; l++) {
            filterGradient(u, from + l * line, step, out, to + l * outLine, outStep, n);
        }
    }

    private static void filterGradient(float[] u, int from, int step, float[] out, int to, int outStep, int n) {
        for (int i = 0; i < n; i += COUNT) {
            int p = from + i;
            int q = to + i;
            FloatVector u1 = FloatVector.fromArray(SPECIES, u, p + step).mul(THIRD);
            FloatVector u2 = FloatVector.fromArray(SPECIES, u, p + 2 * step).mul(-THIRD);
            FloatVector u3 = FloatVector.fromArray(SPECIES, u, p + 3 * step).mul(-16 * FIFTEENTH);
            FloatVector u4 = FloatVector.fromArray(SPECIES, u, p + 4 * step).mul(FIFTEENTH);
            FloatVector sum = u1.add(u2);
            FloatVector.fromArray(SPECIES, u, p).add(sum).add(u3.add(u4)).intoArray(out, q);
            u4.fma(FloatVector.broadcast(SPECIES, -2f), u3.fma(FloatVector.broadcast(SPECIES, 0.5f), u1.sub(u2)))
                    .intoArray(out, q + outStep);
            u4.fma(FloatVector.broadcast(SPECIES, 4f), u3.fma(FloatVector.broadcast(SPECIES, 0.25f), sum))
                    .add(FloatVector.fromArray(SPECIES, u, p + 5 * step))
                    .intoArray(out, q + 2 * outStep);
        }
    }
}
