package dev.halfwave.kernel.scalar;

import dev.halfwave.kernel.Labels;
import dev.halfwave.kernel.RowKernels;

/** Softmax, norms and the losses over rows in plain Java; sums are in double precision, as rows may be long. */
public final class ScalarRowKernels implements RowKernels {
    @Override
    public void softmax(float[] x, int xo, float[] y, int yo, int rows, int n) {
        for (int row = 0; row < rows; row++) {
            softmaxRow(x, xo + row * n, y, yo + row * n, n);
        }
    }

    private static void softmaxRow(float[] x, int xo, float[] y, int yo, int n) {
        float max = max(x, xo, n);
        double sum = 0;
        for (int j = 0; j < n; j++) {
            float e = Exponential.exp(x[xo + j] - max);
            y[yo + j] = e;
            sum += e;
        }
        float share = (float) (1 / sum);
        for (int j = 0; j < n; j++) {
            y[yo + j] *= share;
        }
    }

    private static float max(float[] x, int xo, int n) {
        float max = Float.NEGATIVE_INFINITY;
        for (int j = 0; j < n; j++) {
            max = Math.max(max, x[xo + j]);
        }
        return max;
    }

    @Override
    public void softmaxGradient(float[] dy, int dyo, float[] y, int yo, float[] dx, int dxo, int rows, int n) {
        for (int row = 0; row < rows; row++) {
            double sum = 0;
            for (int j = row * n; j < row * n + n; j++) {
                sum += dy[dyo + j] * y[yo + j];
            }
            float dot = (float) sum;
            for (int j = row * n; j < row * n + n; j++) {
                dx[dxo + j] = y[yo + j] * (dy[dyo + j] - dot);
            }
        }
    }

    @Override
    public void crossEntropy(float[] x, int xo, float[] labels, int lo, float[] loss, int losso, int rows, int n) {
        for (int row = 0; row < rows; row++) {
            int label = Labels.at(labels, lo, row, n);
            int start = xo + row * n;
            float max = max(x, start, n);
            double sum = 0;
            for (int j = 0; j < n; j++) {
                sum += Exponential.exp(x[start + j] - max);
            }
            loss[losso + row] = (float) (Math.log(sum) + max - x[start + label]);
        }
    }

    @Override
    public void crossEntropyGradient(
            float[] x, int xo, float[] labels, int lo, float scale, float[] dx, int dxo, int rows, int n) {
        for (int row = 0; row < rows; row++) {
            int label = Labels.at(labels, lo, row, n);
            int start = dxo + row * n;
            softmaxRow(x, xo + row * n, dx, start, n);
            dx[start + label] -= 1;
            for (int j = 0; j < n; j++) {
                dx[start + j] *= scale;
            }
        }
    }

    @Override
    public void hinge(
            float[] x, int xo, float[] labels, int lo, float margin, float[] loss, int losso, int rows, int n) {
        for (int row = 0; row < rows; row++) {
            int label = Labels.at(labels, lo, row, n);
            int start = xo + row * n;
            double sum = 0;
            for (int j = 0; j < n; j++) {
                float excess = x[start + j] - x[start + label] + margin;
                sum += j == label || excess <= 0 ? 0 : excess;
            }
            loss[losso + row] = (float) sum;
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
        for (int row = 0; row < rows; row++) {
            int label = Labels.at(labels, lo, row, n);
            hingeGradientRow(x, xo + row * n, label, margin, scale, dx, dxo + row * n, n);
        }
    }

    private static void hingeGradientRow(
            float[] x, int xo, int label, float margin, float scale, float[] dx, int dxo, int n) {
        float right = x[xo + label];
        int active = 0;
        for (int j = 0; j < n; j++) {
            boolean violates = j != label && x[xo + j] - right + margin > 0;
            dx[dxo + j] = violates ? scale : 0;
            active += violates ? 1 : 0;
        }
        dx[dxo + label] = -scale * active;
    }

    @Override
    public void logSoftmax(float[] x, int xo, float[] y, int yo, int rows, int n) {
        for (int row = 0; row < rows * n; row += n) {
            float max = max(x, xo + row, n);
            double sum = 0;
            for (int j = row; j < row + n; j++) {
                sum += Exponential.exp(x[xo + j] - max);
            }
            float log = (float) Math.log(sum);
            for (int j = row; j < row + n; j++) {
                y[yo + j] = x[xo + j] - max - log;
            }
        }
    }

    @Override
    public void logSoftmaxGradient(float[] dy, int dyo, float[] y, int yo, float[] dx, int dxo, int rows, int n) {
        for (int row = 0; row < rows * n; row += n) {
            double sum = 0;
            for (int j = row; j < row + n; j++) {
                sum += dy[dyo + j];
            }
            float total = (float) sum;
            for (int j = row; j < row + n; j++) {
                dx[dxo + j] = dy[dyo + j] - Exponential.exp(y[yo + j]) * total;
            }
        }
    }

    @Override
    public void layerNorm(float[] x, int xo, float epsilon, float[] y, int yo, int rows, int n) {
        for (int row = 0; row < rows * n; row += n) {
            double mean = mean(x, xo + row, n);
            double scale = 1 / Math.sqrt(variance(x, xo + row, mean, n) + epsilon);
            for (int j = row; j < row + n; j++) {
                y[yo + j] = (float) ((x[xo + j] - mean) * scale);
            }
        }
    }

    private static double mean(float[] x, int xo, int n) {
        double sum = 0;
        for (int j = 0; j < n; j++) {
            sum += x[xo + j];
        }
        return sum / n;
    }

    private static double variance(float[] x, int xo, double mean, int n) {
        double sum = 0;
        for (int j = 0; j < n; j++) {
            sum += (x[xo + j] - mean) * (x[xo + j] - mean);
        }
        return sum / n;
    }

    @Override
    public void layerNormGradient(
            float[] dy, int dyo, float[] x, int xo, float epsilon, float[] dx, int dxo, int rows, int n) {
        for (int row = 0; row < rows * n; row += n) {
            double mean = mean(x, xo + row, n);
            double scale = 1 / Math.sqrt(variance(x, xo + row, mean, n) + epsilon);
            double dot = 0;
            for (int j = row; j < row + n; j++) {
                dot += dy[dyo + j] * (x[xo + j] - mean);
            }
            double centre = mean(dy, dyo + row, n);
            double slope = dot / n * scale * scale;
            for (int j = row; j < row + n; j++) {
                dx[dxo + j] = (float) ((dy[dyo + j] - centre - (x[xo + j] - mean) * slope) * scale);
            }
        }
    }
}
