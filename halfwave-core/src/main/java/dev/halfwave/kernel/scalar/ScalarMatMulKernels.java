package dev.halfwave.kernel.scalar;

import dev.halfwave.activation.Activation;
import dev.halfwave.kernel.BilinearKernel;
import dev.halfwave.kernel.MatMulKernels;
import dev.halfwave.kernel.PointwiseKernels;

/** Matrix products in plain Java. */
public final class ScalarMatMulKernels implements MatMulKernels {
    private final PointwiseKernels pointwise;

    /** Products that end with the given provider's activations. */
    public ScalarMatMulKernels(PointwiseKernels pointwise) {
        this.pointwise = pointwise;
    }

    @Override
    public BilinearKernel product(
            int m, int n, int k, boolean transposeA, boolean transposeB, boolean bias, Activation activation) {
        return new ScalarProduct(m, n, k, transposeA, transposeB, new ScalarEpilogue(pointwise, bias, activation));
    }
}
