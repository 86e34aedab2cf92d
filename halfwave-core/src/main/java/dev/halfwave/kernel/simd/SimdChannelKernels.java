package dev.halfwave.kernel.simd;

import dev.halfwave.kernel.ChannelKernels;

/**
 * Work per channel on vectors.
 *
 * <p>{@link ChannelTiling} says how many rows are taken together; the last turn may have fewer. Maps give the bits of
 * plain Java. The order of a sum follows from the number of rows and channels alone.
 */
final class SimdChannelKernels implements ChannelKernels {
    @Override
    public void addBias(float[] x, int xo, float[] b, int bo, float[] y, int yo, int rows, int c) {
        ChannelTiling tiling = ChannelTiling.of(rows, c);
        float[] biases = tiling.repeat(b, bo, 0);
        int start = tiling.start(bo, 0);
        int width = tiling.width();
        for (int i = 0; i < rows * c; i += width) {
            OperatorLoops.add(x, xo + i, biases, start, y, yo + i, Math.min(width, rows * c - i));
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
        ChannelTiling tiling = ChannelTiling.of(rows, c);
        float[] scales = tiling.repeat(scale, scaleO, 0);
        float[] shifts = tiling.repeat(shift, shiftO, 1);
        int s = tiling.start(scaleO, 0);
        int t = tiling.start(shiftO, 1);
        int width = tiling.width();
        for (int i = 0; i < rows * c; i += width) {
            ChannelMaps.scaleShift(x, xo + i, scales, s, shifts, t, y, yo + i, Math.min(width, rows * c - i));
        }
    }

    @Override
    public void sum(float[] x, int xo, float[] out, int oo, int rows, int c) {
        ChannelTiling tiling = ChannelTiling.of(rows, c);
        float[] sums = tiling.zeros(out, oo, 0);
        int start = tiling.start(oo, 0);
        int width = tiling.width();
        int turn = 0;
        for (; turn <= tiling.turns(rows) - 4; turn += 4) {
            ChannelSums.addRows(x, xo + turn * width, width, sums, start, width);
        }
        for (; turn < tiling.turns(rows); turn++) {
            ChannelSums.addRow(x, xo + turn * width, sums, start, width);
        }
        ChannelSums.addRow(x, xo + turn * width, sums, start, rows * c - turn * width);
        tiling.fold(0, out, oo);
    }

    @Override
    public void moments(float[] x, int xo, float[] mean, int meanO, float[] m2, int m2O, int rows, int c) {
        ChannelTiling tiling = ChannelTiling.of(rows, c);
        sumDistances(tiling, x, xo, mean, meanO, rows, c);
        for (int j = 0; j < c; j++) {
            mean[meanO + j] = x[xo + j] + mean[meanO + j] / rows;
        }
        sumSquares(tiling, x, xo, mean, meanO, m2, m2O, rows, c);
    }

    /** Sums distances from the first row, which keeps the digits of the mean where all values are large. */
    private static void sumDistances(ChannelTiling tiling, float[] x, int xo, float[] out, int oo, int rows, int c) {
        float[] firsts = tiling.repeat(x, xo, 0);
        int first = tiling.start(xo, 0);
        float[] sums = tiling.zeros(out, oo, 1);
        int start = tiling.start(oo, 1);
        int width = tiling.width();
        int turn = 0;
        for (; turn <= tiling.turns(rows) - 4; turn += 4) {
            ChannelSums.addDistances(x, xo + turn * width, width, firsts, first, sums, start, width);
        }
        for (; turn < tiling.turns(rows); turn++) {
            ChannelSums.addDistance(x, xo + turn * width, firsts, first, sums, start, width);
        }
        ChannelSums.addDistance(x, xo + turn * width, firsts, first, sums, start, rows * c - turn * width);
        tiling.fold(1, out, oo);
    }

    private static void sumSquares(
            ChannelTiling tiling, float[] x, int xo, float[] mean, int mo, float[] out, int oo, int rows, int c) {
        float[] means = tiling.repeat(mean, mo, 0);
        int first = tiling.start(mo, 0);
        float[] sums = tiling.zeros(out, oo, 1);
        int start = tiling.start(oo, 1);
        int width = tiling.width();
        int turn = 0;
        for (; turn <= tiling.turns(rows) - 4; turn += 4) {
            ChannelSums.addSquares(x, xo + turn * width, width, means, first, sums, start, width);
        }
        for (; turn < tiling.turns(rows); turn++) {
            ChannelSums.addSquare(x, xo + turn * width, means, first, sums, start, width);
        }
        ChannelSums.addSquare(x, xo + turn * width, means, first, sums, start, rows * c - turn * width);
        tiling.fold(1, out, oo);
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
        ChannelTiling tiling = ChannelTiling.of(rows, c);
        float[] means = tiling.repeat(mean, meanO, 0);
        int m = tiling.start(meanO, 0);
        float[] sums = tiling.zeros(sum, sumO, 1);
        int s = tiling.start(sumO, 1);
        float[] dots = tiling.zeros(dot, dotO, 2);
        int d = tiling.start(dotO, 2);
        int width = tiling.width();
        int done = tiling.turns(rows) * width;
        int i = 0;
        for (; i <= done - 2 * width; i += 2 * width) {
            ChannelGradients.addRows(dy, dyo + i, x, xo + i, means, m, sums, s, dots, d, width);
        }
        for (; i < done; i += width) {
            ChannelGradients.addRow(dy, dyo + i, x, xo + i, means, m, sums, s, dots, d, width);
        }
        ChannelGradients.addRow(dy, dyo + i, x, xo + i, means, m, sums, s, dots, d, rows * c - i);
        tiling.fold(1, sum, sumO);
        tiling.fold(2, dot, dotO);
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
        ChannelTiling tiling = ChannelTiling.of(rows, c);
        float[] ps = tiling.repeat(p, po, 0);
        float[] qs = tiling.repeat(q, qo, 1);
        float[] ts = tiling.repeat(t, to, 2);
        int first = tiling.start(po, 0);
        int second = tiling.start(qo, 1);
        int third = tiling.start(to, 2);
        int width = tiling.width();
        for (int i = 0; i < rows * c; i += width) {
            ChannelMaps.blend(
                    dy,
                    dyo + i,
                    x,
                    xo + i,
                    ps,
                    first,
                    qs,
                    second,
                    ts,
                    third,
                    dx,
                    dxo + i,
                    Math.min(width, rows * c - i));
        }
    }

    @Override
    public void prelu(float[] x, int xo, float[] slope, int so, float[] y, int yo, int rows, int c) {
        ChannelTiling tiling = ChannelTiling.of(rows, c);
        float[] slopes = tiling.repeat(slope, so, 0);
        int start = tiling.start(so, 0);
        int width = tiling.width();
        for (int i = 0; i < rows * c; i += width) {
            ChannelMaps.prelu(x, xo + i, slopes, start, y, yo + i, Math.min(width, rows * c - i));
        }
    }

    @Override
    public void preluGradient(
            float[] dy, int dyo, float[] x, int xo, float[] slope, int so, float[] dx, int dxo, int rows, int c) {
        ChannelTiling tiling = ChannelTiling.of(rows, c);
        float[] slopes = tiling.repeat(slope, so, 0);
        int start = tiling.start(so, 0);
        int width = tiling.width();
        for (int i = 0; i < rows * c; i += width) {
            ChannelMaps.preluGradient(
                    dy, dyo + i, x, xo + i, slopes, start, dx, dxo + i, Math.min(width, rows * c - i));
        }
    }

    @Override
    public void preluSlopeGradient(float[] dy, int dyo, float[] x, int xo, float[] out, int oo, int rows, int c) {
        ChannelTiling tiling = ChannelTiling.of(rows, c);
        float[] sums = tiling.zeros(out, oo, 0);
        int start = tiling.start(oo, 0);
        int width = tiling.width();
        for (int i = 0; i < rows * c; i += width) {
            ChannelGradients.addSlope(dy, dyo + i, x, xo + i, sums, start, Math.min(width, rows * c - i));
        }
        tiling.fold(0, out, oo);
    }
}
