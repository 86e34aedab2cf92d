package dev.halfwave.kernel.simd;

import static dev.halfwave.kernel.simd.Lanes.COUNT;
import static dev.halfwave.kernel.simd.Lanes.SPECIES;

import jdk.incubator.vector.FloatVector;

/**
 * The one-dimensional transforms of F(2,3), as {@link WinogradTransforms} has those of F(4,3). Interpolation at 0, 1, −1 and
 * ∞ only adds, subtracts and halves, which costs hardly any digits.
 *
 * @see <a href="https://arxiv.org/abs/1509.09308">Lavin and Gray 2016, section 4.1</a>
 */
final class SmallTransforms {
    private SmallTransforms() {}

    /** Four inputs to four: {@code out = Bᵀ d}. */
    static void input(float[] d, int from, int step, float[] out, int to, int outStep, int n) {
        for (int i = 0; i < n; i += COUNT) {
            int p = from + i;
            int q = to + i;
            FloatVector d0 = FloatVector.fromArray(SPECIES, d, p);
            FloatVector d1 = FloatVector.fromArray(SPECIES, d, p + step);
            FloatVector d2 = FloatVector.fromArray(SPECIES, d, p + 2 * step);
            FloatVector d3 = FloatVector.fromArray(SPECIES, d, p + 3 * step);
            d0.sub(d2).intoArray(out, q);
            d1.add(d2).intoArray(out, q + outStep);
            d2.sub(d1).intoArray(out, q + 2 * outStep);
            d1.sub(d3).intoArray(out, q + 3 * outStep);
        }
    }

    /** Four sums to two outputs: {@code out = Aᵀ m}. */
    static void output(float[] m, int from, int step, float[] out, int to, int outStep, int n) {
        for (int i = 0; i < n; i += COUNT) {
            int p = from + i;
            FloatVector m1 = FloatVector.fromArray(SPECIES, m, p + step);
            FloatVector m2 = FloatVector.fromArray(SPECIES, m, p + 2 * step);
            FloatVector.fromArray(SPECIES, m, p).add(m1).add(m2).intoArray(out, to + i);
            m1.sub(m2).sub(FloatVector.fromArray(SPECIES, m, p + 3 * step)).intoArray(out, to + i + outStep);
        }
    }

    /** Three filter elements to four: {@code out = G w}. */
    static void filter(float[] w, int from, int step, float[] out, int to, int outStep, int n) {
        for (int i = 0; i < n; i += COUNT) {
            int p = from + i;
            int q = to + i;
            FloatVector w0 = FloatVector.fromArray(SPECIES, w, p);
            FloatVector w1 = FloatVector.fromArray(SPECIES, w, p + step);
            FloatVector w2 = FloatVector.fromArray(SPECIES, w, p + 2 * step);
            FloatVector ends = w0.add(w2);
            w0.intoArray(out, q);
            ends.add(w1).mul(0.5f).intoArray(out, q + outStep);
            ends.sub(w1).mul(0.5f).intoArray(out, q + 2 * outStep);
            w2.intoArray(out, q + 3 * outStep);
        }
    }
}
