package dev.halfwave.kernel;

/** Work on rows of {@code n} logits or features each. Labels are class numbers stored as floats, one per row. */
public interface RowKernels {
    /** {@code y = e^(x − max) / Σ e^(x − max)} for each row; y may be x. */
    void softmax(float[] x, int xo, float[] y, int yo, int rows, int n);

    /** {@code dx = y · (dy − Σ dy·y)} for each row. */
    void softmaxGradient(float[] dy, int dyo, float[] y, int yo, float[] dx, int dxo, int rows, int n);

    /** {@code loss[row] = ln Σ eˣ − x[label]}. */
    void crossEntropy(float[] x, int xo, float[] labels, int lo, float[] loss, int losso, int rows, int n);

    /** {@code dx = scale · (softmax(x) − onehot(label))}. */
    void crossEntropyGradient(
            float[] x, int xo, float[] labels, int lo, float scale, float[] dx, int dxo, int rows, int n);

    /** {@code loss[row] = Σ_{j ≠ label} max(0, x[j] − x[label] + margin)}: Weston and Watkins 1999. */
    void hinge(float[] x, int xo, float[] labels, int lo, float margin, float[] loss, int losso, int rows, int n);

    /** The gradient of {@link #hinge}, times scale; at the kink a term counts as inactive. */
    void hingeGradient(
            float[] x, int xo, float[] labels, int lo, float margin, float scale, float[] dx, int dxo, int rows, int n);

    /** {@code y = x − max − ln Σ e^(x − max)} for each row; y may be x. */
    void logSoftmax(float[] x, int xo, float[] y, int yo, int rows, int n);

    /** {@code dx = dy − e^y · Σ dy} for each row, y being what {@link #logSoftmax} returned. */
    void logSoftmaxGradient(float[] dy, int dyo, float[] y, int yo, float[] dx, int dxo, int rows, int n);

    /** {@code y = (x − mean) / √(variance + epsilon)} for each row; y may be x. */
    void layerNorm(float[] x, int xo, float epsilon, float[] y, int yo, int rows, int n);

    /**
     * {@code dx = (dy − mean(dy) − y · mean(dy · y)) / √(variance + epsilon)} for each row, y being what
     * {@link #layerNorm} makes of x.
     */
    void layerNormGradient(float[] dy, int dyo, float[] x, int xo, float epsilon, float[] dx, int dxo, int rows, int n);
}
