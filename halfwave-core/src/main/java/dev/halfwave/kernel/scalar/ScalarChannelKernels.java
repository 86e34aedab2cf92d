package dev.halfwave.kernel.scalar;

import dev.halfwave.kernel.ChannelKernels;
import java.util.Arrays;

/**
 * Work per channel in plain Java.
 *
 * <p>Reductions go row by row and keep their sums in the results, so memory is read in order.
 */
public final class ScalarChannelKernels implements ChannelKernels {
    @Override
    public void addBias(float[] x, int xo, float[] b, int bo, float[] y, int yo, int rows, int c) {
        for (int row = 0; row < rows; row++) {
            for (int j = 0; j < c; j++) {
                y[yo + row * c + j] = x[xo + row * c + j] + b[bo + j];
            }
        }
    }

    @Override
    public void scaleShift(
            float[] x,
            int xo,
            float[] scale,
            int scaleO,
            float[] shift,
            int shiftO,
            float[] y,
            int yo,
            int rows,
            int c) {
        for (int row = 0; row < rows; row++) {
            for (int j = 0; j < c; j++) {
                y[yo + row * c + j] = scale[scaleO + j] * x[xo + row * c + j] + shift[shiftO + j];
            }
        }
    }

    @Override
    public void sum(float[] x, int xo, float[] out, int oo, int rows, int c) {
        Arrays.fill(out, oo, oo + c, 0);
        for (int row = 0; row < rows; row++) {
            for (int j = 0; j < c; j++) {
                out[oo + j] += x[xo + row * c + j];
            }
        }
    }

    /** The mean is summed as the distance from the first row, which keeps its digits where all values are large. */
    @Override
    public void moments(float[] x, int xo, float[] mean, int meanO, float[] m2, int m2O, int rows, int c) {
        sumDistances(x, xo, mean, meanO, rows, c);
        for (int j = 0; j < c; j++) {
            mean[meanO + j] = x[xo + j] + mean[meanO + j] / rows;
        }
        sumSquares(x, xo, mean, meanO, m2, m2O, rows, c);
    }

    private static void sumDistances(float[] x, int xo, float[] out, int oo, int rows, int c) {
        Arrays.fill(out, oo, oo + c, 0);
        for (int row = 1; row < rows; row++) {
            for (int j = 0; j < c; j++) {
                out[oo + j] += x[xo + row * c + j] - x[xo + j];
            }
        }
    }

    private static void sumSquares(float[] x, int xo, float[] mean, int mo, float[] out, int oo, int rows, int c) {
        Arrays.fill(out, oo, oo + c, 0);
        for (int row = 0; row < rows; row++) {
            for (int j = 0; j < c; j++) {
                float distance = x[xo + row * c + j] - mean[mo + j];
                out[oo + j] += distance * distance;
            }
        }
    }

    @Override
    public void gradientSums(
            float[] dy,
            int dyo,
            float[] x,
            int xo,
            float[] mean,
            int meanO,
            float[] sum,
            int sumO,
            float[] dot,
            int dotO,
            int rows,
            int c) {
        Arrays.fill(sum, sumO, sumO + c, 0);
        Arrays.fill(dot, dotO, dotO + c, 0);
        for (int row = 0; row < rows; row++) {
            for (int j = 0; j < c; j++) {
                float d = dy[dyo + row * c + j];
                sum[sumO + j] += d;
                dot[dotO + j] += d * (x[xo + row * c + j] - mean[meanO + j]);
            }
        }
    }

    @Override
    public void blend(
            float[] dy,
            int dyo,
            float[] x,
            int xo,
            float[] p,
            int po,
            float[] q,
            int qo,
            float[] t,
            int to,
            float[] dx,
            int dxo,
            int rows,
            int c) {
        for (int row = 0; row < rows; row++) {
            for (int j = 0; j < c; j++) {
                int i = row * c + j;
                dx[dxo + i] = p[po + j] * dy[dyo + i] + q[qo + j] * x[xo + i] + t[to + j];
            }
        }
    }

    @Override
    public void prelu(float[] x, int xo, float[] slope, int so, float[] y, int yo, int rows, int c) {
        for (int row = 0; row < rows; row++) {
            for (int j = 0; j < c; j++) {
                float v = x[xo + row * c + j];
                y[yo + row * c + j] = v > 0 ? v : slope[so + j] * v;
            }
        }
    }

    @Override
    public void preluGradient(
            float[] dy, int dyo, float[] x, int xo, float[] slope, int so, float[] dx, int dxo, int rows, int c) {
        for (int row = 0; row < rows; row++) {
            for (int j = 0; j < c; j++) {
                float d = dy[dyo + row * c + j];
                dx[dxo + row * c + j] = x[xo + row * c + j] > 0 ? d : slope[so + j] * d;
            }
        }
    }

    @Override
    public void preluSlopeGradient(float[] dy, int dyo, float[] x, int xo, float[] out, int oo, int rows, int c) {
        Arrays.fill(out, oo, oo + c, 0);
        for (int row = 0; row < rows; row++) {
            for (int j = 0; j < c; j++) {
                out[oo + j] += Math.min(x[xo + row * c + j], 0) * dy[dyo + row * c + j];
            }
        }
    }
}
