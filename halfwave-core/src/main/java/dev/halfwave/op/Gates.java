package dev.halfwave.op;

import dev.halfwave.activation.Sigmoid;
import dev.halfwave.activation.Tanh;
import dev.halfwave.kernel.ElementwiseKernels;
import dev.halfwave.kernel.Kernels;
import dev.halfwave.kernel.PointwiseKernels;

/** The loops that cells with gates are made of: both functions, their slopes, sums and products. */
record Gates(
        PointwiseKernels.Value sigmoid,
        PointwiseKernels.Value tanh,
        PointwiseKernels.Gradient sigmoidSlope,
        PointwiseKernels.Gradient tanhSlope,
        ElementwiseKernels elementwise) {
    static Gates of(Kernels kernels) {
        PointwiseKernels pointwise = kernels.pointwise();
        return new Gates(
                pointwise.value(new Sigmoid()),
                pointwise.value(new Tanh()),
                pointwise.gradient(new Sigmoid()),
                pointwise.gradient(new Tanh()),
                kernels.elementwise());
    }
}
