package dev.halfwave.kernel.simd;

import dev.halfwave.activation.Activation;
import dev.halfwave.kernel.BilinearKernel;
import dev.halfwave.kernel.ConvGeometry;
import dev.halfwave.kernel.ConvKernels;
import dev.halfwave.kernel.PointwiseKernels;
import java.util.Optional;

/** Direct convolution in tiles: no matrix of windows is ever built. */
public final class SimdConvKernels implements ConvKernels {
    private final PointwiseKernels pointwise;

    /** Convolutions that end with the given provider's activations. */
    public SimdConvKernels(PointwiseKernels pointwise) {
        this.pointwise = pointwise;
    }

    @Override
    public BilinearKernel forward(ConvGeometry geometry, boolean bias, Activation activation) {
        Epilogue epilogue = Epilogue.of(pointwise, bias, activation);
        return DepthwisePlan.fits(geometry)
                ? DepthwisePlan.forward(geometry, epilogue)
                : ConvPlan.forward(geometry, epilogue);
    }

    /** Tiles add to the result as easily as they start afresh; depthwise convolutions compute some channels twice, so they cannot. */
    @Override
    public Optional<BilinearKernel> forwardOnto(ConvGeometry geometry, boolean bias, Activation activation) {
        Epilogue epilogue = Epilogue.of(pointwise, bias, activation).onto();
        return DepthwisePlan.fits(geometry) ? Optional.empty() : Optional.of(ConvPlan.forward(geometry, epilogue));
    }

    @Override
    public BilinearKernel backwardData(ConvGeometry geometry) {
        return DepthwisePlan.fits(geometry) ? DepthwisePlan.backwardData(geometry) : ConvPlan.backwardData(geometry);
    }

    @Override
    public BilinearKernel backwardFilters(ConvGeometry geometry) {
        return DepthwisePlan.fits(geometry) ? DepthwisePlan.backwardFilters(geometry) : FilterPlan.of(geometry);
    }
}
