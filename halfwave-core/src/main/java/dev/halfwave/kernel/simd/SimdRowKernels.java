package dev.halfwave.kernel.simd;

import dev.halfwave.kernel.Labels;
import dev.halfwave.kernel.RowKernels;
import dev.halfwave.kernel.scalar.ScalarRowKernels;

/**
 * Softmax, norms and the losses on vectors.
 *
 * <p>The exponential function, which takes most of the time, runs over several rows at once: ten logits do not fill a
 * vector, 64 rows of ten fill forty. Sums over a row do not depend on the rows around it.
 */
final class SimdRowKernels implements RowKernels {
    /** How many logits are taken together: 16 KiB, half of the first cache. */
    private static final int TOGETHER = 4096;

    /** Shorter rows are left to plain Java where no exponential is needed: 64 rows of 10 take 0.4 µs there. */
    private static final int SHORT = 2 * Lanes.COUNT;

    private static final ThreadLocal<float[]> SPARE = ThreadLocal.withInitial(() -> new float[TOGETHER]);

    private final ScalarRowKernels plain = new ScalarRowKernels();

    @Override
    public void softmax(float[] x, int xo, float[] y, int yo, int rows, int n) {
        int together = Math.max(1, TOGETHER / n);
        for (int row = 0; row < rows; row += together) {
            int count = Math.min(together, rows - row);
            softmaxTogether(x, xo + row * n, y, yo + row * n, count, n);
        }
    }

    private static void softmaxTogether(float[] x, int xo, float[] y, int yo, int rows, int n) {
        for (int i = 0; i < rows * n; i += n) {
            OperatorLoops.add(x, xo + i, -RowLoops.max(x, xo + i, n), y, yo + i, n);
        }
        ExponentialLoops.exp(y, yo, y, yo, rows * n);
        for (int i = 0; i < rows * n; i += n) {
            OperatorLoops.multiply(y, yo + i, 1 / RowLoops.sum(y, yo + i, n), y, yo + i, n);
        }
    }

    @Override
    public void softmaxGradient(float[] dy, int dyo, float[] y, int yo, float[] dx, int dxo, int rows, int n) {
        if (n < SHORT) {
            plain.softmaxGradient(dy, dyo, y, yo, dx, dxo, rows, n);
            return;
        }
        for (int i = 0; i < rows * n; i += n) {
            float dot = RowLoops.dot(dy, dyo + i, y, yo + i, n);
            RowLoops.centre(dy, dyo + i, y, yo + i, dot, dx, dxo + i, n);
        }
    }

    @Override
    public void crossEntropy(float[] x, int xo, float[] labels, int lo, float[] loss, int losso, int rows, int n) {
        int together = Math.max(1, TOGETHER / n);
        float[] spare = spare(n);
        for (int row = 0; row < rows; row += together) {
            int count = Math.min(together, rows - row);
            crossEntropyTogether(x, xo + row * n, labels, lo + row, loss, losso + row, spare, count, n);
        }
    }

    private static float[] spare(int n) {
        float[] spare = SPARE.get();
        if (spare.length < n) {
            spare = new float[n];
            SPARE.set(spare);
        }
        return spare;
    }

    private static void crossEntropyTogether(
            float[] x, int xo, float[] labels, int lo, float[] loss, int losso, float[] spare, int rows, int n) {
        for (int row = 0; row < rows; row++) {
            float max = RowLoops.max(x, xo + row * n, n);
            loss[losso + row] = max;
            OperatorLoops.add(x, xo + row * n, -max, spare, row * n, n);
        }
        ExponentialLoops.exp(spare, 0, spare, 0, rows * n);
        for (int row = 0; row < rows; row++) {
            float right = x[xo + row * n + Labels.at(labels, lo, row, n)];
            double sum = RowLoops.sum(spare, row * n, n);
            loss[losso + row] = (float) (Math.log(sum) + loss[losso + row] - right);
        }
    }

    @Override
    public void crossEntropyGradient(
            float[] x, int xo, float[] labels, int lo, float scale, float[] dx, int dxo, int rows, int n) {
        softmax(x, xo, dx, dxo, rows, n);
        for (int row = 0; row < rows; row++) {
            dx[dxo + row * n + Labels.at(labels, lo, row, n)] -= 1;
        }
        OperatorLoops.multiply(dx, dxo, scale, dx, dxo, rows * n);
    }

    @Override
    public void hinge(
            float[] x, int xo, float[] labels, int lo, float margin, float[] loss, int losso, int rows, int n) {
        if (n < SHORT) {
            plain.hinge(x, xo, labels, lo, margin, loss, losso, rows, n);
            return;
        }
        for (int row = 0; row < rows; row++) {
            int label = Labels.at(labels, lo, row, n);
            int start = xo + row * n;
            float right = x[start + label];
            loss[losso + row] = RowLoops.excess(x, start, right, margin, label)
                    + RowLoops.excess(x, start + label + 1, right, margin, n - label - 1);
        }
    }

    @Override
    public void hingeGradient(
            float[] x,
            int xo,
            float[] labels,
            int lo,
            float margin,
            float scale,
            float[] dx,
            int dxo,
            int rows,
            int n) {
        if (n < SHORT) {
            plain.hingeGradient(x, xo, labels, lo, margin, scale, dx, dxo, rows, n);
            return;
        }
        for (int row = 0; row < rows; row++) {
            int label = Labels.at(labels, lo, row, n);
            int start = xo + row * n;
            int to = dxo + row * n;
            float right = x[start + label];
            float active = RowLoops.mark(x, start, right, margin, scale, dx, to, label);
            int next = label + 1;
            active += RowLoops.mark(x, start + next, right, margin, scale, dx, to + next, n - next);
            dx[to + label] = -scale * active;
        }
    }

    @Override
    public void logSoftmax(float[] x, int xo, float[] y, int yo, int rows, int n) {
        int together = Math.max(1, TOGETHER / n);
        float[] spare = spare(n);
        for (int row = 0; row < rows; row += together) {
            int count = Math.min(together, rows - row);
            logSoftmaxTogether(x, xo + row * n, y, yo + row * n, spare, count * n, n);
        }
    }

    private static void logSoftmaxTogether(float[] x, int xo, float[] y, int yo, float[] spare, int length, int n) {
        for (int i = 0; i < length; i += n) {
            OperatorLoops.add(x, xo + i, -RowLoops.max(x, xo + i, n), y, yo + i, n);
        }
        ExponentialLoops.exp(y, yo, spare, 0, length);
        for (int i = 0; i < length; i += n) {
            OperatorLoops.add(y, yo + i, (float) -Math.log(RowLoops.sum(spare, i, n)), y, yo + i, n);
        }
    }

    @Override
    public void logSoftmaxGradient(float[] dy, int dyo, float[] y, int yo, float[] dx, int dxo, int rows, int n) {
        ExponentialLoops.exp(y, yo, dx, dxo, rows * n);
        for (int i = 0; i < rows * n; i += n) {
            OperatorLoops.multiply(dx, dxo + i, -RowLoops.sum(dy, dyo + i, n), dx, dxo + i, n);
        }
        OperatorLoops.add(dx, dxo, dy, dyo, dx, dxo, rows * n);
    }

    /**
     * The mean is found in two steps, the second from what the first leaves, so that rows far away from 0 keep their
     * digits.
     */
    @Override
    public void layerNorm(float[] x, int xo, float epsilon, float[] y, int yo, int rows, int n) {
        for (int row = 0; row < rows * n; row += n) {
            int from = yo + row;
            OperatorLoops.add(x, xo + row, -RowLoops.sum(x, xo + row, n) / n, y, from, n);
            OperatorLoops.add(y, from, -RowLoops.sum(y, from, n) / n, y, from, n);
            double variance = RowLoops.dot(y, from, y, from, n) / n;
            OperatorLoops.multiply(y, from, (float) (1 / Math.sqrt(variance + epsilon)), y, from, n);
        }
    }

    @Override
    public void layerNormGradient(
            float[] dy, int dyo, float[] x, int xo, float epsilon, float[] dx, int dxo, int rows, int n) {
        float[] y = spare(n);
        for (int row = 0; row < rows * n; row += n) {
            OperatorLoops.add(x, xo + row, -RowLoops.sum(x, xo + row, n) / n, y, 0, n);
            OperatorLoops.add(y, 0, -RowLoops.sum(y, 0, n) / n, y, 0, n);
            double scale = 1 / Math.sqrt(RowLoops.dot(y, 0, y, 0, n) / n + epsilon);
            double slope = RowLoops.dot(dy, dyo + row, y, 0, n) / n * scale * scale;
            OperatorLoops.multiply(y, 0, (float) (-slope * scale), y, 0, n);
            float centre = (float) (-RowLoops.sum(dy, dyo + row, n) / n * scale);
            RowLoops.scaleAndShift(dy, dyo + row, (float) scale, centre, dx, dxo + row, n);
            OperatorLoops.add(dx, dxo + row, y, 0, dx, dxo + row, n);
        }
    }
}
