package dev.halfwave.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.halfwave.activation.Relu;
import dev.halfwave.activation.Tanh;
import dev.halfwave.tensor.Window;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Convolutions that the vector kernels compute by Winograd's algorithm, against sums in double and against direct ones.
 */
@Tag("kernels")
@DisabledIfSystemProperty(named = Providers.PROPERTY, matches = "scalar", disabledReason = "plain Java has no Winograd")
class WinogradTest {
    /** Of the largest sum of absolute products. */
    private static final double TOLERANCE = 2e-6;

    private static final Random RANDOM = new Random(1);

    static Stream<ConvGeometry> geometries() {
        return Stream.of(
                square(1, 16, 32, 32, 1, 1),
                square(3, 13, 32, 48, 1, 1),
                square(2, 17, 64, 32, 0, 0),
                square(1, 21, 48, 96, 2, 2),
                square(2, 15, 32, 32, 2, 0),
                square(3, 14, 256, 160, 1, 1),
                square(1, 14, 256, 160, 1, 1), // few tiles and large filters: F(2×2, 3×3)
                square(1, 11, 160, 256, 1, 0),
                square(16, 28, 32, 32, 1, 1),
                square(50, 15, 32, 48, 1, 1),
                new ConvGeometry(2, 9, 40, 32, 64, new Window(3, 1, 1, 0, 1), new Window(3, 1, 1, 1, 2), 1),
                new ConvGeometry(900, 4, 4, 32, 32, new Window(3, 1, 1, 1, 1), new Window(3, 1, 1, 1, 1), 1));
    }

    private static ConvGeometry square(int n, int size, int c, int k, int before, int after) {
        Window window = new Window(3, 1, 1, before, after);
        return new ConvGeometry(n, size, size, c, k, window, window, 1);
    }

    private static float[] floats(int length) {
        float[] values = new float[length];
        for (int i = 0; i < length; i++) {
            values[i] = (float) RANDOM.nextGaussian();
        }
        return values;
    }

    @ParameterizedTest
    @MethodSource("geometries")
    void agreesWithPlainSums(ConvGeometry g, TestReporter reporter) {
        Kernels simd = Providers.named("simd");
        float[] x = floats(ConvReference.inputs(g));
        float[] w = floats(ConvReference.filters(g));
        float[] dy = floats(ConvReference.outputs(g));
        float[] bias = floats(g.k());
        float[] none = new float[0];
        ConvReference y = ConvReference.forward(g, x, w, bias);
        double[] rectified = y.values.clone();
        for (int i = 0; i < rectified.length; i++) {
            rectified[i] = Math.max(0, rectified[i]);
        }
        KernelCall forward =
                new KernelCall("forward", simd.conv().forward(g, true, new Relu()), x, w, bias, rectified.length);
        forward.check(rectified, TOLERANCE * y.scale());
        KernelCall direct =
                new KernelCall("exact", simd.exact().conv().forward(g, true, new Relu()), x, w, bias, rectified.length);
        assertThat(simd.conv().forward(g, true, new Relu()).algorithm()).startsWith("winograd");
        assertThat(simd.exact().conv().forward(g, true, new Relu()).algorithm()).doesNotStartWith("winograd");
        reporter.publishEntry(
                g.toString(),
                "rms error " + rms(forward, rectified) / rms(direct, rectified) + " times that of direct sums");

        ConvReference dx = ConvReference.backwardData(g, dy, w);
        new KernelCall("backward data", simd.conv().backwardData(g), dy, w, none, dx.values.length)
                .check(dx.values, TOLERANCE * dx.scale());
        ConvReference dw = ConvReference.backwardFilters(g, x, dy);
        new KernelCall("backward filters", simd.conv().backwardFilters(g), x, dy, none, dw.values.length)
                .check(dw.values, TOLERANCE * dw.scale());
    }

    @Test
    void theseGeometriesTryEveryVariant() {
        List<String> algorithms = geometries()
                .map(g -> Providers.named("simd").conv().backwardFilters(g).algorithm())
                .toList();
        assertThat(algorithms).contains("winograd", "tiles");
        assertThat(geometries()
                        .map(g -> Providers.named("simd")
                                .conv()
                                .forward(g, false, new Relu())
                                .algorithm()))
                .contains("winograd in blocks", "winograd in phases", "winograd of 2×2 in phases");
    }

    private static double rms(KernelCall call, double[] expected) {
        float[] received = call.run(KernelCall.Order.FORWARD);
        double sum = 0;
        for (int i = 0; i < expected.length; i++) {
            sum += (received[i] - expected[i]) * (received[i] - expected[i]);
        }
        return Math.sqrt(sum / expected.length);
    }

    @ParameterizedTest
    @MethodSource("geometries")
    void otherActivationsAreAppliedToo(ConvGeometry g) {
        Kernels simd = Providers.named("simd");
        float[] x = floats(ConvReference.inputs(g));
        float[] w = floats(ConvReference.filters(g));
        ConvReference sums = ConvReference.forward(g, x, w, new float[0]);
        double[] y = sums.values;
        for (int i = 0; i < y.length; i++) {
            y[i] = Math.tanh(y[i]);
        }
        new KernelCall("tanh", simd.conv().forward(g, false, new Tanh()), x, w, new float[0], y.length)
                .check(y, TOLERANCE * sums.scale());
    }
}
