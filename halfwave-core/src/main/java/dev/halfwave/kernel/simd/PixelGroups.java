package dev.halfwave.kernel.simd;

import dev.halfwave.kernel.ConvGeometry;
import dev.halfwave.tensor.Window;
import java.util.Optional;

/**
 * A convolution of few filters that computes some neighbouring pixels at once, as if they were one pixel of several
 * times the channels.
 *
 * <p>The result lies in memory as before; only the geometry is another: the window is wide enough for all pixels of a
 * group and moves on by a group at a time. Each pixel has its own copy of the filters, at its place in the wide window,
 * with zeros around it. That costs multiplications by zero, but a tile with more lanes in use takes no longer.
 *
 * @param narrow the convolution
 * @param pixels pixels of a group, 2 or more; a divisor of the output's width
 */
record PixelGroups(ConvGeometry narrow, int pixels) {
    /** Of the work without groups, what is left must be less than this to be worth the packing. */
    private static final double WORTH_IT = 0.85;

    /** The groups that leave the least work, if any leave less than there is without. */
    static Optional<PixelGroups> of(ConvGeometry g) {
        int best = 1;
        for (int pixels = 2; pixels * g.k() <= Lanes.PANEL; pixels++) {
            if (g.ow() % pixels == 0 && work(g, pixels) < work(g, best)) {
                best = pixels;
            }
        }
        boolean plain = g.groups() == 1 && g.horizontal().dilation() == 1;
        return plain && work(g, best) < WORTH_IT * work(g, 1)
                ? Optional.of(new PixelGroups(g, best))
                : Optional.empty();
    }

    /** Columns of the window per pixel: what a tile takes for each does not depend on how many lanes are in use. */
    private static double work(ConvGeometry g, int pixels) {
        return (double) wideColumns(g, pixels) / pixels;
    }

    private static int wideColumns(ConvGeometry g, int pixels) {
        return g.s() + (pixels - 1) * g.horizontal().stride();
    }

    /** Seen from the gradient of the input: the convolution of dy with turned filters that computes it. */
    static Optional<PixelGroups> ofGradient(ConvGeometry g) {
        boolean turnable = g.groups() == 1 && turnable(g.vertical()) && turnable(g.horizontal());
        return turnable
                ? of(new ConvGeometry(
                        g.n(), g.oh(), g.ow(), g.k(), g.c(), turned(g.vertical()), turned(g.horizontal()), 1))
                : Optional.empty();
    }

    private static boolean turnable(Window window) {
        int most = window.size() - 1;
        return window.stride() == 1 && window.dilation() == 1 && window.before() <= most && window.after() <= most;
    }

    private static Window turned(Window window) {
        return new Window(window.size(), 1, 1, window.size() - 1 - window.before(), window.size() - 1 - window.after());
    }

    /** The same convolution, group by group. */
    ConvGeometry wide() {
        Window across = narrow.horizontal();
        Window window = new Window(columns(), across.stride() * pixels, 1, across.before(), across.after());
        return new ConvGeometry(
                narrow.n(), narrow.h(), narrow.w(), narrow.c(), narrow.k() * pixels, narrow.vertical(), window, 1);
    }

    /** Columns of the wide window. */
    int columns() {
        return wideColumns(narrow, pixels);
    }

    /** Floats of the wide filters. */
    int filterFloats() {
        return Math.multiplyExact(narrow.r() * columns(), narrow.c() * narrow.k() * pixels);
    }

    /** Where the filters of a pixel of the group begin in the wide filters, for one element of the window. */
    int place(int row, int column, int pixel) {
        int wideColumn = column + pixel * narrow.horizontal().stride();
        return ((row * columns() + wideColumn) * narrow.c() * pixels + pixel) * narrow.k();
    }

    /** The distance between one channel's filters and the next in the wide filters. */
    int step() {
        return pixels * narrow.k();
    }
}
