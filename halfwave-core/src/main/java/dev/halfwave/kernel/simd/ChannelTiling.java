package dev.halfwave.kernel.simd;

import static dev.halfwave.kernel.simd.Lanes.COUNT;

import java.util.Arrays;

/**
 * Rows of channels taken several at a time, so that they fill whole vectors and are worth a loop.
 *
 * <p>Rows lie one behind the other, so {@code copies} rows of c channels are one row of {@code copies · c} channels
 * whose parameters repeat. With 24 channels and vectors of 16 floats, 2 rows are 3 vectors and nothing is left over.
 *
 * <p>Every thread has one tiling with working memory of its own, which {@link #of} sets to the sizes of a call.
 */
final class ChannelTiling {
    /** Taken together, rows are at least this long; shorter loops would spend their time on beginning and ending. */
    private static final int LONG_ENOUGH = 256;

    /** And at most this long, so that three parameters and the data stay in the first cache. */
    private static final int LIMIT = 2048;

    /** Parameters are repeated only as far as the rows use every repetition this often. */
    private static final int LEAST_TURNS = 4;

    /** The distance between two blocks of working memory; at a multiple of 4 KiB they would collide in caches. */
    private static final int PITCH = LIMIT + 80;

    private static final ThreadLocal<ChannelTiling> OWN = ThreadLocal.withInitial(ChannelTiling::new);

    /** Working memory: blocks of {@link #LIMIT} floats. */
    private final float[] memory = new float[5 * PITCH];

    private int channels;
    private int copies;

    private ChannelTiling() {}

    /** This thread's tiling of that many rows of c channels; any earlier use of it on this thread is over. */
    static ChannelTiling of(int rows, int c) {
        ChannelTiling tiling = OWN.get();
        tiling.channels = c;
        tiling.copies = copies(rows, c);
        return tiling;
    }

    private static int copies(int rows, int c) {
        int copies = COUNT / Math.min(COUNT, Integer.lowestOneBit(c)); // the least number that leaves nothing over
        while (copies * c < LONG_ENOUGH) {
            copies *= 2;
        }
        copies = Math.max(1, Math.min(copies, LIMIT / c));
        while (copies > 1 && rows < LEAST_TURNS * copies) {
            copies /= 2;
        }
        return copies;
    }

    /** How many rows are taken together. */
    int copies() {
        return copies;
    }

    /** The length of the rows taken together. */
    int width() {
        return copies * channels;
    }

    /** How many times rows are taken together. */
    int turns(int rows) {
        return rows / copies;
    }

    /** The array that holds c parameters once for each of the rows taken together, from {@link #start}. */
    float[] repeat(float[] parameters, int po, int block) {
        if (copies == 1) {
            return parameters;
        }
        int start = block * PITCH;
        int width = width();
        System.arraycopy(parameters, po, memory, start, channels);
        for (int filled = channels; filled < width; filled *= 2) {
            System.arraycopy(memory, start, memory, start + filled, Math.min(filled, width - filled));
        }
        return memory;
    }

    /** The array in which to sum for each of the rows taken together, all 0, from {@link #start}. */
    float[] zeros(float[] out, int oo, int block) {
        float[] sums = copies == 1 ? out : memory;
        int start = start(oo, block);
        Arrays.fill(sums, start, start + width(), 0);
        return sums;
    }

    /** Where a block starts, or the caller's own array if rows are taken one by one. */
    int start(int own, int block) {
        return copies == 1 ? own : block * PITCH;
    }

    /** Sums what {@link #zeros} has gathered for the same channel: half of the rows onto the other, and so on. */
    void fold(int block, float[] out, int oo) {
        if (copies == 1) {
            return;
        }
        int start = block * PITCH;
        for (int rows = copies; rows > 1; rows -= rows / 2) {
            int half = rows / 2 * channels;
            OperatorLoops.add(memory, start, memory, start + rows * channels - half, memory, start, half);
        }
        System.arraycopy(memory, start, out, oo, channels);
    }
}
