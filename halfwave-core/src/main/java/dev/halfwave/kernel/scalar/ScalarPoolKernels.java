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
            for (int q = 0; q < geometry.ow(); q++) {
                window.moveTo(row, q);
                maxOf(window, x, xo, y, yo + window.output(), c);
            }
        }
    }

    private static void maxOf(PoolWindow window, float[] x, int xo, float[] y, int yo, int c) {
        Arrays.fill(y, yo, yo + c, Float.NEGATIVE_INFINITY);
        for (int t = 0; t < window.taps(); t++) {
            int start = xo + window.tap(t);
            for (int j = 0; j < c; j++) {
                float v = x[start + j];
                y[yo + j] = v > y[yo + j] || Float.isNaN(v) ? v : y[yo + j];
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
            for (int q = 0; q < geometry.ow(); q++) {
                window.moveTo(row, q);
                for (int j = 0; j < c; j++) {
                    int out = window.output() + j;
                    giveToFirst(window, dy[dyo + out], x, xo + j, y[yo + out], dx, dxo + j);
                }
            }
        }
    }

    private static void giveToFirst(PoolWindow window, float dy, float[] x, int xo, float max, float[] dx, int dxo) {
        for (int t = 0; t < window.taps(); t++) {
            float v = x[xo + window.tap(t)];
            if (v == max || Float.isNaN(v)) {
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
            for (int q = 0; q < geometry.ow(); q++) {
                window.moveTo(row, q);
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
            for (int q = 0; q < geometry.ow(); q++) {
                window.moveTo(row, q);
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
}
