package dev.halfwave.kernel.scalar;

import dev.halfwave.kernel.PoolGeometry;
import dev.halfwave.kernel.PoolKernels;
import dev.halfwave.kernel.PoolWindow;
import java.util.Arrays;

/** Pooling in plain Java: for every window, for every element of it, all channels. */
public final class ScalarPoolKernels implements PoolKernels {
    @Override
    public void max(PoolGeometry geometry, float[] x, int xo, float[] y, int yo, int from, int to) {
        int c = geometry.c();
        PoolWindow window = PoolWindow.over(geometry);
        for (int row = from; row < to; row++) {
            window.moveToRow(row);
            for (int q = 0; q < window.columns(); q++) {
                window.moveTo(q);
                maxOf(window, x, xo, y, yo + window.output(), c);
            }
        }
    }

    private static void maxOf(PoolWindow window, float[] x, int xo, float[] y, int yo, int c) {
        Arrays.fill(y, yo, yo + c, Float.NEGATIVE_INFINITY);
        for (int t = 0; t < window.taps(); t++) {
            int start = xo + window.tap(t);
            for (int j = 0; j < c; j++) {
                y[yo + j] = Math.max(y[yo + j], x[start + j]);
            }
        }
    }

    @Override
    public void maxGradient(
            PoolGeometry geometry,
            float[] dy,
            int dyo,
            float[] x,
            int xo,
            float[] y,
            int yo,
            float[] dx,
            int dxo,
            int from,
            int to) {
        int c = geometry.c();
        PoolWindow window = PoolWindow.over(geometry);
        Arrays.fill(dx, dxo + window.image(from), dxo + window.image(to), 0);
        for (int row = from * geometry.oh(); row < to * geometry.oh(); row++) {
            window.moveToRow(row);
            for (int q = 0; q < window.columns(); q++) {
                window.moveTo(q);
                for (int j = 0; j < c; j++) {
                    int out = window.output() + j;
                    giveToFirst(window, dy[dyo + out], x, xo + j, y[yo + out], dx, dxo + j);
                }
            }
        }
    }

    private static void giveToFirst(PoolWindow window, float dy, float[] x, int xo, float max, float[] dx, int dxo) {
        for (int t = 0; t < window.taps(); t++) {
            if (!(x[xo + window.tap(t)] < max)) { // equal, or one of them is not a number
                dx[dxo + window.tap(t)] += dy;
                return;
            }
        }
    }

    @Override
    public void average(PoolGeometry geometry, float[] x, int xo, float[] y, int yo, int from, int to) {
        int c = geometry.c();
        PoolWindow window = PoolWindow.over(geometry);
        for (int row = from; row < to; row++) {
            window.moveToRow(row);
            for (int q = 0; q < window.columns(); q++) {
                window.moveTo(q);
                averageOf(window, x, xo, y, yo + window.output(), c);
            }
        }
    }

    private static void averageOf(PoolWindow window, float[] x, int xo, float[] y, int yo, int c) {
        Arrays.fill(y, yo, yo + c, 0);
        for (int t = 0; t < window.taps(); t++) {
            int start = xo + window.tap(t);
            for (int j = 0; j < c; j++) {
                y[yo + j] += x[start + j];
            }
        }
        for (int j = 0; j < c; j++) {
            y[yo + j] *= window.share();
        }
    }

    @Override
    public void averageGradient(PoolGeometry geometry, float[] dy, int dyo, float[] dx, int dxo, int from, int to) {
        PoolWindow window = PoolWindow.over(geometry);
        Arrays.fill(dx, dxo + window.image(from), dxo + window.image(to), 0);
        for (int row = from * geometry.oh(); row < to * geometry.oh(); row++) {
            window.moveToRow(row);
            for (int q = 0; q < window.columns(); q++) {
                window.moveTo(q);
                shareOut(window, dy, dyo + window.output(), dx, dxo, geometry.c());
            }
        }
    }

    private static void shareOut(PoolWindow window, float[] dy, int dyo, float[] dx, int dxo, int c) {
        for (int t = 0; t < window.taps(); t++) {
            int start = dxo + window.tap(t);
            for (int j = 0; j < c; j++) {
                dx[start + j] += dy[dyo + j] * window.share();
            }
        }
    }

    @Override
    public void maxIndices(PoolGeometry geometry, float[] x, int xo, float[] y, int yo, int from, int to) {
        int c = geometry.c();
        int plane = geometry.h() * geometry.w();
        PoolWindow window = PoolWindow.over(geometry);
        for (int row = from; row < to; row++) {
            window.moveToRow(row);
            for (int q = 0; q < window.columns(); q++) {
                window.moveTo(q);
                for (int j = 0; j < c; j++) {
                    int first = firstLargest(window, x, xo + j);
                    y[yo + window.output() + j] = first < 0 ? -1 : first / c % plane;
                }
            }
        }
    }

    /** Where the element stands in the batch, for channel 0; −1 if there is none. */
    private static int firstLargest(PoolWindow window, float[] x, int xo) {
        if (window.taps() == 0) {
            return -1;
        }
        int first = window.tap(0);
        float max = x[xo + first];
        for (int t = 1; t < window.taps() && !Float.isNaN(max); t++) {
            float next = x[xo + window.tap(t)];
            if (!(next <= max)) { // larger, or not a number
                max = next;
                first = window.tap(t);
            }
        }
        return first;
    }
}
