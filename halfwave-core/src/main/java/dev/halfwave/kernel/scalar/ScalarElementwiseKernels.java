package dev.halfwave.kernel.scalar;

import dev.halfwave.kernel.CounterRandom;
import dev.halfwave.kernel.ElementwiseKernels;

/** Arithmetic over ranges in plain Java. */
public final class ScalarElementwiseKernels implements ElementwiseKernels {
    @Override
    public void add(float[] a, int ao, float[] b, int bo, float[] out, int oo, int n) {
        for (int i = 0; i < n; i++) {
            out[oo + i] = a[ao + i] + b[bo + i];
        }
    }

    @Override
    public void multiply(float[] a, int ao, float[] b, int bo, float[] out, int oo, int n) {
        for (int i = 0; i < n; i++) {
            out[oo + i] = a[ao + i] * b[bo + i];
        }
    }

    @Override
    public void affine(float[] a, int ao, float scale, float shift, float[] out, int oo, int n) {
        for (int i = 0; i < n; i++) {
            out[oo + i] = scale * a[ao + i] + shift;
        }
    }

    @Override
    public void mix(float[] a, int ao, float[] b, int bo, float weight, float[] out, int oo, int n) {
        float rest = 1 - weight;
        for (int i = 0; i < n; i++) {
            out[oo + i] = rest * a[ao + i] + weight * b[bo + i];
        }
    }

    @Override
    public void copyRows(float[] from, int fo, int fromStride, float[] to, int to0, int toStride, int rows, int width) {
        for (int row = 0; row < rows; row++) {
            System.arraycopy(from, fo + row * fromStride, to, to0 + row * toStride, width);
        }
    }

    @Override
    public boolean allFinite(float[] a, int ao, int n) {
        for (int i = 0; i < n; i++) {
            if (!Float.isFinite(a[ao + i])) {
                return false;
            }
        }
        return true;
    }

    @Override
    public void dropout(
            float[] a, int ao, float[] out, int oo, int n, int first, long key, int threshold, float scale) {
        for (int i = 0; i < n; i++) {
            boolean keep = Integer.compareUnsigned(CounterRandom.bits(key, first + i), threshold) >= 0;
            out[oo + i] = keep ? scale * a[ao + i] : 0;
        }
    }
}
