package dev.halfwave.kernel.simd;

import static dev.halfwave.kernel.simd.Lanes.COUNT;
import static dev.halfwave.kernel.simd.Lanes.SPECIES;

import jdk.incubator.vector.FloatVector;

/**
 * Sums over rows, channel by channel, on vectors.
 *
 * <p>The sums stay in an array in the first cache. Most methods add four rows at once, as storing a sum takes as long
 * as loading a row.
 */
final class ChannelSums {
    private ChannelSums() {}

    /** Adds one row. */
    static void addRow(float[] x, int xo, float[] sum, int so, int n) {
        OperatorLoops.add(sum, so, x, xo, sum, so, n);
    }

    /** Adds four rows that start {@code stride} apart. */
    static void addRows(float[] x, int xo, int stride, float[] sum, int so, int n) {
        int end = SPECIES.loopBound(n);
        for (int j = 0; j < end; j += COUNT) {
            FloatVector first = FloatVector.fromArray(SPECIES, x, xo + j);
            FloatVector second = FloatVector.fromArray(SPECIES, x, xo + stride + j);
            FloatVector third = FloatVector.fromArray(SPECIES, x, xo + 2 * stride + j);
            FloatVector fourth = FloatVector.fromArray(SPECIES, x, xo + 3 * stride + j);
            FloatVector four = first.add(second).add(third.add(fourth));
            FloatVector.fromArray(SPECIES, sum, so + j).add(four).intoArray(sum, so + j);
        }
        for (int j = end; j < n; j++) {
            int i = xo + j;
            sum[so + j] += (x[i] + x[i + stride]) + (x[i + 2 * stride] + x[i + 3 * stride]);
        }
    }

    /** Adds one row's distances from another row. */
    static void addDistance(float[] x, int xo, float[] from, int fo, float[] sum, int so, int n) {
        int end = SPECIES.loopBound(n);
        for (int j = 0; j < end; j += COUNT) {
            FloatVector distance =
                    FloatVector.fromArray(SPECIES, x, xo + j).sub(FloatVector.fromArray(SPECIES, from, fo + j));
            FloatVector.fromArray(SPECIES, sum, so + j).add(distance).intoArray(sum, so + j);
        }
        for (int j = end; j < n; j++) {
            sum[so + j] += x[xo + j] - from[fo + j];
        }
    }

    /** Adds four rows' distances from another row. */
    static void addDistances(float[] x, int xo, int stride, float[] from, int fo, float[] sum, int so, int n) {
        int end = SPECIES.loopBound(n);
        for (int j = 0; j < end; j += COUNT) {
            FloatVector origin = FloatVector.fromArray(SPECIES, from, fo + j);
            FloatVector first = FloatVector.fromArray(SPECIES, x, xo + j).sub(origin);
            FloatVector second =
                    FloatVector.fromArray(SPECIES, x, xo + stride + j).sub(origin);
            FloatVector third =
                    FloatVector.fromArray(SPECIES, x, xo + 2 * stride + j).sub(origin);
            FloatVector fourth =
                    FloatVector.fromArray(SPECIES, x, xo + 3 * stride + j).sub(origin);
            FloatVector four = first.add(second).add(third.add(fourth));
            FloatVector.fromArray(SPECIES, sum, so + j).add(four).intoArray(sum, so + j);
        }
        for (int j = end; j < n; j++) {
            float origin = from[fo + j];
            int i = xo + j;
            sum[so + j] += (x[i] - origin + (x[i + stride] - origin))
                    + (x[i + 2 * stride] - origin + (x[i + 3 * stride] - origin));
        }
    }

    /** Adds one row's squared distances from another row. */
    static void addSquare(float[] x, int xo, float[] from, int fo, float[] sum, int so, int n) {
        int end = SPECIES.loopBound(n);
        for (int j = 0; j < end; j += COUNT) {
            FloatVector distance =
                    FloatVector.fromArray(SPECIES, x, xo + j).sub(FloatVector.fromArray(SPECIES, from, fo + j));
            distance.fma(distance, FloatVector.fromArray(SPECIES, sum, so + j)).intoArray(sum, so + j);
        }
        for (int j = end; j < n; j++) {
            float distance = x[xo + j] - from[fo + j];
            sum[so + j] += distance * distance;
        }
    }

    /** Adds four rows' squared distances from another row. */
    static void addSquares(float[] x, int xo, int stride, float[] from, int fo, float[] sum, int so, int n) {
        int end = SPECIES.loopBound(n);
        for (int j = 0; j < end; j += COUNT) {
            FloatVector origin = FloatVector.fromArray(SPECIES, from, fo + j);
            FloatVector first = FloatVector.fromArray(SPECIES, x, xo + j).sub(origin);
            FloatVector second =
                    FloatVector.fromArray(SPECIES, x, xo + stride + j).sub(origin);
            FloatVector third =
                    FloatVector.fromArray(SPECIES, x, xo + 2 * stride + j).sub(origin);
            FloatVector fourth =
                    FloatVector.fromArray(SPECIES, x, xo + 3 * stride + j).sub(origin);
            FloatVector four = first.fma(first, second.mul(second)).add(third.fma(third, fourth.mul(fourth)));
            FloatVector.fromArray(SPECIES, sum, so + j).add(four).intoArray(sum, so + j);
        }
        for (int j = end; j < n; j++) {
            for (int row = 0; row < 4; row++) {
                float distance = x[xo + row * stride + j] - from[fo + j];
                sum[so + j] += distance * distance;
            }
        }
    }
}
