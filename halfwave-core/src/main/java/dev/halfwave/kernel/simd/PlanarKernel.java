package dev.halfwave.kernel.simd;

import static dev.halfwave.kernel.simd.Lanes.COUNT;
import static dev.halfwave.kernel.simd.Lanes.PANEL;
import static dev.halfwave.kernel.simd.PlanarTile.FILTERS;

import dev.halfwave.kernel.BilinearKernel;
import dev.halfwave.kernel.ConvGeometry;
import dev.halfwave.tensor.Window;
import java.util.Arrays;

/**
 * First convolutions of small images with few channels and few filters: lanes are pixels, for channels would not fill a
 * vector.
 *
 * <p>Every input row is laid out once for each place of a window's row and each channel, shifted and with the border's
 * zeros. Then the terms of any output row follow one another, a panel of pixels apart, and the row below begins one input
 * row further on. Sums come out a filter after the other; where a max pool follows, only a quarter of them has to be put
 * in order.
 *
 * @see <a href="https://arxiv.org/abs/1706.06873">Cho and Brand 2017</a>, on overlapping rows
 */
final class PlanarKernel implements BilinearKernel {
    private static final int MOST_FILTERS = 16;
    private static final int MOST_CHANNELS = 4;

    /** Floats of rows laid out that stay in the first cache. */
    private static final int MOST_LAID_OUT = 10_000;

    private static final int ENOUGH = 16;

    private final ConvGeometry g;
    private final Epilogue epilogue;
    private final boolean maxima;

    /** Terms that an input row adds to a window. */
    private final int rowTerms;

    private final int filterGroups;

    /** Output rows that are computed from rows laid out together; even, as maxima take two. */
    private final int bandRows;

    private final int bands;

    /** Where a row lies in the work area that is about to be laid out, behind those that are, with its border's zeros. */
    private final int line;

    /** Where the sums of a row lie, filter after filter; those of a second row, and maxima, are {@code step} further. */
    private final int planes;

    private final int step;

    /** Where what sums start from lies, a number for each filter. */
    private final int starts;

    /** @param maxima whether only the largest of two by two pixels are kept */
    PlanarKernel(ConvGeometry geometry, Epilogue epilogue, boolean maxima) {
        g = geometry;
        this.epilogue = epilogue;
        this.maxima = maxima;
        rowTerms = g.s() * g.c();
        filterGroups = (g.k() + FILTERS - 1) / FILTERS;
        int fitting = Math.max(2, MOST_LAID_OUT / (rowTerms * PANEL) - g.r() + 1);
        int wanted = Math.max(1, (ENOUGH + g.n() - 1) / g.n());
        int fair = Math.max(4, (g.oh() + wanted - 1) / wanted);
        bandRows = Math.min(fitting, fair) + 1 & ~1;
        bands = (g.oh() + bandRows - 1) / bandRows;
        line = WorkArea.START + (bandRows + g.r() - 1) * rowTerms * PANEL;
        planes = line + lineFloats();
        step = filterGroups * FILTERS * PANEL + COUNT;
        starts = planes + 3 * step;
    }

    private int lineFloats() {
        return (PANEL + g.s()) * g.c() + COUNT;
    }

    /**
     * Whether a convolution can be computed this way. Of one channel and with a pool behind it, that is faster than groups of
     * pixels; without a pool, all results have to be put in order: a step of training ResNet-20 took a fifth longer.
     */
    static boolean fits(ConvGeometry g) {
        return g.groups() == 1
                && g.c() <= MOST_CHANNELS
                && g.k() <= MOST_FILTERS
                && plain(g.vertical())
                && plain(g.horizontal())
                && 4 * g.ow() >= 3 * ((g.ow() + PANEL - 1) / PANEL * PANEL)
                && g.r() * g.s() * g.c() * PANEL <= MOST_LAID_OUT / 2;
    }

    private static boolean plain(Window window) {
        return window.stride() == 1 && window.dilation() == 1;
    }

    @Override
    public String algorithm() {
        return "pixels in lanes" + (maxima ? ", maxima kept" : "");
    }

    @Override
    public int packedFloats() {
        return filterGroups * FILTERS * g.r() * rowTerms;
    }

    /** One: such filters are small. */
    @Override
    public int packTasks() {
        return 1;
    }

    @Override
    public void pack(float[] b, int bo, float[] packed, int po, int task) {
        int terms = g.r() * rowTerms;
        Arrays.fill(packed, po, po + packedFloats(), 0);
        for (int k = 0; k < g.k(); k++) {
            int to = po + k / FILTERS * FILTERS * terms + k % FILTERS;
            for (int t = 0; t < terms; t++) {
                packed[to + t * FILTERS] = b[bo + t * g.k() + k];
            }
        }
    }

    @Override
    public int scratchFloats() {
        return 0;
    }

    @Override
    public int phases() {
        return 1;
    }

    @Override
    public int tasks(int phase) {
        return Math.min(64, g.n() * bands);
    }

    @Override
    public void run(
            int phase,
            int task,
            float[] a,
            int ao,
            float[] packed,
            int po,
            float[] bias,
            int biasO,
            float[] out,
            int oo,
            float[] scratch,
            int so) {
        int end = starts + filterGroups * FILTERS;
        float[] work = WorkArea.of(end);
        Arrays.fill(work, starts, end, 0);
        if (epilogue.bias()) {
            System.arraycopy(bias, biasO, work, starts, g.k());
        }
        int units = g.n() * bands;
        int stop = (int) ((long) units * (task + 1) / tasks(0));
        for (int unit = (int) ((long) units * task / tasks(0)); unit < stop; unit++) {
            for (int column = 0; column < g.ow(); column += PANEL) {
                band(unit / bands, unit % bands * bandRows, column, a, ao, packed, po, out, oo, work);
            }
        }
    }

    /** Some output rows of an image, as many columns as a panel holds. */
    private void band(
            int image,
            int row,
            int column,
            float[] a,
            int ao,
            float[] packed,
            int po,
            float[] out,
            int oo,
            float[] work) {
        int endRow = Math.min(g.oh(), row + bandRows);
        int rows = endRow - row;
        Arrays.fill(work, line, line + lineFloats(), 0);
        for (int i = 0; i < rows + g.r() - 1; i++) {
            int to = WorkArea.START + i * rowTerms * PANEL;
            layOut(image, row + i - g.vertical().before(), column, a, ao, work, to);
        }
        int width = Math.min(PANEL, g.ow() - column);
        for (int y = row; !maxima && y < endRow; y++) {
            sums(y - row, packed, po, work, planes);
            int at = oo + ((image * g.oh() + y) * g.ow() + column) * g.k();
            interleave(work, planes, 1, width, out, at);
            epilogue.finishBiased(out, at, width * g.k());
        }
        for (int y = row; maxima && y + 1 < endRow; y += 2) {
            sums(y - row, packed, po, work, planes);
            sums(y + 1 - row, packed, po, work, planes + step);
            int at = oo + ((image * (g.oh() / 2) + y / 2) * (g.ow() / 2) + column / 2) * g.k();
            largest(work, width / 2, out, at);
        }
    }

    /** Whatever keeps the order of sums is applied to the largest alone. */
    private void largest(float[] work, int pixels, float[] out, int to) {
        int n = step - COUNT;
        if (!epilogue.keepsOrder()) {
            epilogue.finishBiased(work, planes, n);
            epilogue.finishBiased(work, planes + step, n);
        }
        PlanarTile.maxima(work, planes, work, planes + step, work, planes + 2 * step, n);
        interleave(work, planes + 2 * step, 2, pixels, out, to);
        if (epilogue.keepsOrder()) {
            epilogue.finishBiased(out, to, pixels * g.k());
        }
    }

    /** The terms that an input row adds: for each place in a window's row and each channel, a panel of pixels. */
    private void layOut(int image, int y, int column, float[] a, int ao, float[] work, int to) {
        if (y < 0 || y >= g.h()) {
            Arrays.fill(work, to, to + rowTerms * PANEL, 0);
            return;
        }
        int c = g.c();
        int first = column - g.horizontal().before();
        int from = Math.max(0, -first);
        int end = Math.max(from, Math.min(PANEL + g.s() - 1, g.w() - first));
        System.arraycopy(
                a, ao + ((image * g.h() + y) * g.w() + first + from) * c, work, line + from * c, (end - from) * c);
        if (c == 1) {
            PlanarTile.shifted(work, line, work, to, g.s());
            return;
        }
        for (int term = 0; term < rowTerms; term++) {
            spread(work, line + term, c, PANEL, work, to + term * PANEL, 1);
        }
    }

    private void sums(int row, float[] packed, int po, float[] work, int to) {
        int terms = g.r() * rowTerms;
        int from = WorkArea.START + row * rowTerms * PANEL;
        for (int group = 0; group < filterGroups; group++) {
            int k = group * FILTERS;
            PlanarTile.sum(work, from, terms, packed, po + k * terms, work, starts + k, work, to + k * PANEL);
        }
    }

    /** Pixels of all filters, every {@code step}-th lane, as neighbouring channels. */
    private void interleave(float[] planes, int from, int step, int pixels, float[] out, int to) {
        int k = 0;
        for (; k + FILTERS <= g.k(); k += FILTERS) {
            PlanarTile.interleave(planes, from + k * PANEL, step, pixels, out, to + k, g.k());
        }
        for (; k < g.k(); k++) {
            spread(planes, from + k * PANEL, step, pixels, out, to + k, g.k());
        }
    }

    private static void spread(float[] x, int from, int step, int n, float[] out, int to, int outStep) {
        for (int i = 0; i < n; i++) {
            out[to + i * outStep] = x[from + i * step];
        }
    }
}
