package dev.halfwave.kernel.scalar;

import dev.halfwave.activation.Activation;
import dev.halfwave.kernel.BilinearKernel;
import dev.halfwave.kernel.ConvGeometry;
import dev.halfwave.kernel.ConvKernels;
import dev.halfwave.kernel.PointwiseKernels;
import java.util.Optional;

/** Convolution in plain Java: sums over the window as written in the formula. */
public final class ScalarConvKernels implements ConvKernels {
    private final PointwiseKernels pointwise;

    /** Convolutions that end with the given provider's activations. */
    public ScalarConvKernels(PointwiseKernels pointwise) {
        this.pointwise = pointwise;
    }

    @Override
    public BilinearKernel forward(ConvGeometry geometry, boolean bias, Activation activation) {
        return new ScalarConvForward(geometry, new ScalarEpilogue(pointwise, bias, activation), false);
    }

    @Override
    public Optional<BilinearKernel> forwardOnto(ConvGeometry geometry, boolean bias, Activation activation) {
        return Optional.of(new ScalarConvForward(geometry, new ScalarEpilogue(pointwise, bias, activation), true));
    }

    @Override
    public BilinearKernel backwardData(ConvGeometry geometry) {
        return new ScalarConvBackwardData(geometry);
    }

    @Override
    public BilinearKernel backwardFilters(ConvGeometry geometry) {
        return new ScalarConvBackwardFilters(geometry);
    }
}
