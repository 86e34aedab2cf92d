package dev.halfwave.kernel.scalar;

import dev.halfwave.kernel.LayoutKernels;

/** Transposition block by block, so that every cache line is used up while it is there. */
public final class ScalarLayoutKernels implements LayoutKernels {
    /** The floats of a cache line: a block reads and writes as many lines as it has rows and columns. */
    private static final int BLOCK = 16;

    @Override
    public void transpose(
            float[] from, int fo, int fromStride, float[] to, int to0, int toStride, int rows, int columns) {
        for (int c = 0; c < columns; c += BLOCK) {
            int width = Math.min(BLOCK, columns - c);
            for (int r = 0; r < rows; r += BLOCK) {
                block(
                        from,
                        fo + r * fromStride + c,
                        fromStride,
                        to,
                        to0 + c * toStride + r,
                        toStride,
                        Math.min(BLOCK, rows - r),
                        width);
            }
        }
    }

    private static void block(
            float[] from, int fo, int fromStride, float[] to, int to0, int toStride, int rows, int columns) {
        for (int c = 0; c < columns; c++) {
            int target = to0 + c * toStride;
            int source = fo + c;
            for (int r = 0; r < rows; r++) {
                to[target + r] = from[source + r * fromStride];
            }
        }
    }
}
