package dev.halfwave.kernel.scalar;

import dev.halfwave.kernel.AxisKernels;
import dev.halfwave.tensor.Indices;
import dev.halfwave.tensor.Taps;
import java.util.Arrays;

/** Work along an axis in plain Java: loops over runs of the inner axes, which the JIT compiler turns into vectors. */
public final class ScalarAxisKernels implements AxisKernels {
    private static final int FEW = 8;

    @Override
    public void take(Indices indices, int size, int inner, float[] x, int xo, float[] y, int yo, int from, int to) {
        int outputs = indices.size();
        int row = from;
        while (row < to) {
            int outer = row / outputs;
            int i = row - outer * outputs;
            int run = indices.run(i, Math.min(outputs - i, to - row));
            copy(x, xo + (outer * size + indices.get(i)) * inner, y, yo + row * inner, run * inner);
            row += run;
        }
    }

    /** Calling for a copy takes longer than copying a few floats one by one. */
    private static void copy(float[] x, int xo, float[] y, int yo, int n) {
        if (n > FEW) {
            System.arraycopy(x, xo, y, yo, n);
            return;
        }
        for (int j = 0; j < n; j++) {
            y[yo + j] = x[xo + j];
        }
    }

    @Override
    public void resample(Taps taps, int inner, float[] x, int xo, float[] y, int yo, int from, int to) {
        int outputs = taps.outputs();
        for (int row = from; row < to; row++) {
            int outer = row / outputs;
            int i = row - outer * outputs;
            int start = xo + outer * taps.inputs() * inner;
            if (inner == 1) {
                y[yo + row] = sum(taps, i, x, start);
            } else {
                sumRow(taps, i, inner, x, start, y, yo + row * inner);
            }
        }
    }

    private static float sum(Taps taps, int output, float[] x, int xo) {
        float sum = 0;
        int end = taps.start(output + 1);
        for (int tap = taps.start(output); tap < end; tap++) {
            sum += (float) taps.weight(tap) * x[xo + taps.index(tap)];
        }
        return sum;
    }

    private static void sumRow(Taps taps, int output, int inner, float[] x, int xo, float[] y, int yo) {
        int first = taps.start(output);
        int end = taps.start(output + 1);
        if (first == end) {
            Arrays.fill(y, yo, yo + inner, 0f);
            return;
        }
        scale((float) taps.weight(first), x, xo + taps.index(first) * inner, y, yo, inner);
        for (int tap = first + 1; tap < end; tap++) {
            addScaled((float) taps.weight(tap), x, xo + taps.index(tap) * inner, y, yo, inner);
        }
    }

    private static void scale(float weight, float[] x, int xo, float[] y, int yo, int n) {
        for (int j = 0; j < n; j++) {
            y[yo + j] = weight * x[xo + j];
        }
    }

    private static void addScaled(float weight, float[] x, int xo, float[] y, int yo, int n) {
        for (int j = 0; j < n; j++) {
            y[yo + j] += weight * x[xo + j];
        }
    }
}
