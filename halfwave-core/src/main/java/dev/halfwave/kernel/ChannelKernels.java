package dev.halfwave.kernel;

/**
 * Work on {@code rows} rows of {@code c} channels each, where every channel has a number of its own.
 *
 * <p>Reductions cover the rows given and write one number per channel. Callers reduce fixed chunks of rows and merge
 * them in order, so that sums do not depend on the number of threads.
 */
public interface ChannelKernels {
    /** {@code y = x + b[c]}; y may be x. */
    void addBias(float[] x, int xo, float[] b, int bo, float[] y, int yo, int rows, int c);

    /** {@code y = scale[c] · x + shift[c]}; y may be x. */
    void scaleShift(
            float[] x,
            int xo,
            float[] scale,
            int scaleO,
            float[] shift,
            int shiftO,
            float[] y,
            int yo,
            int rows,
            int c);

    /** {@code out[c] = Σ x} over the rows. */
    void sum(float[] x, int xo, float[] out, int oo, int rows, int c);

    /** {@code mean[c]} and {@code m2[c] = Σ (x − mean[c])²} over the rows; rows is at least 1. */
    void moments(float[] x, int xo, float[] mean, int meanO, float[] m2, int m2O, int rows, int c);

    /** {@code sum[c] = Σ dy} and {@code dot[c] = Σ dy · (x − mean[c])} over the rows. */
    void gradientSums(
            float[] dy,
            int dyo,
            float[] x,
            int xo,
            float[] mean,
            int meanO,
            float[] sum,
            int sumO,
            float[] dot,
            int dotO,
            int rows,
            int c);

    /** {@code dx = p[c] · dy + q[c] · x + t[c]}: the input gradient of a normalisation; dx may be dy. */
    void blend(
            float[] dy,
            int dyo,
            float[] x,
            int xo,
            float[] p,
            int po,
            float[] q,
            int qo,
            float[] t,
            int to,
            float[] dx,
            int dxo,
            int rows,
            int c);

    /** {@code y = x > 0 ? x : slope[c] · x}; y may be x. */
    void prelu(float[] x, int xo, float[] slope, int so, float[] y, int yo, int rows, int c);

    /** {@code dx = x > 0 ? dy : slope[c] · dy}; dx may be dy. */
    void preluGradient(
            float[] dy, int dyo, float[] x, int xo, float[] slope, int so, float[] dx, int dxo, int rows, int c);

    /** {@code out[c] = Σ min(x, 0) · dy} over the rows: the gradient of the slopes. */
    void preluSlopeGradient(float[] dy, int dyo, float[] x, int xo, float[] out, int oo, int rows, int c);
}
