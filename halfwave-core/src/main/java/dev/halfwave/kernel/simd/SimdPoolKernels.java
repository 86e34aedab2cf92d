package dev.halfwave.kernel.simd;

import static dev.halfwave.kernel.simd.Lanes.COUNT;
import static dev.halfwave.kernel.simd.Lanes.SPECIES;

import dev.halfwave.kernel.PoolGeometry;
import dev.halfwave.kernel.PoolKernels;
import dev.halfwave.kernel.PoolWindow;
import dev.halfwave.kernel.scalar.ScalarPoolKernels;
import dev.halfwave.tensor.Window;
import java.util.Arrays;

/** Pooling on vectors whose lanes are channels; the bits are those of plain Java. */
final class SimdPoolKernels implements PoolKernels {
    private final ScalarPoolKernels plain = new ScalarPoolKernels();

    /** What a maximum's gradient has not yet given away, per channel of one window; or a row on its way. */
    private static final ThreadLocal<float[]> LEFT = ThreadLocal.withInitial(() -> new float[0]);

    @Override
    public void max(PoolGeometry geometry, float[] x, int xo, float[] y, int yo, int from, int to) {
        int c = geometry.c();
        PoolWindow window = PoolWindow.over(geometry);
        for (int row = from; row < to; row++) {
            window.moveToRow(row);
            if (c < COUNT) {
                narrowMax(geometry, window, x, xo, y, yo, c);
                continue;
            }
            for (int q = 0; q < window.columns(); q++) {
                window.moveTo(q);
                maxOf(window, x, xo, y, yo + window.output(), c);
            }
        }
    }

    /**
     * A row of pixels that do not fill a vector: each is computed as if it did, and the next one is written over what is
     * too much; only where that would read beyond the end of x are its channels done one by one.
     */
    private static void narrowMax(
            PoolGeometry geometry, PoolWindow window, float[] x, int xo, float[] y, int yo, int c) {
        float[] line = left(window.columns() * c + COUNT);
        for (int q = insideWindows(geometry, window, x, xo, line, c); q < window.columns(); q++) {
            window.moveTo(q);
            boolean inside = window.taps() == 0 || xo + window.tap(window.taps() - 1) + COUNT <= x.length;
            maxOf(window, x, xo, line, q * c, inside ? COUNT : c);
        }
        window.moveTo(0);
        System.arraycopy(line, 0, y, yo + window.output(), window.columns() * c);
    }

    /**
     * Does the first pixels of a row in one go if their windows have up to four elements and lie side by side in the
     * image; returns how many.
     */
    private static int insideWindows(PoolGeometry geometry, PoolWindow window, float[] x, int xo, float[] line, int c) {
        window.moveTo(0);
        int last = window.taps() - 1;
        Window across = geometry.horizontal();
        int end = (window.columns() - 1) * across.stride() + (across.size() - 1) * across.dilation();
        if (last < 0 || last > 3 || across.before() > 0 || end >= geometry.w()) {
            return 0;
        }
        int step = across.stride() * c;
        int room = x.length - COUNT - xo - window.tap(last);
        int count = room < 0 ? 0 : Math.min(window.columns(), room / step + 1);
        int second = xo + window.tap(Math.min(1, last));
        int third = xo + window.tap(Math.min(2, last));
        MaxLoops.line(x, xo + window.tap(0), second, third, xo + window.tap(last), step, line, c, count);
        return count;
    }

    private static void maxOf(PoolWindow window, float[] x, int xo, float[] y, int yo, int c) {
        int last = window.taps() - 1;
        if (last < 0) {
            Arrays.fill(y, yo, yo + c, Float.NEGATIVE_INFINITY);
            return;
        }
        int a = xo + window.tap(0);
        int b = xo + window.tap(Math.min(1, last));
        int d = xo + window.tap(Math.min(3, last));
        MaxLoops.first(x, a, b, xo + window.tap(Math.min(2, last)), d, y, yo, c);
        for (int t = 4; t <= last; t += 4) {
            a = xo + window.tap(t);
            b = xo + window.tap(Math.min(t + 1, last));
            d = xo + window.tap(Math.min(t + 3, last));
            MaxLoops.more(x, a, b, xo + window.tap(Math.min(t + 2, last)), d, y, yo, c);
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
        if (geometry.c() < COUNT) {
            plain.maxGradient(geometry, dy, dyo, x, xo, y, yo, dx, dxo, from, to);
            return;
        }
        PoolWindow window = PoolWindow.over(geometry);
        if (isQuartered(geometry)) {
            for (int row = from * geometry.oh(); row < to * geometry.oh(); row++) {
                window.moveToRow(row);
                quarterRow(window, dy, dyo, x, xo, y, yo, dx, dxo, geometry.c());
            }
            return;
        }
        float[] left = left(geometry.c() + COUNT);
        Arrays.fill(dx, dxo + window.image(from), dxo + window.image(to), 0);
        for (int row = from * geometry.oh(); row < to * geometry.oh(); row++) {
            window.moveToRow(row);
            for (int q = 0; q < window.columns(); q++) {
                window.moveTo(q);
                int out = window.output();
                if (geometry.c() % COUNT == 0) {
                    giveToFirst(window, dy, dyo + out, x, xo, y, yo + out, left, dx, dxo, geometry.c());
                } else {
                    inWholeVectors(dy, dyo + out, left, geometry.c());
                    giveToFirst(window, left, 0, x, xo, y, yo + out, left, dx, dxo, geometry.c());
                }
            }
        }
    }

    /** Whether windows of two by two elements cover the image without overlap: every gradient is written once. */
    private static boolean isQuartered(PoolGeometry g) {
        return g.c() % COUNT == 0 && halves(g.vertical(), g.h()) && halves(g.horizontal(), g.w());
    }

    private static boolean halves(Window window, int length) {
        return window.equals(new Window(2, 2, 1, 0, 0)) && length % 2 == 0;
    }

    private static void quarterRow(
            PoolWindow window,
            float[] dy,
            int dyo,
            float[] x,
            int xo,
            float[] y,
            int yo,
            float[] dx,
            int dxo,
            int channels) {
        for (int q = 0; q < window.columns(); q++) {
            window.moveTo(q);
            int out = window.output();
            int a = window.tap(0);
            int c = window.tap(2);
            MaxLoops.quarter(x, xo + a, xo + c, y, yo + out, dy, dyo + out, dx, dxo + a, dxo + c, channels);
        }
    }

    private static float[] left(int length) {
        float[] left = LEFT.get();
        if (left.length < length) {
            left = new float[length];
            LEFT.set(left);
        }
        return left;
    }

    /** Copies gradients as {@link MaxLoops#give} takes them: the last channels end a vector, with 0 before them. */
    private static void inWholeVectors(float[] dy, int dyo, float[] left, int c) {
        int whole = SPECIES.loopBound(c);
        int first = whole + COUNT - (c - whole);
        System.arraycopy(dy, dyo, left, 0, whole);
        Arrays.fill(left, whole, first, 0);
        System.arraycopy(dy, dyo + whole, left, first, c - whole);
    }

    private static void giveToFirst(
            PoolWindow window,
            float[] dy,
            int dyo,
            float[] x,
            int xo,
            float[] y,
            int yo,
            float[] left,
            float[] dx,
            int dxo,
            int channels) {
        int last = window.taps() - 1;
        for (int t = 0; t <= last; t += 4) {
            int a = window.tap(t);
            int b = window.tap(Math.min(t + 1, last));
            int c = window.tap(Math.min(t + 2, last));
            int d = window.tap(Math.min(t + 3, last));
            MaxLoops.give(x, xo, dx, dxo, a, b, c, d, y, yo, t == 0 ? dy : left, t == 0 ? dyo : 0, left, channels);
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
        int taps = window.taps();
        int t = 0;
        if (taps >= 4) {
            int a = xo + window.tap(0);
            int b = xo + window.tap(1);
            AverageLoops.first(x, a, b, xo + window.tap(2), xo + window.tap(3), scale(window, 4), y, yo, c);
            t = 4;
        } else {
            Arrays.fill(y, yo, yo + c, 0);
        }
        for (; t <= taps - 4; t += 4) {
            int a = xo + window.tap(t);
            int b = xo + window.tap(t + 1);
            AverageLoops.add(x, a, b, xo + window.tap(t + 2), xo + window.tap(t + 3), scale(window, t + 4), y, yo, c);
        }
        for (; t < taps; t++) {
            AverageLoops.add(x, xo + window.tap(t), scale(window, t + 1), y, yo, c);
        }
    }

    private static float scale(PoolWindow window, int done) {
        return done == window.taps() ? window.share() : 1;
    }

    @Override
    public void averageGradient(PoolGeometry geometry, float[] dy, int dyo, float[] dx, int dxo, int from, int to) {
        int c = geometry.c();
        PoolWindow window = PoolWindow.over(geometry);
        Arrays.fill(dx, dxo + window.image(from), dxo + window.image(to), 0);
        for (int row = from * geometry.oh(); row < to * geometry.oh(); row++) {
            window.moveToRow(row);
            for (int q = 0; q < window.columns(); q++) {
                window.moveTo(q);
                for (int t = 0; t < window.taps(); t++) {
                    AverageLoops.give(dy, dyo + window.output(), window.share(), dx, dxo + window.tap(t), c);
                }
            }
        }
    }

    @Override
    public void maxIndices(PoolGeometry geometry, float[] x, int xo, float[] y, int yo, int from, int to) {
        plain.maxIndices(geometry, x, xo, y, yo, from, to); // rare
    }
}
