package dev.halfwave.kernel;

/** Many numbers to one: sums, products and extremes, along runs and across rows. */
public interface ReduceKernels {
    /** Adds up; no numbers make 0. */
    Reducer sum();

    /** Multiplies; no numbers make 1. */
    Reducer product();

    /** The largest, not a number if any is not; of no numbers −∞. */
    Reducer max();

    /** The smallest, not a number if any is not; of no numbers ∞. */
    Reducer min();

    /**
     * For every i below {@code width} the k of the extreme among {@code x[k · stride + i]}, k below n, written as a
     * float. What is not a number is more extreme than any number.
     *
     * @param n at least 1
     * @param last whether the last of equals is taken, instead of the first
     * @param smallest whether the smallest is looked for, instead of the largest
     */
    void indexOfExtreme(
            float[] x, int xo, int stride, int n, float[] out, int oo, int width, boolean last, boolean smallest);

    /** One way of making many numbers one. The order of its operations follows from the sizes alone. */
    interface Reducer {
        /** What {@code x[xo]} to {@code x[xo + n − 1]} come to. */
        float run(float[] x, int xo, int n);

        /** What each column comes to: {@code out[i]} from {@code x[k · stride + i]} for k below n, i below width. */
        void columns(float[] x, int xo, int stride, int n, float[] out, int oo, int width);
    }
}
