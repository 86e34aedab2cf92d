package dev.halfwave.kernel.simd;

import java.util.Arrays;

/**
 * The moments of each channel over rows that come block by block, kept in a task's part of the scratch area.
 *
 * <p>All sums are of distances from the first row, so that large values keep the digits in which they differ. A block's
 * squares are taken from its own mean, while its rows are still in the cache, and merged with those of the blocks before
 * it by the formula of {@link dev.halfwave.kernel.Moments}.
 */
final class RunningMoments {
    private final int step;

    /** @param width channels at most */
    RunningMoments(int width) {
        step = width + 15 & ~15;
    }

    /** The length of the part of the scratch area. */
    int floats() {
        return 6 * step;
    }

    /** Where the means lie in it, once they are {@link #finish finished}. */
    int means() {
        return 0;
    }

    /** Where the sums of squared distances from them lie. */
    int squares() {
        return 2 * step;
    }

    /** Begins anew with n channels, with a row from which distances are taken. */
    void start(float[] row, int ro, float[] area, int at, int n) {
        System.arraycopy(row, ro, area, at, n);
        Arrays.fill(area, at + step, at + step + n, 0);
        Arrays.fill(area, at + 2 * step, at + 2 * step + n, 0);
    }

    /** Begins a block. */
    void startBlock(float[] area, int at, int n) {
        Arrays.fill(area, at + 3 * step, at + 3 * step + n, 0);
        Arrays.fill(area, at + 4 * step, at + 4 * step + n, 0);
    }

    /** Adds rows of a block, whose places a table holds, to its sums. */
    void addToSums(float[] x, int xo, int[] rows, int first, int count, float[] area, int at, int n) {
        MomentLoops.addDistances(x, xo, rows, first, count, area, at, at + 3 * step, n);
    }

    /** The sums of a block of that many rows are known. */
    void endSums(int count, float[] area, int at, int n) {
        MomentLoops.means(area, at, at + 3 * step, 1f / count, at + 5 * step, n);
    }

    /** Adds rows of a block whose sums are known to its squares. */
    void addToSquares(float[] x, int xo, int[] rows, int first, int count, float[] area, int at, int n) {
        MomentLoops.addSquares(x, xo, rows, first, count, area, at + 5 * step, at + 4 * step, n);
    }

    /** Merges a block with the {@code before} rows that came before it. */
    void endBlock(int before, int count, float[] area, int at, int n) {
        float inverse = before == 0 ? 0 : 1f / before;
        float weight = (float) ((double) before * count / (before + count));
        int sums = at + step;
        int squares = at + 2 * step;
        MomentLoops.merge(area, sums, inverse, at + 3 * step, 1f / count, squares, at + 4 * step, weight, n);
    }

    /** Turns sums into means when all rows have come. */
    void finish(int rows, float[] area, int at, int n) {
        MomentLoops.means(area, at, at + step, 1f / rows, at, n);
    }
}
