package dev.halfwave.kernel.simd;

import static dev.halfwave.kernel.simd.WinogradGrid.POSITIONS;

import dev.halfwave.kernel.Algorithm;
import dev.halfwave.kernel.BilinearKernel;
import dev.halfwave.kernel.ConvGeometry;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * The algorithms that fit a convolution: depthwise, Winograd's, groups of pixels, pixels in lanes, or direct in
 * tiles. No matrix of windows is ever built.
 *
 * <p>The one that is fast for such sizes as a rule comes first.
 *
 * @param exact whether all but plain sums are ruled out: Winograd's algorithm rounds more, and groups of pixels multiply
 *     by zero, which makes an infinity next to a window a NaN inside
 */
record ConvAlgorithms(boolean exact) {
    /** What an algorithm that is not the rule's may take for scratch or transformed filters: 64 MiB. */
    private static final long MOST_FLOATS = 1 << 24;

    /** Ways to compute the output; each ends with the epilogue. */
    List<Algorithm> forward(ConvGeometry g, Epilogue epilogue) {
        if (DepthwisePlan.fits(g)) {
            return depthwise(() -> DepthwisePlan.forward(g, epilogue));
        }
        List<Algorithm> others = grouped(
                PixelGroups.of(g),
                groups -> new PixelGroupKernel(groups, false, epilogue),
                () -> ConvPlan.forward(g, epilogue));
        List<Algorithm> planar = usesLanes(g) && !epilogue.isOnto() ? planar(g, epilogue, false) : List.of();
        return winograd(g, epilogue, false, joined(planar, true, others));
    }

    /** Ways to compute the largest of every two by two pixels of the output alone; none if that does not pay. */
    List<Algorithm> forwardPooled(ConvGeometry g, Epilogue epilogue) {
        if (DepthwisePlan.fits(g)) {
            return List.of();
        }
        boolean winograd = mayUse(g) && WinogradKernel.pays(WinogradGrid.forward(g));
        List<Algorithm> planar = usesLanes(g) ? planar(g, epilogue, true) : List.of();
        return winograd ? winograd(g, epilogue, true, planar) : planar;
    }

    private boolean usesLanes(ConvGeometry g) {
        return !exact && PlanarKernel.pays(g);
    }

    private static List<Algorithm> planar(ConvGeometry g, Epilogue epilogue, boolean maxima) {
        return List.of(new Algorithm("planar", () -> new PlanarKernel(g, epilogue, maxima)));
    }

    private List<Algorithm> winograd(ConvGeometry g, Epilogue epilogue, boolean maxima, List<Algorithm> others) {
        WinogradFilters filters = new WinogradFilters(g.c(), g.k(), false);
        return mayUse(g) ? winograd(WinogradGrid.forward(g), filters, epilogue, maxima, others) : others;
    }

    /** Ways to compute the gradient of the input. */
    List<Algorithm> backwardData(ConvGeometry g) {
        if (DepthwisePlan.fits(g)) {
            return depthwise(() -> DepthwisePlan.backwardData(g));
        }
        List<Algorithm> others = grouped(
                PixelGroups.ofGradient(g),
                groups -> new PixelGroupKernel(groups, true, Epilogue.NONE),
                () -> ConvPlan.backwardData(g));
        WinogradFilters turned = new WinogradFilters(g.c(), g.k(), true);
        return mayUse(g) ? winograd(WinogradGrid.backwardData(g), turned, Epilogue.NONE, false, others) : others;
    }

    /** Ways to compute the gradient of the filters. */
    List<Algorithm> backwardFilters(ConvGeometry g) {
        if (DepthwisePlan.fits(g)) {
            return depthwise(() -> DepthwisePlan.backwardFilters(g));
        }
        List<Algorithm> others = grouped(PixelGroups.of(g), PixelGroupGradient::new, () -> FilterPlan.of(g));
        WinogradGrid grid = WinogradGrid.forward(g);
        boolean pays = WinogradGradient.pays(grid);
        if (!mayUse(g) || !pays && WinogradGradient.floats(grid) > MOST_FLOATS) {
            return others;
        }
        return joined(List.of(new Algorithm("winograd", () -> new WinogradGradient(grid))), pays, others);
    }

    private boolean mayUse(ConvGeometry geometry) {
        return !exact && WinogradGrid.fits(geometry);
    }

    private static List<Algorithm> depthwise(Supplier<BilinearKernel> maker) {
        return List.of(new Algorithm("depthwise", maker));
    }

    /** Direct sums, after those for groups of pixels where there are any: these are there only if they save work. */
    private List<Algorithm> grouped(
            Optional<PixelGroups> groups, Function<PixelGroups, BilinearKernel> wide, Supplier<BilinearKernel> narrow) {
        Algorithm direct = new Algorithm("direct", narrow);
        return groups.filter(any -> !exact)
                .map(any -> List.of(new Algorithm("pixel-groups", () -> wide.apply(any)), direct))
                .orElse(List.of(direct));
    }

    /** Both variants of Winograd's algorithm and the others. */
    private static List<Algorithm> winograd(
            WinogradGrid grid, WinogradFilters filters, Epilogue epilogue, boolean maxima, List<Algorithm> others) {
        boolean pays = WinogradKernel.pays(grid);
        if (!pays && (long) POSITIONS * grid.c() * grid.k() > MOST_FLOATS) {
            return others;
        }
        Algorithm blocks = new Algorithm("winograd-blocks", () -> new WinogradBlocks(grid, filters, epilogue, maxima));
        Algorithm phases = new Algorithm("winograd-phases", () -> new WinogradPhases(grid, filters, epilogue, maxima));
        boolean room = WinogradPhases.floats(grid) <= MOST_FLOATS;
        List<Algorithm> variants;
        if (WinogradKernel.paysInBlocks(grid, filters)) {
            variants = room ? List.of(blocks, phases) : List.of(blocks);
        } else {
            variants = pays || room ? List.of(phases, blocks) : List.of(blocks);
        }
        return joined(variants, pays, others);
    }

    private static List<Algorithm> joined(List<Algorithm> winograd, boolean pays, List<Algorithm> others) {
        List<Algorithm> first = pays ? winograd : others;
        List<Algorithm> last = pays ? others : winograd;
        return Stream.concat(first.stream(), last.stream()).toList();
    }
}
