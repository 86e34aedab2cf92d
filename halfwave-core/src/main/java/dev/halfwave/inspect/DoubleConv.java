package dev.halfwave.inspect;

import dev.halfwave.kernel.ConvGeometry;
import dev.halfwave.tensor.Window;

/**
 * Convolution and its input gradient in double, for inspections that run them thousands of times: the sums of the ops'
 * own definitions in the same order, hence the same bits, but with channels innermost and zeros skipped. Several times as
 * fast.
 *
 * @param g the convolution's sizes
 */
record DoubleConv(ConvGeometry g) {

    /** {@code y += x * w}, all as in {@link dev.halfwave.op.Conv2d}. */
    void forward(double[] x, double[] w, double[] y) {
        each((pixel, tap, out) -> {
            for (int group = 0; group < g.groups(); group++) {
                for (int c = 0; c < g.groupC(); c++) {
                    double value = x[pixel * g.c() + group * g.groupC() + c];
                    if (value != 0) {
                        int from = (tap * g.groupC() + c) * g.k() + group * g.groupK();
                        add(value, w, from, y, out * g.k() + group * g.groupK(), g.groupK());
                    }
                }
            }
        });
    }

    /** {@code dx += } the gradient of the images, all as in {@link dev.halfwave.op.Conv2dInputGradient}. */
    void inputGradient(double[] dy, double[] w, double[] dx) {
        double[] turned = turned(w);
        each((pixel, tap, out) -> {
            for (int k = 0; k < g.k(); k++) {
                double value = dy[out * g.k() + k];
                if (value != 0) {
                    int group = k / g.groupK();
                    int to = pixel * g.c() + group * g.groupC();
                    add(value, turned, (tap * g.k() + k) * g.groupC(), dx, to, g.groupC());
                }
            }
        });
    }

    private static void add(double factor, double[] from, int at, double[] to, int into, int n) {
        for (int i = 0; i < n; i++) {
            to[into + i] += factor * from[at + i];
        }
    }

    /** The filters with input channels innermost: {@code [R, S, K, C/groups]}. */
    private double[] turned(double[] w) {
        double[] turned = new double[w.length];
        int c = g.groupC();
        for (int i = 0; i < w.length; i++) {
            int tap = i / g.k() / c;
            turned[(tap * g.k() + i % g.k()) * c + i / g.k() % c] = w[i];
        }
        return turned;
    }

    private void each(Place place) {
        for (int n = 0; n < g.n(); n++) {
            for (int p = 0; p < g.oh(); p++) {
                for (int q = 0; q < g.ow(); q++) {
                    window(n, p, q, place);
                }
            }
        }
    }

    private void window(int n, int p, int q, Place place) {
        int out = (n * g.oh() + p) * g.ow() + q;
        for (int i = 0; i < g.r(); i++) {
            int row = at(g.vertical(), p, i);
            for (int j = 0; row >= 0 && row < g.h() && j < g.s(); j++) {
                int column = at(g.horizontal(), q, j);
                if (column >= 0 && column < g.w()) {
                    place.visit((n * g.h() + row) * g.w() + column, i * g.s() + j, out);
                }
            }
        }
    }

    private static int at(Window window, int position, int element) {
        return position * window.stride() - window.before() + element * window.dilation();
    }

    /** What to do with one pixel under one tap of a window. */
    @FunctionalInterface
    private interface Place {
        void visit(int pixel, int tap, int out);
    }
}
