package dev.halfwave.op;

import dev.halfwave.kernel.PoolGeometry;
import dev.halfwave.tensor.Shape;
import dev.halfwave.tensor.Window;

/**
 * Every pair of an image's element and a window that sees it: the definition that poolings and their gradients share.
 *
 * @param geometry the pooling's sizes
 */
record PoolLoops(PoolGeometry geometry) {

    /**
     * The sizes of a pooling over images of the given shape.
     *
     * @throws IllegalArgumentException if the windows do not fit
     */
    static PoolGeometry geometry(Shape images, Window vertical, Window horizontal, boolean countPadding) {
        Expect.rank("images", images, 4, "[N, H, W, C]");
        return new PoolGeometry(
                images.size(0), images.size(1), images.size(2), images.size(3), vertical, horizontal, countPadding);
    }

    /** The shape that comes out. */
    static Shape output(PoolGeometry g) {
        return Shape.of(g.n(), g.oh(), g.ow(), g.c());
    }

    /** One operation for every element that a window sees, padding included. */
    static long flops(Window vertical, Window horizontal, Shape pooled) {
        return (long) vertical.size() * horizontal.size() * pooled.elements();
    }

    /** Whether every window sees at least one element of its image; only then is every maximum one of them. */
    static boolean seesSomething(PoolGeometry g) {
        return seesSomething(g.vertical(), g.h()) && seesSomething(g.horizontal(), g.w());
    }

    private static boolean seesSomething(Window window, int length) {
        int positions = window.positions(length);
        for (int p = 0; p < positions; p++) {
            if (inside(window, length, p) == 0) {
                return false;
            }
        }
        return true;
    }

    /** How many of a window's elements lie inside the axis. */
    private static int inside(Window window, int length, int position) {
        int count = 0;
        for (int i = 0; i < window.size(); i++) {
            int at = position * window.stride() - window.before() + i * window.dilation();
            count += at >= 0 && at < length ? 1 : 0;
        }
        return count;
    }

    /** Visits all pairs: windows in the order of the output, the elements of each row by row. */
    void each(Pair pair) {
        PoolGeometry g = geometry;
        for (int n = 0; n < g.n(); n++) {
            for (int p = 0; p < g.oh(); p++) {
                for (int q = 0; q < g.ow(); q++) {
                    window(n, p, q, pair);
                }
            }
        }
    }

    private void window(int n, int p, int q, Pair pair) {
        PoolGeometry g = geometry;
        for (int i = 0; i < g.vertical().size(); i++) {
            int row = p * g.vertical().stride()
                    - g.vertical().before()
                    + i * g.vertical().dilation();
            for (int j = 0; j < g.horizontal().size(); j++) {
                int column = q * g.horizontal().stride()
                        - g.horizontal().before()
                        + j * g.horizontal().dilation();
                if (row >= 0 && row < g.h() && column >= 0 && column < g.w()) {
                    channels((n * g.h() + row) * g.w() + column, (n * g.oh() + p) * g.ow() + q, pair);
                }
            }
        }
    }

    private void channels(int pixel, int out, Pair pair) {
        int c = geometry.c();
        for (int channel = 0; channel < c; channel++) {
            pair.visit(pixel * c + channel, out * c + channel);
        }
    }

    /** By how much an average divides, for the output element at the given position; 0 if its window sees nothing. */
    int divisor(int y) {
        PoolGeometry g = geometry;
        if (g.countPadding()) {
            return g.vertical().size() * g.horizontal().size();
        }
        int p = y / g.c() / g.ow() % g.oh();
        int q = y / g.c() % g.ow();
        return inside(g.vertical(), g.h(), p) * inside(g.horizontal(), g.w(), q);
    }

    /** What to do with one element of one window. */
    @FunctionalInterface
    interface Pair {
        /** The positions of the image's and the output's element. */
        void visit(int x, int y);
    }
}
