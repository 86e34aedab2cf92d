package dev.halfwave.kernel.simd;

import static org.assertj.core.api.Assertions.assertThat;

import dev.halfwave.activation.Relu;
import dev.halfwave.kernel.BilinearKernel;
import dev.halfwave.kernel.ConvGeometry;
import dev.halfwave.kernel.Providers;
import dev.halfwave.tensor.Window;
import java.util.Arrays;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;

@Tag("kernels")
@DisabledIfSystemProperty(
        named = "halfwave.kernels",
        matches = "scalar",
        disabledReason = "runs without the Vector API")
class PixelGroupsTest {
    private static final Window FIVE = new Window(5, 1, 1, 2, 2);

    private static ConvGeometry conv(int width, int c, int k, Window window) {
        return new ConvGeometry(2, 28, width, c, k, window, window, 1);
    }

    @Test
    void fewFiltersAreComputedForSeveralPixelsAtOnce() {
        ConvGeometry g = conv(28, 1, Lanes.PANEL / 4, FIVE);
        PixelGroups groups = PixelGroups.of(g).orElseThrow();
        assertThat(groups.pixels()).isEqualTo(4);
        assertThat(groups.wide().ow()).isEqualTo(7);
        assertThat(groups.wide().k()).isEqualTo(Lanes.PANEL);
        assertThat(groups.wide().s()).isEqualTo(8);
    }

    @Test
    void noGroupsWhereTheySaveNothing() {
        assertThat(PixelGroups.of(conv(28, 8, Lanes.PANEL, FIVE))).isEmpty();
        assertThat(PixelGroups.of(conv(28, 8, 4, Window.of(1, 1)))).isEmpty();
        assertThat(PixelGroups.of(conv(29, 8, 4, FIVE))).isEmpty(); // a prime number of columns
        assertThat(PixelGroups.of(conv(28, 8, 4, new Window(3, 1, 2, 2, 2)))).isEmpty();
    }

    @Test
    void exactKernelsKeepAnInfinityToTheWindowsThatSeeIt() {
        ConvGeometry g = new ConvGeometry(1, 1, 8, 1, 4, Window.of(1, 1), new Window(3, 1, 1, 1, 1), 1);
        BilinearKernel kernel = Providers.named("simd").exact().conv().forward(g, false, new Relu());
        assertThat(kernel.algorithm()).doesNotContain("at once");
        float[] x = new float[8 + Lanes.COUNT];
        x[5] = Float.POSITIVE_INFINITY;
        float[] filters = new float[12];
        Arrays.fill(filters, 1);
        float[] packed = new float[kernel.packedFloats()];
        for (int task = 0; task < kernel.packTasks(); task++) {
            kernel.pack(filters, 0, packed, 0, task);
        }
        float[] y = new float[32];
        float[] scratch = new float[kernel.scratchFloats()];
        for (int phase = 0; phase < kernel.phases(); phase++) {
            for (int task = 0; task < kernel.tasks(phase); task++) {
                kernel.run(phase, task, x, 0, packed, 0, new float[4], 0, y, 0, scratch, 0);
            }
        }
        for (int i = 0; i < y.length; i++) {
            boolean seen = Math.abs(i / 4 - 5) <= 1;
            assertThat(y[i]).as("element %d", i).isEqualTo(seen ? Float.POSITIVE_INFINITY : 0);
        }
    }
}
