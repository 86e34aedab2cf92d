package dev.halfwave.kernel.simd;

import static dev.halfwave.kernel.simd.WinogradForm.FOUR;
import static dev.halfwave.kernel.simd.WinogradForm.TWO;

import dev.halfwave.kernel.Algorithm;
import dev.halfwave.kernel.BilinearKernel;
import dev.halfwave.kernel.ConvGeometry;
import dev.halfwave.tensor.Window;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * The algorithms that fit a convolution: depthwise, Winograd's, groups of pixels, pixels in lanes, rows interleaved, or direct
 * in tiles. No matrix of windows is ever built.
 *
 * <p>The one that is fast for such sizes as a rule comes first.
 *
 * @param exact whether all but plain sums are ruled out: Winograd's algorithm rounds more, and groups of pixels multiply
 *     by zero, which makes an infinity next to a window a NaN inside
 */
record ConvAlgorithms(boolean exact) {
    /** Two by two pixels become one. */
    private static final Window HALVES = new Window(2, 2, 1, 0, 0);

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
        if (InterleavedRows.fit(g, epilogue)) {
            Algorithm interleaved = new Algorithm("interleaved", () -> new InterleavedKernel(g, epilogue));
            return exact ? List.of(interleaved) : joined(List.of(interleaved), true, others);
        }
        List<Algorithm> planar = usesLanes(g) && !epilogue.isOnto() ? planar(g, epilogue, false) : List.of();
        return winograd(g, epilogue, false, joined(planar, false, others));
    }

    /**
     * Ways to compute the maxima of the output alone, over windows that halve rows and columns; none if that does not pay.
     *
     * @param vertical the windows' rows
     * @param horizontal their columns
     */
    List<Algorithm> forwardPooled(ConvGeometry g, Window vertical, Window horizontal, Epilogue epilogue) {
        if (InterleavedRows.fit(g, epilogue)
                && InterleavedKernel.pools(vertical)
                && InterleavedKernel.pools(horizontal)) {
            return List.of(
                    new Algorithm("interleaved", () -> new InterleavedKernel(g, epilogue, vertical, horizontal)));
        }
        if (!vertical.equals(HALVES) || !horizontal.equals(HALVES) || DepthwisePlan.fits(g)) {
            return List.of();
        }
        boolean winograd = mayUse(g)
                && WinogradKernel.best(WinogradGrid.forward(FOUR, g), WinogradGrid.forward(TWO, g))
                        .isPresent();
        List<Algorithm> planar = usesLanes(g) && g.c() == 1 ? planar(g, epilogue, true) : List.of();
        return winograd ? winograd(g, epilogue, true, planar) : planar;
    }

    private boolean usesLanes(ConvGeometry g) {
        return !exact && PlanarKernel.fits(g);
    }

    private static List<Algorithm> planar(ConvGeometry g, Epilogue epilogue, boolean maxima) {
        return List.of(new Algorithm("planar", () -> new PlanarKernel(g, epilogue, maxima)));
    }

    private List<Algorithm> winograd(ConvGeometry g, Epilogue epilogue, boolean maxima, List<Algorithm> others) {
        return mayUse(g)
                ? winograd(WinogradGrid.forward(FOUR, g), WinogradGrid.forward(TWO, g), false, epilogue, maxima, others)
                : others;
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
        WinogradGrid four = WinogradGrid.backwardData(FOUR, g);
        WinogradGrid two = WinogradGrid.backwardData(TWO, g);
        return mayUse(g) ? winograd(four, two, true, Epilogue.NONE, false, others) : others;
    }

    /** Ways to compute the gradient of the filters. */
    List<Algorithm> backwardFilters(ConvGeometry g) {
        if (DepthwisePlan.fits(g)) {
            return depthwise(() -> DepthwisePlan.backwardFilters(g));
        }
        List<Algorithm> others = grouped(PixelGroups.of(g), PixelGroupGradient::new, () -> FilterPlan.of(g));
        WinogradGrid grid = WinogradGrid.forward(FOUR, g);
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

    /** All variants of Winograd's algorithm and the others. */
    private static List<Algorithm> winograd(
            WinogradGrid four,
            WinogradGrid two,
            boolean turned,
            Epilogue epilogue,
            boolean maxima,
            List<Algorithm> others) {
        Optional<WinogradForm> best = WinogradKernel.best(four, two);
        List<Algorithm> large = variants(four, turned, epilogue, maxima, best.equals(Optional.of(FOUR)));
        List<Algorithm> small = WinogradPhases.floats(two) <= MOST_FLOATS || best.equals(Optional.of(TWO))
                ? List.of(new Algorithm(
                        "winograd-small", () -> new WinogradPhases(two, filters(two, turned), epilogue, maxima)))
                : List.of();
        List<Algorithm> all = best.equals(Optional.of(TWO)) ? joined(small, true, large) : joined(large, true, small);
        return joined(all, best.isPresent(), others);
    }

    /** Tiles of 4×4, first as they are faster. */
    private static List<Algorithm> variants(
            WinogradGrid grid, boolean turned, Epilogue epilogue, boolean maxima, boolean pays) {
        if (!pays && (long) FOUR.positions() * grid.c() * grid.k() > MOST_FLOATS) {
            return List.of();
        }
        WinogradFilters filters = filters(grid, turned);
        Algorithm blocks = new Algorithm("winograd-blocks", () -> new WinogradBlocks(grid, filters, epilogue, maxima));
        Algorithm phases = new Algorithm("winograd-phases", () -> new WinogradPhases(grid, filters, epilogue, maxima));
        boolean room = WinogradPhases.floats(grid) <= MOST_FLOATS;
        if (WinogradKernel.paysInBlocks(grid, filters)) {
            return room ? List.of(blocks, phases) : List.of(blocks);
        }
        return pays || room ? List.of(phases, blocks) : List.of(blocks);
    }

    private static WinogradFilters filters(WinogradGrid grid, boolean turned) {
        return turned
                ? new WinogradFilters(grid.form(), grid.k(), grid.c(), true)
                : new WinogradFilters(grid.form(), grid.c(), grid.k(), false);
    }

    private static List<Algorithm> joined(List<Algorithm> winograd, boolean pays, List<Algorithm> others) {
        List<Algorithm> first = pays ? winograd : others;
        List<Algorithm> last = pays ? others : winograd;
        return Stream.concat(first.stream(), last.stream()).toList();
    }
}
