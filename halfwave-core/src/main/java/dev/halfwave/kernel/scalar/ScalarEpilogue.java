package dev.halfwave.kernel.scalar;

import dev.halfwave.activation.Activation;
import dev.halfwave.activation.Identity;
import dev.halfwave.kernel.PointwiseKernels;
import org.jspecify.annotations.Nullable;

/** What happens to a finished row of a product: the bias is added, the activation applied. */
final class ScalarEpilogue {
    private final boolean bias;
    private final PointwiseKernels.@Nullable Value value;

    ScalarEpilogue(PointwiseKernels pointwise, boolean bias, Activation activation) {
        this.bias = bias;
        value = activation instanceof Identity ? null : pointwise.value(activation);
    }

    /** Finishes one row of n channels. */
    void apply(float[] row, int ro, float[] biases, int biasO, int n) {
        if (bias) {
            ScalarKernel.add(biases, biasO, row, ro, n);
        }
        if (value != null) {
            value.apply(row, ro, row, ro, n);
        }
    }
}
