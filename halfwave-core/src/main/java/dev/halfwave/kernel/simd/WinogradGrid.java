package dev.halfwave.kernel.simd;

import dev.halfwave.kernel.ConvGeometry;
import dev.halfwave.tensor.Window;
import java.util.Arrays;

/**
 * Output pixels of a 3×3 convolution of stride 1 in tiles, each of which sees a patch of input pixels that is two rows and
 * columns larger.
 *
 * @param form how large tiles are
 * @param n images
 * @param h input rows
 * @param w input columns
 * @param c input channels
 * @param oh output rows
 * @param ow output columns
 * @param k output channels
 * @param top rows of padding above
 * @param left columns of padding on the left
 */
record WinogradGrid(WinogradForm form, int n, int h, int w, int c, int oh, int ow, int k, int top, int left) {
    /** Whether a convolution can be computed this way in all directions. */
    static boolean fits(ConvGeometry g) {
        return g.r() == 3
                && g.s() == 3
                && g.groups() == 1
                && plain(g.vertical())
                && plain(g.horizontal())
                && g.c() % Lanes.COUNT == 0
                && g.k() % Lanes.COUNT == 0;
    }

    private static boolean plain(Window window) {
        return window.stride() == 1 && window.dilation() == 1 && window.before() <= 2 && window.after() <= 2;
    }

    /** From inputs to outputs. */
    static WinogradGrid forward(WinogradForm form, ConvGeometry g) {
        return new WinogradGrid(
                form,
                g.n(),
                g.h(),
                g.w(),
                g.c(),
                g.oh(),
                g.ow(),
                g.k(),
                g.vertical().before(),
                g.horizontal().before());
    }

    /** From gradients of outputs to those of inputs: a convolution with the filters turned around. */
    static WinogradGrid backwardData(WinogradForm form, ConvGeometry g) {
        return new WinogradGrid(
                form,
                g.n(),
                g.oh(),
                g.ow(),
                g.k(),
                g.h(),
                g.w(),
                g.c(),
                2 - g.vertical().before(),
                2 - g.horizontal().before());
    }

    private int tileRows() {
        return (oh + form.tile() - 1) / form.tile();
    }

    /** Tiles side by side in an image. */
    int tileColumns() {
        return (ow + form.tile() - 1) / form.tile();
    }

    /** The number of tiles in the batch. */
    int tiles() {
        return Math.multiplyExact(n, tileRows() * tileColumns());
    }

    /** The image that a tile is in. */
    private int image(int tile) {
        return tile / (tileRows() * tileColumns());
    }

    /** Its first row in the output. */
    private int row(int tile) {
        return tile / tileColumns() % tileRows() * form.tile();
    }

    /** Its first column there. */
    private int column(int tile) {
        return tile % tileColumns() * form.tile();
    }

    /** Floats that {@link #readPatch}, {@link #writeTile} and {@link #readTile} need to work in. */
    int workFloats() {
        return 2 * form.positions() * Math.max(c, k);
    }

    /** Transforms the patch of a tile, which becomes row {@code t} of a layout. */
    void readPatch(int tile, float[] x, int xo, int t, WinogradLayout layout, float[] v, int vo, float[] work, int wo) {
        int image = image(tile);
        int row = row(tile) - top;
        int column = column(tile) - left;
        float[] from = x;
        int at = xo + ((image * h + row) * w + column) * c;
        int rowStep = w * c;
        if (row < 0 || column < 0 || row + form.patch() > h || column + form.patch() > w) {
            copyPatch(x, xo + image * h * w * c, row, column, work, wo);
            from = work;
            at = wo;
            rowStep = form.patch() * c;
        }
        int half = wo + form.positions() * c;
        int line = form.patch() * c; // a row's pixels are neighbours, so all columns are transformed at once
        int step = layout.step();
        form.input(from, at, rowStep, 0, work, half, line, 0, 1, line);
        for (int i = 0; i < c; i += layout.width()) {
            int to = vo + layout.place(t, i);
            int n = Math.min(layout.width(), c - i);
            form.input(work, half + i, c, line, v, to, step, form.patch() * step, form.patch(), n);
        }
    }

    private void copyPatch(float[] x, int xo, int row, int column, float[] work, int wo) {
        int first = Math.max(0, -column);
        int end = Math.max(first, Math.min(form.patch(), w - column));
        for (int i = 0; i < form.patch(); i++) {
            int to = wo + i * form.patch() * c;
            if (row + i < 0 || row + i >= h) {
                Arrays.fill(work, to, to + form.patch() * c, 0);
                continue;
            }
            Arrays.fill(work, to, to + first * c, 0);
            System.arraycopy(x, xo + ((row + i) * w + column + first) * c, work, to + first * c, (end - first) * c);
            Arrays.fill(work, to + end * c, to + form.patch() * c, 0);
        }
    }

    /** Transforms the gradients of a tile's pixels in the same way; pixels beyond the image have none. */
    void readTile(
            int tile, float[] dy, int dyo, int t, WinogradLayout layout, float[] v, int vo, float[] work, int wo) {
        float[] from = dy;
        int at = dyo + outPlace(tile);
        int rowStep = ow * k;
        int line = form.tile() * k;
        int width = width(tile);
        int height = height(tile);
        if (height < form.tile() || width < form.tile()) {
            Arrays.fill(work, wo, wo + form.tile() * line, 0);
            for (int i = 0; i < height; i++) {
                System.arraycopy(dy, at + i * rowStep, work, wo + i * line, width * k);
            }
            from = work;
            at = wo;
            rowStep = line;
        }
        int half = wo + form.tile() * line;
        WinogradTransforms.outputGradient(from, at, rowStep, 0, work, half, line, 0, 1, line);
        int step = layout.step();
        for (int i = 0; i < k; i += layout.width()) {
            int to = vo + layout.place(t, i);
            int n = Math.min(layout.width(), k - i);
            WinogradTransforms.outputGradient(
                    work, half + i, k, line, v, to, step, form.patch() * step, form.patch(), n);
        }
    }

    /** Columns of a tile that lie in the image. */
    int width(int tile) {
        return Math.min(form.tile(), ow - column(tile));
    }

    /** Rows of a tile that lie in the image. */
    int height(int tile) {
        return Math.min(form.tile(), oh - row(tile));
    }

    /** Where a tile's first pixel lies in the result. */
    int outPlace(int tile) {
        return ((image(tile) * oh + row(tile)) * ow + column(tile)) * k;
    }

    /** Transforms the sums of a tile, {@code step} floats apart in {@code m}, and writes its pixels. */
    void writeTile(
            int tile, float[] m, int mo, int step, Epilogue epilogue, float[] out, int oo, float[] work, int wo) {
        int line = form.tile() * k;
        form.output(m, mo, step, form.patch() * step, work, wo, k, line, form.patch(), k);
        int width = width(tile) * k;
        int height = height(tile);
        int at = oo + outPlace(tile);
        int half = wo + form.patch() * line;
        boolean apart = height < form.tile() || epilogue.isOnto();
        if (apart) {
            form.output(work, wo, line, 0, work, half, line, 0, 1, width);
        } else {
            form.output(work, wo, line, 0, out, at, ow * k, 0, 1, width);
        }
        for (int i = 0; i < height; i++) {
            int to = at + i * ow * k;
            if (epilogue.isOnto()) {
                Epilogue.add(out, to, work, half + i * line, width);
            } else if (apart) {
                System.arraycopy(work, half + i * line, out, to, width);
            }
            epilogue.finishBiased(out, to, width);
        }
    }

    /**
     * Transforms the sums of a tile, and writes the maxima of its finished pixels, two by two; a last row or column that has
     * no partner is left out.
     */
    void writeMaxima(
            int tile, float[] m, int mo, int step, Epilogue epilogue, float[] out, int oo, float[] work, int wo) {
        int line = form.tile() * k;
        form.output(m, mo, step, form.patch() * step, work, wo, k, line, form.patch(), k);
        int half = wo + form.patch() * line;
        form.output(work, wo, line, 0, work, half, line, 0, 1, line);
        int rows = height(tile) / 2;
        int columns = width(tile) / 2;
        int at = oo + ((image(tile) * (oh / 2) + row(tile) / 2) * (ow / 2) + column(tile) / 2) * k;
        epilogue.finishBiased(work, half, form.tile() * line);
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j < columns; j++) {
                int a = half + 2 * (i * line + j * k);
                MaxLoops.first(work, a, a + k, a + line, a + line + k, out, at + (i * (ow / 2) + j) * k, k);
            }
        }
    }
}
