package dev.halfwave.kernel.simd;

import dev.halfwave.activation.Activation;
import dev.halfwave.activation.Identity;
import dev.halfwave.kernel.BilinearKernel;
import dev.halfwave.kernel.ConvGeometry;
import dev.halfwave.kernel.ConvKernels;
import dev.halfwave.kernel.PointwiseKernels;
import dev.halfwave.kernel.StatisticsKernel;
import java.util.Optional;

/**
 * Chooses an algorithm for every convolution: depthwise, Winograd's, or direct in tiles. No matrix of windows is ever
 * built.
 */
final class SimdConvKernels implements ConvKernels {
    private final PointwiseKernels pointwise;
    private final boolean exact;

    /**
     * @param pointwise what convolutions end with
     * @param exact whether Winograd's algorithm is ruled out
     */
    SimdConvKernels(PointwiseKernels pointwise, boolean exact) {
        this.pointwise = pointwise;
        this.exact = exact;
    }

    @Override
    public BilinearKernel forward(ConvGeometry geometry, boolean bias, Activation activation) {
        Epilogue epilogue = Epilogue.of(pointwise, bias, activation);
        return DepthwisePlan.fits(geometry) ? DepthwisePlan.forward(geometry, epilogue) : forward(geometry, epilogue);
    }

    /** Depthwise convolutions compute some channels twice, so they cannot add to the result. */
    @Override
    public Optional<BilinearKernel> forwardOnto(ConvGeometry geometry, boolean bias, Activation activation) {
        return DepthwisePlan.fits(geometry)
                ? Optional.empty()
                : Optional.of(forward(
                        geometry, Epilogue.of(pointwise, bias, activation).onto()));
    }

    @Override
    public Optional<StatisticsKernel> forwardWithStatistics(ConvGeometry geometry, boolean bias) {
        return forward(geometry, bias, new Identity()) instanceof StatisticsTaker taker
                ? taker.takingStatistics(1)
                : Optional.empty();
    }

    private BilinearKernel forward(ConvGeometry geometry, Epilogue epilogue) {
        WinogradGrid grid = WinogradGrid.forward(geometry);
        if (mayUse(geometry) && WinogradKernel.pays(grid)) {
            return WinogradKernel.of(grid, new WinogradFilters(geometry.c(), geometry.k(), false), epilogue);
        }
        Optional<BilinearKernel> grouped =
                groups(PixelGroups.of(geometry)).map(groups -> new PixelGroupKernel(groups, false, epilogue));
        return grouped.orElseGet(() -> ConvPlan.forward(geometry, epilogue));
    }

    @Override
    public BilinearKernel backwardData(ConvGeometry geometry) {
        if (DepthwisePlan.fits(geometry)) {
            return DepthwisePlan.backwardData(geometry);
        }
        WinogradGrid grid = WinogradGrid.backwardData(geometry);
        if (mayUse(geometry) && WinogradKernel.pays(grid)) {
            return WinogradKernel.of(grid, new WinogradFilters(geometry.c(), geometry.k(), true), Epilogue.NONE);
        }
        Optional<BilinearKernel> grouped = groups(PixelGroups.ofGradient(geometry))
                .map(groups -> new PixelGroupKernel(groups, true, Epilogue.NONE));
        return grouped.orElseGet(() -> ConvPlan.backwardData(geometry));
    }

    @Override
    public BilinearKernel backwardFilters(ConvGeometry geometry) {
        if (DepthwisePlan.fits(geometry)) {
            return DepthwisePlan.backwardFilters(geometry);
        }
        WinogradGrid grid = WinogradGrid.forward(geometry);
        if (mayUse(geometry) && WinogradGradient.pays(grid)) {
            return new WinogradGradient(grid);
        }
        Optional<BilinearKernel> grouped = groups(PixelGroups.of(geometry)).map(PixelGroupGradient::new);
        return grouped.orElseGet(() -> FilterPlan.of(geometry));
    }

    /** Groups of pixels multiply by zero, which makes an infinity next to a window a NaN inside: not exact. */
    private Optional<PixelGroups> groups(Optional<PixelGroups> groups) {
        return exact ? Optional.empty() : groups;
    }

    private boolean mayUse(ConvGeometry geometry) {
        return !exact && WinogradGrid.fits(geometry);
    }
}
