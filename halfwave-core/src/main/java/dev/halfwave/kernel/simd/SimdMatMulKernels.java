package dev.halfwave.kernel.simd;

import dev.halfwave.activation.Activation;
import dev.halfwave.kernel.BilinearKernel;
import dev.halfwave.kernel.MatMulKernels;
import dev.halfwave.kernel.PointwiseKernels;
import java.util.List;

/**
 * Matrix products in tiles: m rows, packed panels of n, spans of k.
 *
 */
public final class SimdMatMulKernels implements MatMulKernels {

    private final PointwiseKernels pointwise;

    /** Products that end with the given provider's activations. */
    public SimdMatMulKernels(PointwiseKernels pointwise) {
        this.pointwise = pointwise;
    }

    @Override
    public BilinearKernel product(
            int m, int n, int k, boolean transposeA, boolean transposeB, boolean bias, Activation activation) {
        Packing packing = new Packing(new int[] {0}, k, transposeB ? 1 : n, transposeB ? k : 1, n, 0, 1);
        Sweep sweep = new Sweep(
                transposeA ? Sweep.Order.NEIGHBOURING_ROWS : Sweep.Order.NEIGHBOURING_TERMS,
                new int[] {0},
                new int[] {0},
                m,
                transposeA ? 1 : k,
                n,
                terms(Math.min(k, Sweep.SPAN_TERMS), transposeA ? m : 1),
                spans(k, transposeA ? m : 1),
                0,
                packing.panelFloats());
        Product product = new Product(
                List.of(sweep), List.of(packing), n, 1, 0, Product.Order.STRIPS, (long) m * k, (long) k * n);
        return new TiledKernel(product, Epilogue.of(pointwise, bias, activation));
    }

    /** A table long enough for one span: all spans use it, each from its own place. */
    private static int[] terms(int count, int step) {
        int[] terms = new int[2 * count];
        for (int i = 0; i < count; i++) {
            terms[2 * i] = i * step;
            terms[2 * i + 1] = i * Lanes.PANEL;
        }
        return terms;
    }

    private static int[] spans(int k, int step) {
        int[] spans = Sweep.cut(0, k);
        for (int i = 0; i < spans.length; i += 4) {
            int from = spans[i];
            spans[i] = 0;
            spans[i + 1] -= from;
            spans[i + 2] = from * step;
            spans[i + 3] = from * Lanes.PANEL;
        }
        return spans;
    }
}
