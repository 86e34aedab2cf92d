package dev.halfwave.kernel;

import dev.halfwave.tensor.Window;

/**
 * The sizes of one pooling over {@code [n, h, w, c]}.
 *
 * @param n images in the batch
 * @param h input rows
 * @param w input columns
 * @param c channels
 * @param vertical how the window moves over rows
 * @param horizontal how the window moves over columns
 * @param countPadding whether an average divides by the whole window, padding included, or by what lies inside the image
 */
public record PoolGeometry(int n, int h, int w, int c, Window vertical, Window horizontal, boolean countPadding) {
    /** Output rows. */
    public int oh() {
        return vertical.positions(h);
    }

    /** Output columns. */
    public int ow() {
        return horizontal.positions(w);
    }
}
