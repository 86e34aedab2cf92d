package dev.halfwave.kernel.simd;

import static dev.halfwave.kernel.simd.Lanes.COUNT;
import static dev.halfwave.kernel.simd.Lanes.PANEL;
import static dev.halfwave.kernel.simd.Lanes.SPECIES;

import jdk.incubator.vector.FloatVector;

/** Six filters by two vectors of pixels: the sums of a {@link PlanarKernel}. */
final class PlanarTile {
    /** Filters of a tile. */
    static final int FILTERS = 6;

    private PlanarTile() {}

    /**
     * Sums over the terms: pixels of one term follow those of the last, and so do the filters' numbers.
     *
     * @param x two vectors of pixels for each term, from {@code xo}
     * @param w six numbers for each term, from {@code wo}
     * @param start what the six sums start from
     * @param out two vectors for each filter, from {@code oo}
     */
    static void sum(float[] x, int xo, int terms, float[] w, int wo, float[] start, int so, float[] out, int oo) {
        FloatVector a0 = FloatVector.broadcast(SPECIES, start[so]);
        FloatVector b0 = a0;
        FloatVector a1 = FloatVector.broadcast(SPECIES, start[so + 1]);
        FloatVector b1 = a1;
        FloatVector a2 = FloatVector.broadcast(SPECIES, start[so + 2]);
        FloatVector b2 = a2;
        FloatVector a3 = FloatVector.broadcast(SPECIES, start[so + 3]);
        FloatVector b3 = a3;
        FloatVector a4 = FloatVector.broadcast(SPECIES, start[so + 4]);
        FloatVector b4 = a4;
        FloatVector a5 = FloatVector.broadcast(SPECIES, start[so + 5]);
        FloatVector b5 = a5;
        for (int t = 0; t < terms; t++) {
            int p = xo + t * PANEL;
            int q = wo + t * FILTERS;
            FloatVector x0 = FloatVector.fromArray(SPECIES, x, p);
            FloatVector x1 = FloatVector.fromArray(SPECIES, x, p + COUNT);
            FloatVector w0 = FloatVector.broadcast(SPECIES, w[q]);
            a0 = x0.fma(w0, a0);
            b0 = x1.fma(w0, b0);
            FloatVector w1 = FloatVector.broadcast(SPECIES, w[q + 1]);
            a1 = x0.fma(w1, a1);
            b1 = x1.fma(w1, b1);
            FloatVector w2 = FloatVector.broadcast(SPECIES, w[q + 2]);
            a2 = x0.fma(w2, a2);
            b2 = x1.fma(w2, b2);
            FloatVector w3 = FloatVector.broadcast(SPECIES, w[q + 3]);
            a3 = x0.fma(w3, a3);
            b3 = x1.fma(w3, b3);
            FloatVector w4 = FloatVector.broadcast(SPECIES, w[q + 4]);
            a4 = x0.fma(w4, a4);
            b4 = x1.fma(w4, b4);
            FloatVector w5 = FloatVector.broadcast(SPECIES, w[q + 5]);
            a5 = x0.fma(w5, a5);
            b5 = x1.fma(w5, b5);
        }
        a0.intoArray(out, oo);
        b0.intoArray(out, oo + COUNT);
        a1.intoArray(out, oo + 2 * COUNT);
        b1.intoArray(out, oo + 3 * COUNT);
        a2.intoArray(out, oo + 4 * COUNT);
        b2.intoArray(out, oo + 5 * COUNT);
        a3.intoArray(out, oo + 6 * COUNT);
        b3.intoArray(out, oo + 7 * COUNT);
        a4.intoArray(out, oo + 8 * COUNT);
        b4.intoArray(out, oo + 9 * COUNT);
        a5.intoArray(out, oo + 10 * COUNT);
        b5.intoArray(out, oo + 11 * COUNT);
    }

    /** {@code out = max(a, b, and both one lane further)}, for some vectors; the last lane of a line is of no use. */
    static void maxima(float[] a, int ao, float[] b, int bo, float[] out, int oo, int n) {
        for (int i = 0; i < n; i += COUNT) {
            FloatVector left = FloatVector.fromArray(SPECIES, a, ao + i).max(FloatVector.fromArray(SPECIES, b, bo + i));
            FloatVector right =
                    FloatVector.fromArray(SPECIES, a, ao + i + 1).max(FloatVector.fromArray(SPECIES, b, bo + i + 1));
            left.max(right).intoArray(out, oo + i);
        }
    }

    /** Copies two vectors from each of some places that follow one another to a panel each. */
    static void shifted(float[] x, int from, float[] out, int to, int places) {
        for (int i = 0; i < places; i++) {
            FloatVector.fromArray(SPECIES, x, from + i).intoArray(out, to + i * PANEL);
            FloatVector.fromArray(SPECIES, x, from + i + COUNT).intoArray(out, to + i * PANEL + COUNT);
        }
    }

    /** Pixels of six filters, every {@code step}-th lane, as neighbouring channels of pixels {@code outStep} apart. */
    static void interleave(float[] x, int from, int step, int n, float[] out, int to, int outStep) {
        for (int i = 0; i < n; i++) {
            int p = from + i * step;
            int q = to + i * outStep;
            out[q] = x[p];
            out[q + 1] = x[p + PANEL];
            out[q + 2] = x[p + 2 * PANEL];
            out[q + 3] = x[p + 3 * PANEL];
            out[q + 4] = x[p + 4 * PANEL];
            out[q + 5] = x[p + 5 * PANEL];
        }
    }
}
