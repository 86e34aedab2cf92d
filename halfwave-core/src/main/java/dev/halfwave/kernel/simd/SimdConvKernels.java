package dev.halfwave.kernel.simd;

import dev.halfwave.activation.Activation;
import dev.halfwave.kernel.Algorithm;
import dev.halfwave.kernel.AlgorithmChoice;
import dev.halfwave.kernel.BilinearKernel;
import dev.halfwave.kernel.ConvGeometry;
import dev.halfwave.kernel.ConvKernels;
import dev.halfwave.kernel.ConvPass;
import dev.halfwave.kernel.PointwiseKernels;
import dev.halfwave.kernel.StatisticsKernel;
import dev.halfwave.tensor.Window;
import java.util.List;
import java.util.Optional;

/** Convolutions by the one of {@link ConvAlgorithms} that is chosen for each. */
final class SimdConvKernels implements ConvKernels {
    private final PointwiseKernels pointwise;
    private final ConvAlgorithms algorithms;
    private final AlgorithmChoice choice;

    /** @param pointwise what convolutions end with */
    SimdConvKernels(PointwiseKernels pointwise) {
        this(pointwise, new ConvAlgorithms(false), AlgorithmChoice.bySizes());
    }

    private SimdConvKernels(PointwiseKernels pointwise, ConvAlgorithms algorithms, AlgorithmChoice choice) {
        this.pointwise = pointwise;
        this.algorithms = algorithms;
        this.choice = choice;
    }

    /** The same by plain sums only. */
    SimdConvKernels exact() {
        return new SimdConvKernels(pointwise, new ConvAlgorithms(true), choice);
    }

    /** The same with somebody else's choice. */
    SimdConvKernels tuned(AlgorithmChoice other) {
        return new SimdConvKernels(pointwise, algorithms, other);
    }

    @Override
    public BilinearKernel forward(ConvGeometry geometry, boolean bias, Activation activation) {
        ConvPass pass = new ConvPass(ConvPass.Direction.FORWARD, geometry);
        return choice.of(pass, algorithms.forward(geometry, Epilogue.of(pointwise, bias, activation)));
    }

    /** Depthwise convolutions compute some channels twice, so they cannot add to the result. */
    @Override
    public Optional<BilinearKernel> forwardOnto(ConvGeometry geometry, boolean bias, Activation activation) {
        if (DepthwisePlan.fits(geometry)) {
            return Optional.empty();
        }
        ConvPass pass = new ConvPass(ConvPass.Direction.FORWARD_ONTO, geometry);
        Epilogue onto = Epilogue.of(pointwise, bias, activation).onto();
        return Optional.of(choice.of(pass, algorithms.forward(geometry, onto)));
    }

    @Override
    public Optional<StatisticsKernel> forwardWithStatistics(
            ConvGeometry geometry, boolean bias, Activation activation) {
        return forward(geometry, bias, activation) instanceof StatisticsTaker taker
                ? taker.takingStatistics(1)
                : Optional.empty();
    }

    @Override
    public Optional<BilinearKernel> forwardPooled(
            ConvGeometry geometry, Window vertical, Window horizontal, boolean bias, Activation activation) {
        Epilogue epilogue = Epilogue.of(pointwise, bias, activation);
        List<Algorithm> pooled = algorithms.forwardPooled(geometry, vertical, horizontal, epilogue);
        ConvPass pass = new ConvPass(ConvPass.Direction.FORWARD_POOLED, geometry);
        return pooled.isEmpty() ? Optional.empty() : Optional.of(choice.of(pass, pooled));
    }

    @Override
    public BilinearKernel backwardData(ConvGeometry geometry) {
        ConvPass pass = new ConvPass(ConvPass.Direction.BACKWARD_DATA, geometry);
        return choice.of(pass, algorithms.backwardData(geometry));
    }

    @Override
    public BilinearKernel backwardFilters(ConvGeometry geometry) {
        ConvPass pass = new ConvPass(ConvPass.Direction.BACKWARD_FILTERS, geometry);
        return choice.of(pass, algorithms.backwardFilters(geometry));
    }
}
