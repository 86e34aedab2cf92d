package dev.halfwave.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.halfwave.activation.Identity;
import dev.halfwave.tensor.Window;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Convolutions that take statistics, against statistics of their results in double precision. */
@Tag("kernels")
@DisabledIfSystemProperty(
        named = Providers.PROPERTY,
        matches = "scalar",
        disabledReason = "plain Java takes statistics in a pass of their own")
class StatisticsKernelTest {
    /** Of a variance, and of the deviation that means may be off by. */
    private static final double TOLERANCE = 1e-6;

    /** How far a float may be off, in its own size. */
    private static final double ROUNDING = 0x1p-24;

    static Stream<ConvGeometry> geometries() {
        List<ConvGeometry> all = new ArrayList<>(ConvKernelsTest.geometries());
        WinogradTest.geometries().forEach(all::add);
        Window one = Window.of(1, 1);
        Window three = new Window(3, 1, 1, 1, 1);
        all.add(square(3, 7, 64, 1024, one)); // tasks that have the same rows and other filters
        all.add(square(20, 16, 64, 64, one));
        all.add(square(9, 21, 3, 16, new Window(3, 1, 1, 1, 1)));
        all.add(square(12, 15, 48, 96, new Window(3, 2, 1, 1, 1)));
        all.add(square(6, 28, 1, 4, three)); // pixels in groups, on a padded copy
        return all.stream().filter(g -> kernel(g).isPresent());
    }

    private static ConvGeometry square(int n, int size, int c, int k, Window window) {
        return new ConvGeometry(n, size, size, c, k, window, window, 1);
    }

    private static Optional<StatisticsKernel> kernel(ConvGeometry g) {
        return Providers.named("simd").conv().forwardWithStatistics(g, true, new Identity());
    }

    @Test
    void theseGeometriesTryEveryVariant() {
        assertThat(geometries())
                .as("so few that most must do without")
                .hasSizeGreaterThan(100)
                .extracting(g -> kernel(g).orElseThrow().algorithm().replaceAll("\\d+", "N"))
                .contains(
                        "tiles",
                        "tiles on a padded copy",
                        "tiles, N pixels at once",
                        "tiles on a padded copy, N pixels at once",
                        "winograd in blocks",
                        "winograd in phases",
                        "winograd of N×N in phases");
    }

    /** Deviations of about 1 around means of up to 1000, in each channel another. */
    @ParameterizedTest
    @MethodSource("geometries")
    void statisticsAreThoseOfTheResult(ConvGeometry g) {
        Random random = new Random(g.hashCode());
        float scale = (float) (1 / Math.sqrt(g.r() * g.s() * g.groupC()));
        float[] x = floats(random, ConvReference.inputs(g), 1, 0);
        float[] w = floats(random, ConvReference.filters(g), scale, 0);
        float[] bias = floats(random, g.k(), 400, 0);
        check(g, x, w, bias);
    }

    /** Where a window of ones sees the border, sums differ by hundreds from those inside, whose deviation is about 1. */
    @ParameterizedTest
    @MethodSource("geometries")
    void bordersFarFromTheRestAreNoOrigin(ConvGeometry g) {
        Random random = new Random(g.hashCode());
        float[] x = floats(random, ConvReference.inputs(g), 1, 100);
        float[] w = new float[ConvReference.filters(g)];
        Arrays.fill(w, (float) (1 / Math.sqrt(g.r() * g.s() * g.groupC())));
        check(g, x, w, floats(random, g.k(), 1, 1000));
    }

    private static void check(ConvGeometry g, float[] x, float[] w, float[] bias) {
        KernelCall call = new KernelCall(g.toString(), kernel(g).orElseThrow(), x, w, bias, ConvReference.outputs(g));
        float[] z = call.run(KernelCall.Order.FORWARD);
        float[] statistics = call.statistics(g.k());
        BilinearKernel plain = Providers.named("simd").conv().forward(g, true, new Identity());
        assertThat(Arrays.mismatch(z, new KernelCall("z", plain, x, w, bias, z.length).run(KernelCall.Order.FORWARD)))
                .as("the first element that differs from the plain convolution's")
                .isEqualTo(-1);
        for (int k = 0; k < g.k(); k++) {
            check(z, k, g.k(), statistics[k], statistics[g.k() + k]);
        }
        for (KernelCall.Order order : List.of(KernelCall.Order.REVERSED, KernelCall.Order.THREADS)) {
            call.run(order);
            assertThat(call.statistics(g.k())).as("tasks run %s", order).containsExactly(statistics);
        }
    }

    /** Means of parts are floats, so what lies between two of them is known no better. */
    private static void check(float[] z, int k, int channels, float mean, float variance) {
        int rows = z.length / channels;
        double m = 0;
        for (int i = k; i < z.length; i += channels) {
            m += (double) z[i] / rows;
        }
        double v = 0;
        for (int i = k; i < z.length; i += channels) {
            v += (z[i] - m) * (z[i] - m) / rows;
        }
        double rounded = ROUNDING * Math.abs(m);
        assertThat(Math.abs(mean - m))
                .as("mean of channel %d, %s", k, m)
                .isLessThanOrEqualTo(2 * rounded + TOLERANCE * Math.sqrt(v));
        assertThat(Math.abs(variance - v))
                .as("variance of channel %d, %s", k, v)
                .isLessThanOrEqualTo(TOLERANCE * v + 4 * rounded * Math.sqrt(v) + rounded * rounded);
    }

    private static float[] floats(Random random, int length, float deviation, float mean) {
        float[] values = new float[length];
        for (int i = 0; i < length; i++) {
            values[i] = mean + deviation * (float) random.nextGaussian();
        }
        return values;
    }

    @Test
    void largeLayersGiveSixteenThreadsWork() {
        ConvGeometry g = square(8, 28, 64, 64, new Window(3, 1, 1, 1, 1));
        StatisticsKernel kernel = kernel(g).orElseThrow();
        assertThat(kernel.tasks(kernel.phases() - 1)).isGreaterThanOrEqualTo(16);
    }

    @Test
    void mostConvolutionsTakeThem() {
        List<String> without = ConvKernelsTest.geometries().stream()
                .filter(g -> kernel(g).isEmpty())
                .map(g -> Providers.named("simd")
                        .conv()
                        .forward(g, true, new Identity())
                        .algorithm())
                .distinct()
                .collect(Collectors.toList());
        assertThat(without).isNotEmpty().isSubsetOf("depthwise", "pixels in lanes", "tiles on interleaved rows");
    }
}
