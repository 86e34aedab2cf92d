package dev.halfwave.kernel;

/** Moving elements from one order of axes to another. */
public interface LayoutKernels {
    /**
     * Turns rows into columns: {@code to[c · toStride + r] = from[r · fromStride + c]} for r below {@code rows} and c below
     * {@code columns}. The ranges do not overlap.
     */
    void transpose(float[] from, int fo, int fromStride, float[] to, int to0, int toStride, int rows, int columns);
}
