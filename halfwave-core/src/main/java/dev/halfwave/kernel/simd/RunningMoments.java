package dev.halfwave.kernel.simd;

import java.util.Arrays;

/**
 * The moments of each channel over rows that come block by block, kept in a task's part of the scratch area.
 *
 * <p>A block is summed as distances from an origin, together with their squares, in one go: from the mean of the rows
 * before it. For b rows whose mean lies {@code d} off, b·d² is lost from the squares again when they are referred to the
 * block's own mean, and with it some digits. But where there were a rows before, the common sum of squares has {@code
 * d² · a·b / (a + b)} in it: unless a is much smaller than b, nothing is lost that counts. Where it is, the block is
 * summed a second time, from its own mean; so the first block had better be a small one.
 *
 * <p>The sum over all blocks is one of distances, too, from the first row, which keeps the digits in which large values
 * differ.
 *
 * @see dev.halfwave.kernel.Moments
 */
final class RunningMoments {
    /** A block of at most so many times the rows before it needs no origin of its own. */
    private static final int MORE = 8;

    private final int step;

    /** @param width channels at most */
    RunningMoments(int width) {
        step = width + 15 & ~15;
    }

    /** The length of the part of the scratch area, in which the last vector may be only partly in use. */
    int floats() {
        return 6 * step + 16;
    }

    /** Where the first row lies, and the means once all is {@link #finish finished}. */
    int means() {
        return 0;
    }

    /** Where the sums of squared distances from the means lie. */
    int squares() {
        return 2 * step;
    }

    private int sums() {
        return step;
    }

    private int origin() {
        return 3 * step;
    }

    private int blockSums() {
        return 4 * step;
    }

    private int blockSquares() {
        return 5 * step;
    }

    /** Begins with the first of all rows, n channels long. */
    void start(float[] row, int ro, float[] area, int at, int n) {
        System.arraycopy(row, ro, area, at, n);
        Arrays.fill(area, at + sums(), at + sums() + n, 0);
        Arrays.fill(area, at + squares(), at + squares() + n, 0);
    }

    /** How much of what comes first makes a block of its own, for the rest to need no second sum. */
    static int share(int count) {
        return (count + MORE - 1) / MORE;
    }

    /** Begins a block. */
    void startBlock(int before, float[] area, int at, int n) {
        MomentLoops.means(area, at, at + sums(), before == 0 ? 0 : 1f / before, at + origin(), n);
        clearBlock(area, at, n);
    }

    private void clearBlock(float[] area, int at, int n) {
        Arrays.fill(area, at + blockSums(), at + blockSums() + n, 0);
        Arrays.fill(area, at + blockSquares(), at + blockSquares() + n, 0);
    }

    /** Adds rows to a block. */
    void add(float[] x, int xo, int[] rows, int first, int count, float[] area, int at, int n) {
        MomentLoops.add(x, xo, rows, first, count, area, at + origin(), at + blockSums(), at + blockSquares(), n);
    }

    /** Whether a block of that many rows has to be summed a second time, because so few came before. */
    static boolean needsOrigin(int before, int count) {
        return count > MORE * before;
    }

    /** Begins a block of {@code count} rows for the second time, from the mean found in the first. */
    void restartBlock(int count, float[] area, int at, int n) {
        MomentLoops.means(area, at + origin(), at + blockSums(), 1f / count, at + origin(), n);
        clearBlock(area, at, n);
    }

    /** Merges a block with the rows that came before it. */
    void endBlock(int before, int count, float[] area, int at, int n) {
        float weight = (float) ((double) before * count / (before + count));
        MomentLoops.merge(area, at, step, before == 0 ? 0 : 1f / before, count, weight, n);
    }

    /** Turns sums into means when all rows have come. */
    void finish(int rows, float[] area, int at, int n) {
        MomentLoops.means(area, at, at + sums(), 1f / rows, at, n);
    }
}
