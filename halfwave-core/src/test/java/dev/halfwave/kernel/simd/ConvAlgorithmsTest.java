package dev.halfwave.kernel.simd;

import static dev.halfwave.kernel.simd.WinogradForm.FOUR;
import static dev.halfwave.kernel.simd.WinogradForm.TWO;
import static org.assertj.core.api.Assertions.assertThat;

import dev.halfwave.activation.Relu;
import dev.halfwave.kernel.Algorithm;
import dev.halfwave.kernel.ConvGeometry;
import dev.halfwave.kernel.Kernels;
import dev.halfwave.kernel.Providers;
import dev.halfwave.tensor.Window;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;

/** Which algorithms there are for a convolution, and that the first one is the one that its sizes speak for. */
@Tag("kernels")
@DisabledIfSystemProperty(
        named = "halfwave.kernels",
        matches = "scalar",
        disabledReason = "runs without the Vector API")
class ConvAlgorithmsTest {
    private static final Window TWO_BY_TWO = Window.of(2, 2);
    private static final ConvAlgorithms ALL = new ConvAlgorithms(false);
    private static final ConvAlgorithms EXACT = new ConvAlgorithms(true);

    /** Sizes on both sides of every threshold of the rules. */
    private static List<ConvGeometry> grid() {
        List<ConvGeometry> grid = new ArrayList<>();
        for (int size : new int[] {3, 4, 14, 28, 56}) {
            for (int n : new int[] {1, 4, 16}) {
                for (int c : new int[] {1, 3, 16, 32, 64, 128, 512}) {
                    for (int k : new int[] {4, 6, 16, 32, 96, 256}) {
                        for (Window window : List.of(
                                new Window(3, 1, 1, 1, 1),
                                Window.of(1, 1),
                                new Window(3, 2, 1, 1, 1),
                                new Window(5, 1, 1, 2, 2))) {
                            grid.add(new ConvGeometry(n, size, size, c, k, window, window, 1));
                        }
                    }
                }
            }
        }
        return grid;
    }

    @Test
    void theFirstIsWhatTheSizesSpeakFor() {
        Set<String> seen = new HashSet<>();
        for (ConvGeometry g : grid()) {
            String forward = byRule(g, WinogradGrid.forward(FOUR, g), WinogradGrid.forward(TWO, g), false);
            String data = byRule(g, WinogradGrid.backwardData(FOUR, g), WinogradGrid.backwardData(TWO, g), true);
            String filters = WinogradGrid.fits(g) && WinogradGradient.pays(WinogradGrid.forward(FOUR, g))
                    ? "winograd"
                    : PixelGroups.of(g).isPresent() ? "pixel-groups" : "direct";
            assertThat(names(ALL.forward(g, Epilogue.NONE))).as("%s", g).startsWith(forward);
            assertThat(names(ALL.backwardData(g))).as("%s", g).startsWith(data);
            assertThat(names(ALL.backwardFilters(g))).as("%s", g).startsWith(filters);
            seen.addAll(List.of(forward, data, filters));
        }
        assertThat(seen)
                .contains("winograd-blocks", "winograd-phases", "winograd-small", "winograd", "pixel-groups", "direct");
    }

    private static String byRule(ConvGeometry g, WinogradGrid four, WinogradGrid two, boolean turned) {
        Optional<WinogradForm> form = WinogradGrid.fits(g) ? WinogradKernel.best(four, two) : Optional.empty();
        if (form.isPresent()) {
            boolean small = four.tiles() >= 192 && 36 * g.c() * g.k() < 1 << 20;
            return form.get() == TWO ? "winograd-small" : small ? "winograd-blocks" : "winograd-phases";
        }
        Optional<PixelGroups> groups = turned ? PixelGroups.ofGradient(g) : PixelGroups.of(g);
        return groups.isPresent() ? "pixel-groups" : "direct";
    }

    @Test
    void theProviderTakesTheFirst() {
        Kernels simd = Providers.named("simd");
        for (ConvGeometry g : grid()) {
            if (g.flops() > 20_000_000) {
                continue; // laying out the work of large ones takes long
            }
            assertThat(simd.conv().forward(g, false, new Relu()).algorithm())
                    .isEqualTo(ALL.forward(g, Epilogue.NONE).get(0).kernel().algorithm());
            assertThat(simd.conv().backwardData(g).algorithm())
                    .isEqualTo(ALL.backwardData(g).get(0).kernel().algorithm());
            assertThat(simd.conv().backwardFilters(g).algorithm())
                    .isEqualTo(ALL.backwardFilters(g).get(0).kernel().algorithm());
        }
    }

    @Test
    void noNameComesTwiceAndAllHaveDirectSums() {
        for (ConvGeometry g : grid()) {
            for (List<Algorithm> algorithms :
                    List.of(ALL.forward(g, Epilogue.NONE), ALL.backwardData(g), ALL.backwardFilters(g))) {
                assertThat(names(algorithms))
                        .as("%s", g)
                        .doesNotHaveDuplicates()
                        .contains("direct");
            }
        }
    }

    @Test
    void whatFitsComesWithAllOthers() {
        Window three = new Window(3, 1, 1, 1, 1);
        ConvGeometry g = new ConvGeometry(16, 28, 28, 32, 32, three, three, 1);
        assertThat(names(ALL.forward(g, Epilogue.NONE)))
                .containsExactly("winograd-blocks", "winograd-phases", "winograd-small", "direct");
        assertThat(names(ALL.backwardData(g)))
                .containsExactly("winograd-blocks", "winograd-phases", "winograd-small", "direct");
        assertThat(names(ALL.backwardFilters(g))).containsExactly("winograd", "direct");

        ConvGeometry few = new ConvGeometry(1, 8, 8, 32, 64, three, three, 1);
        assertThat(names(ALL.forward(few, Epilogue.NONE)))
                .containsExactly("direct", "winograd-phases", "winograd-blocks", "winograd-small");
        assertThat(names(ALL.backwardFilters(few))).containsExactly("direct", "winograd");
    }

    @Test
    void whatNeedsMuchMoreMemoryIsLeftOutUnlessItIsTheRule() {
        Window three = new Window(3, 1, 1, 1, 1);
        ConvGeometry large = new ConvGeometry(64, 112, 112, 64, 64, three, three, 1);
        assertThat(names(ALL.forward(large, Epilogue.NONE))).containsExactly("winograd-blocks", "direct");
        ConvGeometry wide = new ConvGeometry(64, 28, 28, 512, 512, three, three, 1);
        assertThat(names(ALL.forward(wide, Epilogue.NONE)))
                .containsExactly("winograd-phases", "winograd-blocks", "direct");
        assertThat(names(ALL.backwardFilters(wide))).containsExactly("winograd", "direct");
        ConvGeometry few = new ConvGeometry(2, 7, 7, 512, 1024, three, three, 1);
        assertThat(names(ALL.backwardFilters(few))).containsExactly("direct");
    }

    @Test
    void largeWindowsOverFewChannelsAreInterleaved() {
        ConvGeometry resNet =
                new ConvGeometry(1, 224, 224, 3, 64, new Window(7, 2, 1, 3, 3), new Window(7, 2, 1, 3, 3), 1);
        assertThat(names(ALL.forward(resNet, Epilogue.NONE))).containsExactly("interleaved", "direct");
        Window pool = new Window(3, 2, 1, 1, 1);
        assertThat(names(ALL.forwardPooled(resNet, pool, pool, Epilogue.NONE))).containsExactly("interleaved");
        assertThat(names(ALL.forwardPooled(resNet, Window.of(3, 1), pool, Epilogue.NONE)))
                .isEmpty();
    }

    @Test
    void lanesArePixelsWhereAPoolFollowsAFirstLayer() {
        Window five = new Window(5, 1, 1, 2, 2);
        ConvGeometry lenet = new ConvGeometry(4, 28, 28, 1, 6, five, five, 1);
        assertThat(names(ALL.forwardPooled(lenet, TWO_BY_TWO, TWO_BY_TWO, Epilogue.NONE)))
                .containsExactly("planar");
        assertThat(names(ALL.forward(lenet, Epilogue.NONE))).endsWith("planar");
        ConvGeometry colours = new ConvGeometry(4, 28, 28, 3, 6, five, five, 1);
        assertThat(names(ALL.forwardPooled(colours, TWO_BY_TWO, TWO_BY_TWO, Epilogue.NONE)))
                .isEmpty();
        assertThat(names(ALL.forward(colours, Epilogue.NONE))).contains("planar");
    }

    @Test
    void exactKernelsHaveNoChoice() {
        for (ConvGeometry g : grid()) {
            assertThat(names(EXACT.forward(g, Epilogue.NONE))).containsExactly("direct");
            assertThat(names(EXACT.backwardData(g))).containsExactly("direct");
            assertThat(names(EXACT.backwardFilters(g))).containsExactly("direct");
        }
    }

    @Test
    void neitherHaveDepthwiseOnes() {
        Window three = new Window(3, 1, 1, 1, 1);
        ConvGeometry g = new ConvGeometry(2, 14, 14, 64, 64, three, three, 64);
        assertThat(names(ALL.forward(g, Epilogue.NONE))).containsExactly("depthwise");
        assertThat(names(ALL.backwardData(g))).containsExactly("depthwise");
        assertThat(names(EXACT.backwardFilters(g))).containsExactly("depthwise");
    }

    private static List<String> names(List<Algorithm> algorithms) {
        return algorithms.stream().map(Algorithm::name).toList();
    }
}
