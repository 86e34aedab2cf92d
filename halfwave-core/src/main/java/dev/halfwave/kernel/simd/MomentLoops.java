package dev.halfwave.kernel.simd;

import static dev.halfwave.kernel.simd.Lanes.COUNT;
import static dev.halfwave.kernel.simd.Lanes.SPECIES;

import jdk.incubator.vector.FloatVector;

/**
 * Sums over some rows of a result, channel by channel, on vectors.
 *
 * <p>A vector of channels at a time goes down the rows, its sums in registers; two chains of sums hide what an addition
 * takes. Rows lie where a table says, and are in the first or second cache.
 */
final class MomentLoops {
    private MomentLoops() {}

    /**
     * Adds the distances of {@code count} rows from a base to {@code sums}.
     *
     * @param x the rows, of which the table holds the places from {@code first} on, which are counted from {@code xo}
     * @param area what holds the base and the sums, n channels each
     */
    static void addDistances(
            float[] x, int xo, int[] rows, int first, int count, float[] area, int base, int sums, int n) {
        int end = SPECIES.loopBound(n);
        for (int j = 0; j < end; j += COUNT) {
            addDistances(x, xo + j, rows, first, count, area, base + j, sums + j);
        }
        for (int i = first; end < n && i < first + count; i++) {
            for (int j = end; j < n; j++) {
                area[sums + j] += x[xo + rows[i] + j] - area[base + j];
            }
        }
    }

    private static void addDistances(
            float[] x, int xo, int[] rows, int first, int count, float[] area, int base, int sums) {
        FloatVector from = FloatVector.fromArray(SPECIES, area, base);
        FloatVector even = FloatVector.fromArray(SPECIES, area, sums);
        FloatVector odd = FloatVector.zero(SPECIES);
        int last = first + count - 1;
        int i = first;
        for (; i < last; i += 2) {
            even = even.add(FloatVector.fromArray(SPECIES, x, xo + rows[i]).sub(from));
            odd = odd.add(FloatVector.fromArray(SPECIES, x, xo + rows[i + 1]).sub(from));
        }
        if (i == last) {
            even = even.add(FloatVector.fromArray(SPECIES, x, xo + rows[i]).sub(from));
        }
        even.add(odd).intoArray(area, sums);
    }

    /** Adds the squared distances of {@code count} rows from a mean to {@code squares}. */
    static void addSquares(
            float[] x, int xo, int[] rows, int first, int count, float[] area, int mean, int squares, int n) {
        int end = SPECIES.loopBound(n);
        for (int j = 0; j < end; j += COUNT) {
            addSquares(x, xo + j, rows, first, count, area, mean + j, squares + j);
        }
        for (int i = first; end < n && i < first + count; i++) {
            for (int j = end; j < n; j++) {
                float distance = x[xo + rows[i] + j] - area[mean + j];
                area[squares + j] += distance * distance;
            }
        }
    }

    private static void addSquares(
            float[] x, int xo, int[] rows, int first, int count, float[] area, int mean, int squares) {
        FloatVector from = FloatVector.fromArray(SPECIES, area, mean);
        FloatVector even = FloatVector.fromArray(SPECIES, area, squares);
        FloatVector odd = FloatVector.zero(SPECIES);
        int last = first + count - 1;
        int i = first;
        for (; i < last; i += 2) {
            FloatVector one = FloatVector.fromArray(SPECIES, x, xo + rows[i]).sub(from);
            FloatVector two = FloatVector.fromArray(SPECIES, x, xo + rows[i + 1]).sub(from);
            even = one.fma(one, even);
            odd = two.fma(two, odd);
        }
        if (i == last) {
            FloatVector one = FloatVector.fromArray(SPECIES, x, xo + rows[i]).sub(from);
            even = one.fma(one, even);
        }
        even.add(odd).intoArray(area, squares);
    }

    /** {@code mean = base + sums · inverse}. */
    static void means(float[] area, int base, int sums, float inverse, int mean, int n) {
        for (int j = 0; j < n; j++) {
            area[mean + j] = area[base + j] + area[sums + j] * inverse;
        }
    }

    /**
     * {@code squares += more + d² · weight} and {@code sums += others}, with {@code d = others · othersInverse − sums ·
     * sumsInverse}: how far the means of two blocks lie apart.
     */
    static void merge(
            float[] area,
            int sums,
            float sumsInverse,
            int others,
            float othersInverse,
            int squares,
            int more,
            float weight,
            int n) {
        for (int j = 0; j < n; j++) {
            float off = area[others + j] * othersInverse - area[sums + j] * sumsInverse;
            area[squares + j] += area[more + j] + off * off * weight;
            area[sums + j] += area[others + j];
        }
    }
}
