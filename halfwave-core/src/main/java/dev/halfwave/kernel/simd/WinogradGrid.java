package dev.halfwave.kernel.simd;

import dev.halfwave.kernel.ConvGeometry;
import dev.halfwave.tensor.Window;
import java.util.Arrays;

/**
 * Output pixels of a 3×3 convolution of stride 1 in tiles of 4×4, each of which sees a patch of 6×6 input pixels.
 *
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
record WinogradGrid(int n, int h, int w, int c, int oh, int ow, int k, int top, int left) {
    /** Output rows and columns of a tile. */
    static final int TILE = 4;

    /** Input rows and columns of a tile. */
    static final int PATCH = 6;

    /** Products per tile and pair of channels: the transformed patch's elements. */
    static final int POSITIONS = PATCH * PATCH;

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
    static WinogradGrid forward(ConvGeometry g) {
        return new WinogradGrid(
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
    static WinogradGrid backwardData(ConvGeometry g) {
        return new WinogradGrid(
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
        return (oh + TILE - 1) / TILE;
    }

    /** Tiles side by side in an image. */
    int tileColumns() {
        return (ow + TILE - 1) / TILE;
    }

    /** The number of tiles in the batch. */
    int tiles() {
        return Math.multiplyExact(n, tileRows() * tileColumns());
    }

    /** Floats that {@link #readPatch}, {@link #writeTile} and {@link #readTile} need to work in. */
    int workFloats() {
        return 2 * POSITIONS * Math.max(c, k);
    }

    /** Transforms the patch of a tile; its elements go to {@code v} from {@code vo}, {@code step} floats apart. */
    void readPatch(int tile, float[] x, int xo, float[] v, int vo, int step, float[] work, int wo) {
        int image = tile / (tileRows() * tileColumns());
        int row = tile / tileColumns() % tileRows() * TILE - top;
        int column = tile % tileColumns() * TILE - left;
        float[] from = x;
        int at = xo + ((image * h + row) * w + column) * c;
        int rowStep = w * c;
        if (row < 0 || column < 0 || row + PATCH > h || column + PATCH > w) {
            copyPatch(x, xo + image * h * w * c, row, column, work, wo);
            from = work;
            at = wo;
            rowStep = PATCH * c;
        }
        int half = wo + POSITIONS * c;
        int line = PATCH * c; // a row's pixels are neighbours, so all columns are transformed at once
        WinogradTransforms.input(from, at, rowStep, 0, work, half, line, 0, 1, line);
        WinogradTransforms.input(work, half, c, line, v, vo, step, PATCH * step, PATCH, c);
    }

    private void copyPatch(float[] x, int xo, int row, int column, float[] work, int wo) {
        int first = Math.max(0, -column);
        int end = Math.max(first, Math.min(PATCH, w - column));
        for (int i = 0; i < PATCH; i++) {
            int to = wo + i * PATCH * c;
            if (row + i < 0 || row + i >= h) {
                Arrays.fill(work, to, to + PATCH * c, 0);
                continue;
            }
            Arrays.fill(work, to, to + first * c, 0);
            System.arraycopy(x, xo + ((row + i) * w + column + first) * c, work, to + first * c, (end - first) * c);
            Arrays.fill(work, to + end * c, to + PATCH * c, 0);
        }
    }

    /** Transforms the gradients of a tile's pixels; pixels beyond the image have none. */
    void readTile(int tile, float[] dy, int dyo, float[] v, int vo, int step, float[] work, int wo) {
        int row = tile / tileColumns() % tileRows() * TILE;
        int column = tile % tileColumns() * TILE;
        float[] from = dy;
        int at = dyo + ((tile / (tileRows() * tileColumns()) * oh + row) * ow + column) * k;
        int rowStep = ow * k;
        int line = TILE * k;
        if (row + TILE > oh || column + TILE > ow) {
            int width = Math.min(TILE, ow - column) * k;
            Arrays.fill(work, wo, wo + TILE * line, 0);
            for (int i = 0; i < Math.min(TILE, oh - row); i++) {
                System.arraycopy(dy, at + i * rowStep, work, wo + i * line, width);
            }
            from = work;
            at = wo;
            rowStep = line;
        }
        int half = wo + TILE * line;
        WinogradTransforms.outputGradient(from, at, rowStep, 0, work, half, line, 0, 1, line);
        WinogradTransforms.outputGradient(work, half, k, line, v, vo, step, PATCH * step, PATCH, k);
    }

    /** Columns of a tile that lie in the image. */
    int width(int tile) {
        return Math.min(TILE, ow - tile % tileColumns() * TILE);
    }

    /** Rows of a tile that lie in the image. */
    int height(int tile) {
        return Math.min(TILE, oh - tile / tileColumns() % tileRows() * TILE);
    }

    /** Where a tile's first pixel lies in the result. */
    int outPlace(int tile) {
        int row = tile / tileColumns() % tileRows() * TILE;
        int column = tile % tileColumns() * TILE;
        return ((tile / (tileRows() * tileColumns()) * oh + row) * ow + column) * k;
    }

    /** Transforms the sums of a tile, {@code step} floats apart in {@code m}, and writes its pixels. */
    void writeTile(
            int tile, float[] m, int mo, int step, Epilogue epilogue, float[] out, int oo, float[] work, int wo) {
        int line = TILE * k;
        WinogradTransforms.output(m, mo, step, PATCH * step, work, wo, k, line, PATCH, k);
        int width = width(tile) * k;
        int height = height(tile);
        int at = oo + outPlace(tile);
        int half = wo + PATCH * line;
        boolean apart = height < TILE || epilogue.isOnto();
        if (apart) {
            WinogradTransforms.output(work, wo, line, 0, work, half, line, 0, 1, width);
        } else {
            WinogradTransforms.output(work, wo, line, 0, out, at, ow * k, 0, 1, width);
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
}
