package dev.halfwave.kernel;

/** Plain arithmetic over ranges of equal length. Results may overwrite operands that start at the same place. */
public interface ElementwiseKernels {
    /** {@code out[i] = a[i] + b[i]}. */
    void add(float[] a, int ao, float[] b, int bo, float[] out, int oo, int n);

    /** {@code out[i] = a[i] · b[i]}. */
    void multiply(float[] a, int ao, float[] b, int bo, float[] out, int oo, int n);

    /** {@code out[i] = scale · a[i] + shift}. */
    void affine(float[] a, int ao, float scale, float shift, float[] out, int oo, int n);

    /** {@code out[i] = (1 − weight) · a[i] + weight · b[i]}: a step from a towards b. */
    void mix(float[] a, int ao, float[] b, int bo, float weight, float[] out, int oo, int n);

    /** Copies {@code rows} runs of {@code width} floats, with own distances between the runs' starts on both sides. */
    void copyRows(float[] from, int fo, int fromStride, float[] to, int to0, int toStride, int rows, int width);

    /** Whether every element is finite. */
    boolean allFinite(float[] a, int ao, int n);

    /**
     * {@code out[i] = keep(first + i) ? scale · a[i] : 0}, where keep is decided by {@link CounterRandom} alone: the
     * same element of the same key is always treated alike.
     *
     * @param first the number of the range's first element within the whole tensor
     * @param key what makes one mask differ from another
     * @param threshold an element is dropped if its random 32 bits, unsigned, are below this
     */
    void dropout(float[] a, int ao, float[] out, int oo, int n, int first, long key, int threshold, float scale);
}
