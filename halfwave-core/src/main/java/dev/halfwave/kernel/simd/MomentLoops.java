package dev.halfwave.kernel.simd;

import static dev.halfwave.kernel.simd.Lanes.COUNT;
import static dev.halfwave.kernel.simd.Lanes.PANEL;
import static dev.halfwave.kernel.simd.Lanes.SPECIES;

import jdk.incubator.vector.FloatVector;

/**
 * Sums over some rows of a result, channel by channel, on vectors.
 *
 * <p>One or two vectors of channels at a time go down the rows, their sums in registers. Rows lie where a table says,
 * and are in the first or second cache.
 */
final class MomentLoops {
    /** Floats of rows that are summed before the next rows: wide rows are better read along than down. */
    private static final int ROWS_FLOATS = 1 << 13;

    private static final int FEWEST_ROWS = 8;

    /** Rows from which on sums of sums keep more digits. */
    private static final int MOST_ROWS = 64;

    private MomentLoops() {}

    /**
     * Adds the distances of {@code count} rows from an origin to {@code sums}, and their squares to {@code squares}.
     *
     * @param x the rows, of which the table holds the places from {@code first} on, which are counted from {@code xo}
     * @param area what holds the origin and both sums, n channels each
     */
    static void add(
            float[] x,
            int xo,
            int[] rows,
            int first,
            int count,
            float[] area,
            int origin,
            int sums,
            int squares,
            int n) {
        int atOnce = Math.max(FEWEST_ROWS, Math.min(MOST_ROWS, ROWS_FLOATS / n));
        for (int i = 0; i < count; i += atOnce) {
            some(x, xo, rows, first + i, Math.min(atOnce, count - i), area, origin, sums, squares, n);
        }
    }

    private static void some(
            float[] x,
            int xo,
            int[] rows,
            int first,
            int count,
            float[] area,
            int origin,
            int sums,
            int squares,
            int n) {
        int j = 0;
        for (; j <= n - PANEL; j += PANEL) {
            two(x, xo + j, rows, first, count, area, origin + j, sums + j, squares + j);
        }
        for (; j <= n - COUNT; j += COUNT) {
            one(x, xo + j, rows, first, count, area, origin + j, sums + j, squares + j);
        }
        for (; j < n; j++) {
            channel(x, xo + j, rows, first, count, area, origin + j, sums + j, squares + j);
        }
    }

    private static void two(
            float[] x, int xo, int[] rows, int first, int count, float[] area, int origin, int sums, int squares) {
        FloatVector from = FloatVector.fromArray(SPECIES, area, origin);
        FloatVector fromNext = FloatVector.fromArray(SPECIES, area, origin + COUNT);
        FloatVector sum = FloatVector.zero(SPECIES);
        FloatVector sumNext = FloatVector.zero(SPECIES);
        FloatVector square = FloatVector.zero(SPECIES);
        FloatVector squareNext = FloatVector.zero(SPECIES);
        for (int i = first; i < first + count; i++) {
            int at = xo + rows[i];
            FloatVector off = FloatVector.fromArray(SPECIES, x, at).sub(from);
            FloatVector offNext = FloatVector.fromArray(SPECIES, x, at + COUNT).sub(fromNext);
            sum = sum.add(off);
            sumNext = sumNext.add(offNext);
            square = off.fma(off, square);
            squareNext = offNext.fma(offNext, squareNext);
        }
        sum.add(FloatVector.fromArray(SPECIES, area, sums)).intoArray(area, sums);
        sumNext.add(FloatVector.fromArray(SPECIES, area, sums + COUNT)).intoArray(area, sums + COUNT);
        square.add(FloatVector.fromArray(SPECIES, area, squares)).intoArray(area, squares);
        squareNext.add(FloatVector.fromArray(SPECIES, area, squares + COUNT)).intoArray(area, squares + COUNT);
    }

    private static void one(
            float[] x, int xo, int[] rows, int first, int count, float[] area, int origin, int sums, int squares) {
        FloatVector from = FloatVector.fromArray(SPECIES, area, origin);
        FloatVector sum = FloatVector.zero(SPECIES);
        FloatVector square = FloatVector.zero(SPECIES);
        for (int i = first; i < first + count; i++) {
            FloatVector off = FloatVector.fromArray(SPECIES, x, xo + rows[i]).sub(from);
            sum = sum.add(off);
            square = off.fma(off, square);
        }
        sum.add(FloatVector.fromArray(SPECIES, area, sums)).intoArray(area, sums);
        square.add(FloatVector.fromArray(SPECIES, area, squares)).intoArray(area, squares);
    }

    private static void channel(
            float[] x, int xo, int[] rows, int first, int count, float[] area, int origin, int sums, int squares) {
        float sum = 0;
        float square = 0;
        for (int i = first; i < first + count; i++) {
            float off = x[xo + rows[i]] - area[origin];
            sum += off;
            square += off * off;
        }
        area[sums] += sum;
        area[squares] += square;
    }

    /**
     * {@code mean = origin + sums · inverse}; the mean may take the origin's place. Like {@link #merge}, it works on whole
     * vectors, and so beyond the last channel.
     */
    static void means(float[] area, int origin, int sums, float inverse, int mean, int n) {
        for (int j = 0; j < n; j += COUNT) {
            FloatVector.fromArray(SPECIES, area, sums + j)
                    .mul(inverse)
                    .add(FloatVector.fromArray(SPECIES, area, origin + j))
                    .intoArray(area, mean + j);
        }
    }

    /**
     * Merges the sums of a block with those of the rows before it.
     *
     * @param area six times n channels, {@code step} apart from {@code at}, as {@link RunningMoments} has them
     * @param former one over the rows before, or 0
     * @param count the block's rows
     * @param weight the product of both numbers of rows over their sum
     */
    static void merge(float[] area, int at, int step, float former, float count, float weight, int n) {
        float share = 1 / count;
        for (int j = at; j < at + n; j += COUNT) {
            FloatVector base = FloatVector.fromArray(SPECIES, area, j);
            FloatVector sums = FloatVector.fromArray(SPECIES, area, j + step);
            FloatVector squares = FloatVector.fromArray(SPECIES, area, j + 2 * step);
            FloatVector shift =
                    FloatVector.fromArray(SPECIES, area, j + 3 * step).sub(base);
            FloatVector sum = FloatVector.fromArray(SPECIES, area, j + 4 * step);
            FloatVector square = FloatVector.fromArray(SPECIES, area, j + 5 * step);
            FloatVector mean = sum.mul(share);
            FloatVector off = mean.add(shift).sub(sums.mul(former));
            sums.add(sum).add(shift.mul(count)).intoArray(area, j + step);
            squares.add(square.sub(sum.mul(mean))).add(off.mul(off).mul(weight)).intoArray(area, j + 2 * step);
        }
    }
}
