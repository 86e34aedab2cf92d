package dev.halfwave.kernel;

/** Pooling over {@code [n, h, w, c]} images. Padding never wins a maximum. */
public interface PoolKernels {
    /**
     * Output rows {@code [from, to)} of the maximum, counted over the whole batch: row {@code i·oh + p} is row p of
     * image i. A window that holds a NaN yields NaN.
     */
    void max(PoolGeometry geometry, float[] x, int xo, float[] y, int yo, int from, int to);

    /**
     * Images {@code [from, to)} of the maximum's gradient: every dy goes to the first element of its window, row by
     * row, that equals the maximum.
     *
     * @param dx fully written, zeros included
     */
    void maxGradient(
            PoolGeometry geometry,
            float[] dy,
            int dyo,
            float[] x,
            int xo,
            float[] y,
            int yo,
            float[] dx,
            int dxo,
            int from,
            int to);

    /** Output rows {@code [from, to)} of the average, counted as for {@link #max}. */
    void average(PoolGeometry geometry, float[] x, int xo, float[] y, int yo, int from, int to);

    /** Images {@code [from, to)} of the average's gradient; dx is fully written. */
    void averageGradient(PoolGeometry geometry, float[] dy, int dyo, float[] dx, int dxo, int from, int to);

    /**
     * Output rows {@code [from, to)}, counted as for {@link #max}, of where each maximum stands in its image's plane:
     * {@code row · w + column} of the first largest element, or of the first that is not a number; −1 for a window that
     * sees nothing but padding.
     */
    void maxIndices(PoolGeometry geometry, float[] x, int xo, float[] y, int yo, int from, int to);
}
