package dev.halfwave.kernel;

import dev.halfwave.tensor.Window;

/**
 * The sizes of one convolution.
 *
 * <p>Input {@code [n, h, w, c]}, filters {@code [r, s, c/groups, k]}, output {@code [n, oh, ow, k]}; output channel j
 * of
 * {@code k} belongs to group {@code j / (k/groups)} and sees that group's {@code c/groups} input channels.
 *
 * @param n images in the batch
 * @param h input rows
 * @param w input columns
 * @param c input channels, a multiple of groups
 * @param k filters, a multiple of groups
 * @param vertical how the window moves over rows; its size is r
 * @param horizontal how the window moves over columns; its size is s
 * @param groups the number of groups, 1 for an ordinary convolution, c for a depthwise one
 */
public record ConvGeometry(int n, int h, int w, int c, int k, Window vertical, Window horizontal, int groups) {
    /** Output rows. */
    public int oh() {
        return vertical.positions(h);
    }

    /** Output columns. */
    public int ow() {
        return horizontal.positions(w);
    }

    /** Rows of a filter. */
    public int r() {
        return vertical.size();
    }

    /** Columns of a filter. */
    public int s() {
        return horizontal.size();
    }

    /** Input channels of one group. */
    public int groupC() {
        return c / groups;
    }

    /** Filters of one group. */
    public int groupK() {
        return k / groups;
    }

    /** Multiply-adds of one pass, each counted as two operations. */
    public long flops() {
        return 2L * n * oh() * ow() * k * r() * s() * groupC();
    }
}
