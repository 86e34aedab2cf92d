package dev.halfwave.kernel.simd;

import static dev.halfwave.kernel.simd.Lanes.COUNT;
import static dev.halfwave.kernel.simd.Lanes.SPECIES;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;

/** Sums over two rows of gradients and inputs at a time, channel by channel, on vectors; see {@link ChannelSums}. */
final class ChannelGradients {
    private ChannelGradients() {}

    /** Adds one row's {@code dy} and {@code dy · (x − mean)}. */
    static void addRow(
            float[] dy,
            int dyo,
            float[] x,
            int xo,
            float[] mean,
            int mo,
            float[] sum,
            int sumO,
            float[] dot,
            int dotO,
            int n) {
        int end = SPECIES.loopBound(n);
        for (int j = 0; j < end; j += COUNT) {
            FloatVector d = FloatVector.fromArray(SPECIES, dy, dyo + j);
            FloatVector distance =
                    FloatVector.fromArray(SPECIES, x, xo + j).sub(FloatVector.fromArray(SPECIES, mean, mo + j));
            FloatVector.fromArray(SPECIES, sum, sumO + j).add(d).intoArray(sum, sumO + j);
            d.fma(distance, FloatVector.fromArray(SPECIES, dot, dotO + j)).intoArray(dot, dotO + j);
        }
        for (int j = end; j < n; j++) {
            sum[sumO + j] += dy[dyo + j];
            dot[dotO + j] += dy[dyo + j] * (x[xo + j] - mean[mo + j]);
        }
    }

    /** Adds two rows' {@code dy} and {@code dy · (x − mean)}; the rows lie one behind the other. */
    static void addRows(
            float[] dy,
            int dyo,
            float[] x,
            int xo,
            float[] mean,
            int mo,
            float[] sum,
            int sumO,
            float[] dot,
            int dotO,
            int n) {
        int end = SPECIES.loopBound(n);
        for (int j = 0; j < end; j += COUNT) {
            FloatVector origin = FloatVector.fromArray(SPECIES, mean, mo + j);
            FloatVector first = FloatVector.fromArray(SPECIES, dy, dyo + j);
            FloatVector second = FloatVector.fromArray(SPECIES, dy, dyo + n + j);
            FloatVector products =
                    FloatVector.fromArray(SPECIES, x, xo + j).sub(origin).mul(first);
            products = FloatVector.fromArray(SPECIES, x, xo + n + j).sub(origin).fma(second, products);
            FloatVector.fromArray(SPECIES, sum, sumO + j).add(first.add(second)).intoArray(sum, sumO + j);
            FloatVector.fromArray(SPECIES, dot, dotO + j).add(products).intoArray(dot, dotO + j);
        }
        for (int j = end; j < n; j++) {
            sum[sumO + j] += dy[dyo + j] + dy[dyo + n + j];
            dot[dotO + j] +=
                    dy[dyo + j] * (x[xo + j] - mean[mo + j]) + dy[dyo + n + j] * (x[xo + n + j] - mean[mo + j]);
        }
    }

    /** Adds one row's {@code min(x, 0) · dy}. */
    static void addSlope(float[] dy, int dyo, float[] x, int xo, float[] sum, int so, int n) {
        int end = SPECIES.loopBound(n);
        for (int j = 0; j < end; j += COUNT) {
            FloatVector v = FloatVector.fromArray(SPECIES, x, xo + j);
            FloatVector low = v.blend(0, v.compare(VectorOperators.GT, 0));
            FloatVector d = FloatVector.fromArray(SPECIES, dy, dyo + j);
            low.fma(d, FloatVector.fromArray(SPECIES, sum, so + j)).intoArray(sum, so + j);
        }
        for (int j = end; j < n; j++) {
            sum[so + j] += Math.min(x[xo + j], 0) * dy[dyo + j];
        }
    }
}
