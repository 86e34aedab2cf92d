package dev.halfwave.kernel;

import java.util.Arrays;

/** Convolution and its adjoints as plain sums in double precision, with the size of what was summed. */
final class ConvReference {
    /** Receives every product of the convolution: the indices of y, x and w that it ties together. */
    private interface Term {
        void add(int y, int x, int w);
    }

    final double[] values;

    /** Per element, the sum of the products' absolute values. */
    final double[] sizes;

    private ConvReference(int length) {
        values = new double[length];
        sizes = new double[length];
    }

    static ConvReference forward(ConvGeometry g, float[] x, float[] w, float[] bias) {
        ConvReference y = new ConvReference(outputs(g));
        for (int i = 0; bias.length > 0 && i < y.values.length; i++) {
            y.add(i, bias[i % g.k()]);
        }
        forEachTerm(g, (yi, xi, wi) -> y.add(yi, (double) x[xi] * w[wi]));
        return y;
    }

    static ConvReference backwardData(ConvGeometry g, float[] dy, float[] w) {
        ConvReference dx = new ConvReference(inputs(g));
        forEachTerm(g, (yi, xi, wi) -> dx.add(xi, (double) dy[yi] * w[wi]));
        return dx;
    }

    static ConvReference backwardFilters(ConvGeometry g, float[] x, float[] dy) {
        ConvReference dw = new ConvReference(filters(g));
        forEachTerm(g, (yi, xi, wi) -> dw.add(wi, (double) x[xi] * dy[yi]));
        return dw;
    }

    static int inputs(ConvGeometry g) {
        return g.n() * g.h() * g.w() * g.c();
    }

    static int filters(ConvGeometry g) {
        return g.r() * g.s() * g.groupC() * g.k();
    }

    static int outputs(ConvGeometry g) {
        return g.n() * g.oh() * g.ow() * g.k();
    }

    double scale() {
        return Arrays.stream(sizes).max().orElse(0);
    }

    private void add(int index, double term) {
        values[index] += term;
        sizes[index] += Math.abs(term);
    }

    private static void forEachTerm(ConvGeometry g, Term term) {
        for (int np = 0; np < g.n() * g.oh(); np++) {
            for (int q = 0; q < g.ow(); q++) {
                for (int ij = 0; ij < g.r() * g.s(); ij++) {
                    int iy = np % g.oh() * g.vertical().stride()
                            - g.vertical().before()
                            + ij / g.s() * g.vertical().dilation();
                    int ix = q * g.horizontal().stride()
                            - g.horizontal().before()
                            + ij % g.s() * g.horizontal().dilation();
                    if (iy >= 0 && iy < g.h() && ix >= 0 && ix < g.w()) {
                        int pixel = (np / g.oh() * g.h() + iy) * g.w() + ix;
                        forEachChannel(g, np * g.ow() + q, pixel, ij, term);
                    }
                }
            }
        }
    }

    private static void forEachChannel(ConvGeometry g, int to, int from, int tap, Term term) {
        for (int k = 0; k < g.k(); k++) {
            for (int c = 0; c < g.groupC(); c++) {
                int x = from * g.c() + k / g.groupK() * g.groupC() + c;
                term.add(to * g.k() + k, x, (tap * g.groupC() + c) * g.k() + k);
            }
        }
    }
}
