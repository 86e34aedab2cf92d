package dev.halfwave.kernel.simd;

import dev.halfwave.kernel.BilinearKernel;
import dev.halfwave.kernel.ConvGeometry;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Lays out the gradient of a convolution's filters: for every element of the window a product Xᵀ·dY of the pixels it
 * sees with the pixels it wrote.
 *
 * <p>A sweep has input channels as rows and pixels as terms. All elements take the same block of pixels before the next
 * one, which stays in the cache meanwhile. dY is read as it stands if its rows are whole vectors.
 */
final class FilterPlan {
    /** Pixels in a span: long enough to pay for starting a tile, short enough for a panel of them to stay near. */
    private static final int SPAN_PIXELS = 448;

    /** Rows of a sweep. All elements of the window do theirs before the next channels come. */
    private static final int SWEEP_CHANNELS = 48;

    /** Up to so many channels, all elements share their tiles: most rows of a tile would be empty otherwise. */
    private static final int FEW_CHANNELS = 8;

    private final ConvGeometry g;
    private final boolean direct;
    private final Packing packing;

    /** Images in a span if they are small. */
    private final int images;

    /** Output rows in a span: rows of one image if they are not. */
    private final int rows;

    private FilterPlan(ConvGeometry g) {
        this.g = g;
        direct = g.groupK() % (g.groups() == 1 ? Lanes.COUNT : Lanes.PANEL) == 0;
        int pixels = g.oh() * g.ow();
        int[] blocks = new int[g.n()];
        for (int i = 0; i < g.n(); i++) {
            blocks[i] = i * pixels * g.k();
        }
        packing = new Packing(blocks, pixels, g.k(), 1, g.groupK(), g.groupK(), g.groups());
        rows = pieces(g.oh(), SPAN_PIXELS / g.ow());
        images = rows < g.oh() ? 1 : pieces(g.n(), SPAN_PIXELS / pixels);
    }

    static BilinearKernel of(ConvGeometry g) {
        return g.groups() == 1 && g.c() <= FEW_CHANNELS
                ? PaddedKernel.of(g, padded -> new FilterPlan(padded).together())
                : new FilterPlan(g).apart();
    }

    /** The length of the longest piece when a length is cut evenly into pieces of at most the given length. */
    private static int pieces(int length, int most) {
        int count = (length + Math.max(1, most) - 1) / Math.max(1, most);
        return (length + count - 1) / count;
    }

    private BilinearKernel apart() {
        List<Sweep> sweeps = new ArrayList<>();
        for (int c = 0; c < g.groupC(); c += SWEEP_CHANNELS) {
            for (int tap = 0; tap < g.r() * g.s(); tap++) {
                sweeps.add(element(tap, c, Math.min(c + SWEEP_CHANNELS, g.groupC())));
            }
        }
        return kernel(sweeps);
    }

    private BilinearKernel together() {
        return kernel(List.of(allElements()));
    }

    private BilinearKernel kernel(List<Sweep> sweeps) {
        long xFloats = (long) g.n() * g.h() * g.w() * g.c();
        long dyFloats = (long) g.n() * g.oh() * g.ow() * g.k();
        List<Packing> packings = direct ? List.of() : List.of(packing);
        Product product = new Product(
                sweeps, packings, g.groupK(), g.groups(), g.groupC(), Product.Order.SPANS, xFloats, dyFloats);
        return new TiledKernel(product, Epilogue.NONE);
    }

    /** The channels from c to end of one element of the window. */
    private Sweep element(int tap, int c, int end) {
        int[] channels = new int[end - c];
        int[] filters = new int[end - c];
        for (int row = 0; row < end - c; row++) {
            channels[row] = c + row;
            filters[row] = (tap * g.groupC() + c + row) * g.k();
        }
        int top = tap / g.s() * g.vertical().dilation() - g.vertical().before();
        int left = tap % g.s() * g.horizontal().dilation() - g.horizontal().before();
        int[] p = hits(top, g.vertical().stride(), g.oh(), g.h());
        int[] q = hits(left, g.horizontal().stride(), g.ow(), g.w());
        return sweep(Sweep.Order.NEIGHBOURING_ROWS, channels, filters, p, q, top, left);
    }

    /** One sweep over the channels of all elements of the window, none of which ever leaves the image. */
    private Sweep allElements() {
        int[] channels = new int[g.r() * g.s() * g.c()];
        int[] filters = new int[channels.length];
        for (int row = 0; row < channels.length; row++) {
            int tap = row / g.c();
            int down = tap / g.s() * g.vertical().dilation();
            int across = tap % g.s() * g.horizontal().dilation();
            channels[row] = aPixel(0, down, across) + row % g.c();
            filters[row] = row * g.k();
        }
        int[] p = {0, g.oh()};
        int[] q = {0, g.ow()};
        return sweep(Sweep.Order.ANY, channels, filters, p, q, 0, 0);
    }

    private Sweep sweep(Sweep.Order order, int[] aRows, int[] outRows, int[] p, int[] q, int top, int left) {
        int panelFloats = direct ? Lanes.PANEL : packing.panelFloats();
        int[] spans = spans(p, q, top, left);
        return new Sweep(order, aRows, outRows, 1, 0, 0, terms(p, q), spans, 0, panelFloats);
    }

    /** The window positions, from and to, at which an element of the window lies inside the image. */
    private static int[] hits(int first, int stride, int positions, int length) {
        int from = 0;
        while (from < positions && first + from * stride < 0) {
            from++;
        }
        int to = positions;
        while (to > from && first + (to - 1) * stride >= length) {
            to--;
        }
        return new int[] {from, to};
    }

    /** Places of a span's pixels, as seen from the first one. */
    private int[] terms(int[] p, int[] q) {
        int height = Math.min(rows, p[1] - p[0]);
        int width = q[1] - q[0];
        int[] terms = new int[2 * images * height * width];
        int t = 0;
        for (int n = 0; n < images; n++) {
            for (int row = 0; row < height; row++) {
                for (int column = 0; column < width; column++) {
                    terms[t++] = aPixel(
                            n,
                            row * g.vertical().stride(),
                            column * g.horizontal().stride());
                    terms[t++] = bPixel(n, row, column);
                }
            }
        }
        return terms;
    }

    /** Pixels of the same images and output rows for all elements, so that spans correspond. */
    private int[] spans(int[] p, int[] q, int top, int left) {
        List<int[]> spans = new ArrayList<>();
        for (int n = 0; n < g.n(); n += images) {
            for (int row = 0; row < g.oh(); row += rows) {
                int from = Math.max(p[0], row);
                int to = Math.max(from, Math.min(p[1], row + rows));
                int count = (to - from) * (q[1] - q[0]) * Math.min(images, g.n() - n);
                int y = top + from * g.vertical().stride();
                int x = left + q[0] * g.horizontal().stride();
                spans.add(new int[] {0, count, aPixel(n, y, x), bPixel(n, from, q[0])});
            }
        }
        return spans.stream().flatMapToInt(Arrays::stream).toArray();
    }

    private int aPixel(int n, int row, int column) {
        return ((n * g.h() + row) * g.w() + column) * g.c();
    }

    private int bPixel(int n, int row, int column) {
        return ((n * g.oh() + row) * g.ow() + column) * (direct ? g.k() : Lanes.PANEL);
    }
}
