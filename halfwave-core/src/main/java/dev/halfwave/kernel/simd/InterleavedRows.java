package dev.halfwave.kernel.simd;

import static dev.halfwave.kernel.simd.Lanes.COUNT;
import static dev.halfwave.kernel.simd.Lanes.PANEL;
import static dev.halfwave.kernel.simd.Lanes.SPECIES;

import dev.halfwave.kernel.ConvGeometry;
import java.util.Arrays;
import jdk.incubator.vector.FloatVector;

/**
 * Rows of a convolution of few channels with large windows: what a window sees is brought together, where a row of it is too
 * short for tiles of neighbouring terms.
 *
 * <p>First, rows and columns of all images change places, and the padding is added. Then a row of windows takes its part of
 * every column into a strip, in which each window's columns lie side by side, and is multiplied. Every pixel is copied but once
 * for every row of windows that sees it.
 */
final class InterleavedRows {
    /** With more channels, rows of windows are long enough as they stand. */
    private static final int MOST_CHANNELS = 8;

    /** Sums of fewer terms spend their time on starting and storing tiles. */
    private static final int LEAST_TERMS = 100;

    /** Columns that are turned at a time: few enough for their pages to be at hand. */
    private static final int TURNED = 32;

    private final ConvGeometry g;
    private final Epilogue epilogue;
    private final PanelProduct product;

    /** How filters are laid out: column by column of the window. */
    final Packing packing;

    /** Padded rows, and columns, of an image. */
    private final int height;

    private final int width;

    /** Floats that a window sees of a column. */
    private final int column;

    InterleavedRows(ConvGeometry g, Epilogue epilogue) {
        this.g = g;
        this.epilogue = epilogue;
        height = (g.oh() - 1) * g.vertical().stride() + g.r();
        width = (g.ow() - 1) * g.horizontal().stride() + g.s();
        column = g.r() * g.c();
        int[] taps = new int[g.r() * g.s()];
        for (int i = 0; i < taps.length; i++) {
            taps[i] = (i % g.r() * g.s() + i / g.r()) * g.c() * g.k();
        }
        packing = new Packing(taps, g.c(), g.k(), 1, g.k(), g.k(), 1);
        int step = g.horizontal().stride() * column;
        product = new PanelProduct(g.s() * column, step, g.k(), g.ow(), g.ow(), packing.panelFloats());
    }

    /** Whether they apply, and are faster than tiles that look their terms up: where all tiles take two panels. */
    static boolean fit(ConvGeometry g, Epilogue epilogue) {
        return g.groups() == 1
                && g.vertical().dilation() == 1
                && g.horizontal().dilation() == 1
                && g.c() <= MOST_CHANNELS
                && g.r() * g.s() * g.c() >= LEAST_TERMS
                && g.k() % (2 * PANEL) == 0
                && !epilogue.isOnto();
    }

    /** Floats of all images, turned. */
    int turnedFloats() {
        return Math.addExact(Math.multiplyExact(g.n(), imageFloats()), COUNT);
    }

    private int imageFloats() {
        return Math.multiplyExact(Math.multiplyExact(width, height), g.c());
    }

    /** In how many parts images are turned: blocks of columns. */
    int parts() {
        return g.n() * blocks();
    }

    private int blocks() {
        return (width + TURNED - 1) / TURNED;
    }

    /** Turns a part. */
    void turn(int part, float[] a, int ao, float[] turned, int to) {
        int image = part / blocks();
        int first = part % blocks() * TURNED;
        int left = g.horizontal().before();
        int from = Math.max(first, Math.min(width, left));
        int end = Math.min(first + TURNED, width);
        int stop = Math.max(from, Math.min(end, left + g.w()));
        int step = height * g.c();
        int place = to + image * imageFloats();
        Arrays.fill(turned, place + first * step, place + end * step, 0);
        for (int y = 0; y < g.h(); y++) {
            int row = y + g.vertical().before();
            if (row < height) {
                int pixel = ao + ((image * g.h() + y) * g.w() + from - left) * g.c();
                copy(a, pixel, turned, place + from * step + row * g.c(), step, stop - from);
            }
        }
    }

    private void copy(float[] a, int from, float[] turned, int to, int step, int n) {
        if (g.c() == 3) {
            copyThree(a, from, turned, to, step, n);
            return;
        }
        for (int x = 0; x < n; x++) {
            for (int c = 0; c < g.c(); c++) {
                turned[to + x * step + c] = a[from + x * g.c() + c];
            }
        }
    }

    private static void copyThree(float[] a, int from, float[] turned, int to, int step, int n) {
        for (int x = 0; x < n; x++) {
            int p = from + 3 * x;
            int q = to + x * step;
            turned[q] = a[p];
            turned[q + 1] = a[p + 1];
            turned[q + 2] = a[p + 2];
        }
    }

    /** Floats that {@link #write} needs to work in. */
    int workFloats() {
        return width * column + COUNT;
    }

    /** Writes a row of an image's results to {@code out} from {@code oo}. */
    void write(
            int image,
            int row,
            float[] turned,
            int start,
            float[] packed,
            int po,
            float[] bias,
            int biasO,
            float[] out,
            int oo,
            float[] work,
            int wo) {
        int from = start + image * imageFloats() + row * g.vertical().stride() * g.c();
        read(turned, from, height * g.c(), work, wo, column, width);
        product.run(0, 0, product.panels(), work, wo, packed, po, epilogue.bias(), bias, biasO, out, oo);
        epilogue.finishBiased(out, oo, g.ow() * g.k());
    }

    /** Copies part of every column by whole vectors: what is too much is overwritten by the next column's. */
    private static void read(float[] turned, int from, int step, float[] strip, int to, int floats, int columns) {
        for (int x = 0; x < columns; x++) {
            for (int i = 0; i < floats; i += COUNT) {
                FloatVector.fromArray(SPECIES, turned, from + x * step + i).intoArray(strip, to + x * floats + i);
            }
        }
    }
}
