package dev.halfwave.kernel.simd;

import static dev.halfwave.kernel.simd.Lanes.COUNT;
import static dev.halfwave.kernel.simd.Lanes.SPECIES;

import dev.halfwave.kernel.ElementwiseKernels;
import dev.halfwave.kernel.scalar.ScalarElementwiseKernels;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;

/** Arithmetic over ranges on vectors; the bits are those of plain Java. */
final class SimdElementwiseKernels implements ElementwiseKernels {
    /** How many elements are looked at between two decisions whether all were finite so far. */
    private static final int STRETCH = 4096;

    private final ElementwiseKernels plain = new ScalarElementwiseKernels();

    @Override
    public void add(float[] a, int ao, float[] b, int bo, float[] out, int oo, int n) {
        OperatorLoops.add(a, ao, b, bo, out, oo, n);
    }

    @Override
    public void multiply(float[] a, int ao, float[] b, int bo, float[] out, int oo, int n) {
        OperatorLoops.multiply(a, ao, b, bo, out, oo, n);
    }

    @Override
    public void affine(float[] a, int ao, float scale, float shift, float[] out, int oo, int n) {
        int end = SPECIES.loopBound(n);
        for (int i = 0; i < end; i += COUNT) {
            FloatVector.fromArray(SPECIES, a, ao + i).mul(scale).add(shift).intoArray(out, oo + i);
        }
        for (int i = end; i < n; i++) {
            out[oo + i] = scale * a[ao + i] + shift;
        }
    }

    @Override
    public void mix(float[] a, int ao, float[] b, int bo, float weight, float[] out, int oo, int n) {
        float rest = 1 - weight;
        int end = SPECIES.loopBound(n);
        for (int i = 0; i < end; i += COUNT) {
            FloatVector moved = FloatVector.fromArray(SPECIES, b, bo + i).mul(weight);
            FloatVector.fromArray(SPECIES, a, ao + i).mul(rest).add(moved).intoArray(out, oo + i);
        }
        for (int i = end; i < n; i++) {
            out[oo + i] = rest * a[ao + i] + weight * b[bo + i];
        }
    }

    /** Copies in plain Java: {@link System#arraycopy} takes 2.6 ns for 32 floats, a loop over two vectors 4.3 ns. */
    @Override
    public void copyRows(float[] from, int fo, int fromStride, float[] to, int to0, int toStride, int rows, int width) {
        plain.copyRows(from, fo, fromStride, to, to0, toStride, rows, width);
    }

    @Override
    public boolean allFinite(float[] a, int ao, int n) {
        for (int start = 0; start < n; start += STRETCH) {
            if (!stretchIsFinite(a, ao + start, Math.min(STRETCH, n - start))) {
                return false;
            }
        }
        return true;
    }

    /** Sums 0·a, which is 0 for finite numbers and not a number for all others. */
    private static boolean stretchIsFinite(float[] a, int ao, int n) {
        FloatVector even = FloatVector.zero(SPECIES);
        FloatVector odd = FloatVector.zero(SPECIES);
        int i = 0;
        for (; i <= n - 2 * COUNT; i += 2 * COUNT) {
            even = FloatVector.fromArray(SPECIES, a, ao + i).lanewise(VectorOperators.FMA, 0f, even);
            odd = FloatVector.fromArray(SPECIES, a, ao + i + COUNT).lanewise(VectorOperators.FMA, 0f, odd);
        }
        float sum = even.add(odd).reduceLanes(VectorOperators.ADD);
        for (; i < n; i++) {
            sum += 0 * a[ao + i];
        }
        return sum == 0;
    }

    @Override
    public void dropout(
            float[] a, int ao, float[] out, int oo, int n, int first, long key, int threshold, float scale) {
        DropoutLoop.run(a, ao, out, oo, n, first, key, threshold, scale);
    }
}
