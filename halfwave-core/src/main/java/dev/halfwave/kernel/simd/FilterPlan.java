package dev.halfwave.kernel.simd;

import dev.halfwave.kernel.BilinearKernel;
import dev.halfwave.kernel.ConvGeometry;
import java.util.ArrayList;
import java.util.List;

/**
 * Lays out the gradient of a convolution's filters: for every element of the window a product Xᵀ·dY of the pixels it sees with
 * the pixels it wrote.
 *
 * <p>A sweep has the input channels of one element as rows and pixels as terms. All elements take the same block of pixels before the
 * next one, which stays in the cache meanwhile.
 */
final class FilterPlan {
    /** Pixels in a span: with a panel of dy and a few channels of x they fit the L1 cache. */
    private static final int SPAN_PIXELS = 448;

    /** Up to how many channels all elements of the window share their tiles: fewer would leave most rows of a tile unused. */
    private static final int FEW_CHANNELS = 8;

    /** Rows of a sweep. All elements of the window do theirs before the next channels come. */
    private static final int SWEEP_CHANNELS = 48;

    private final ConvGeometry g;
    private final boolean direct;

    /** Images in a span if they are small, rows of one image if they are not. */
    private final int images;

    private final int rows;

    private FilterPlan(ConvGeometry g) {
        this.g = g;
        direct = !Boolean.getBoolean("halfwave.pack") && g.groupK() % Lanes.COUNT == 0 && (g.groups() == 1 || g.groupK() % Lanes.PANEL == 0);
        int limit = Integer.getInteger("halfwave.span", SPAN_PIXELS);
        int pieces = (g.oh() * g.ow() + limit - 1) / limit;
        rows = Math.max(1, (g.oh() + pieces - 1) / pieces);
        int most = Math.max(1, Math.min(g.n(), limit / (g.oh() * g.ow())));
        int groups = (g.n() + most - 1) / most;
        images = rows < g.oh() ? 1 : (g.n() + groups - 1) / groups;
    }

    static BilinearKernel of(ConvGeometry g) {
        return g.groups() == 1 && g.c() <= FEW_CHANNELS
                ? PaddedKernel.of(g, padded -> new FilterPlan(padded).kernel(true))
                : new FilterPlan(g).kernel(false);
    }

    private BilinearKernel kernel(boolean together) {
        int pixels = g.oh() * g.ow();
        int[] blocks = new int[g.n()];
        for (int i = 0; i < g.n(); i++) {
            blocks[i] = i * pixels * g.k();
        }
        Packing packing = new Packing(blocks, pixels, g.k(), 1, g.groupK(), g.groupK(), g.groups());
        List<Sweep> sweeps = new ArrayList<>();
        if (together) {
            sweeps.add(allElements(direct ? Lanes.PANEL : packing.panelFloats()));
        }
        for (int c = 0; c < g.groupC() && !together; c += SWEEP_CHANNELS) {
            for (int tap = 0; tap < g.r() * g.s(); tap++) {
                int end = Math.min(c + SWEEP_CHANNELS, g.groupC());
                sweeps.add(sweep(c, end, tap / g.s(), tap % g.s(), direct ? Lanes.PANEL : packing.panelFloats()));
            }
        }
        List<Packing> packings = direct ? List.of() : List.of(packing);
        long inputs = (long) g.n() * g.h() * g.w() * g.c();
        return new TiledKernel(sweeps, packings, g.groupK(), g.groups(), g.groupC(), 1, inputs, (long) g.n() * pixels * g.k(), Epilogue.NONE);
    }

    /** One sweep whose rows are the channels of all elements of the window, none of which ever leaves the image. */
    private Sweep allElements(int panelFloats) {
        int[] aPlaces = new int[g.r() * g.s() * g.c()];
        int[] outPlaces = new int[aPlaces.length];
        for (int row = 0; row < aPlaces.length; row++) {
            int tap = row / g.c();
            int down = tap / g.s() * g.vertical().dilation();
            int across = tap % g.s() * g.horizontal().dilation();
            aPlaces[row] = aPixel(0, down, across) + row % g.c();
            outPlaces[row] = row * g.k();
        }
        int[] p = {0, g.oh()};
        int[] q = {0, g.ow()};
        return new Sweep(
                Sweep.Order.ANY, aPlaces, outPlaces, 1, 0, 0, terms(q, p), spans(p, q, 0, 0), 0, panelFloats);
    }

    private Sweep sweep(int c, int end, int i, int j, int panelFloats) {
        int[] aPlaces = new int[end - c];
        int[] outPlaces = new int[end - c];
        for (int row = 0; row < end - c; row++) {
            aPlaces[row] = c + row;
            outPlaces[row] = ((i * g.s() + j) * g.groupC() + c + row) * g.k();
        }
        int top = i * g.vertical().dilation() - g.vertical().before();
        int left = j * g.horizontal().dilation() - g.horizontal().before();
        int[] p = hits(top, g.vertical().stride(), g.oh(), g.h());
        int[] q = hits(left, g.horizontal().stride(), g.ow(), g.w());
        return new Sweep(
                Sweep.Order.NEIGHBOURING_ROWS, aPlaces, outPlaces, 1, 0, 0, terms(q, p), spans(p, q, top, left), 0, panelFloats);
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

    /** Places of a span's pixels, as seen from its first row's first hit. */
    private int[] terms(int[] q, int[] p) {
        int height = images > 1 ? p[1] - p[0] : Math.min(rows, p[1] - p[0]);
        int width = q[1] - q[0];
        int[] terms = new int[2 * images * height * width];
        int t = 0;
        for (int n = 0; n < images; n++) {
            for (int row = 0; row < height; row++) {
                for (int column = 0; column < width; column++) {
                    terms[t++] = aPixel(n, row * g.vertical().stride(), column * g.horizontal().stride());
                    terms[t++] = bPixel(n, row, column);
                }
            }
        }
        return terms;
    }

    private int[] spans(int[] p, int[] q, int top, int left) {
        List<int[]> spans = new ArrayList<>();
        int width = q[1] - q[0];
        for (int n = 0; n < g.n(); n += images) {
            for (int row = 0; row < g.oh(); row += rows) {
                int from = Math.max(p[0], row);
                int to = Math.max(from, Math.min(p[1], row + rows));
                int count = (to - from) * width * Math.min(images, g.n() - n);
                int a = aPixel(n, top + from * g.vertical().stride(), left + q[0] * g.horizontal().stride());
                spans.add(new int[] {0, count, a, bPixel(n, from, q[0])});
            }
        }
        return spans.stream().flatMapToInt(java.util.Arrays::stream).toArray();
    }

    private int aPixel(int n, int row, int column) {
        return ((n * g.h() + row) * g.w() + column) * g.c();
    }

    private int bPixel(int n, int row, int column) {
        return ((n * g.oh() + row) * g.ow() + column) * (direct ? g.k() : Lanes.PANEL);
    }
}
