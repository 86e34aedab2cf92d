package dev.halfwave.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.halfwave.activation.Activation;
import dev.halfwave.activation.Identity;
import dev.halfwave.activation.LeakyRelu;
import dev.halfwave.activation.Relu;
import dev.halfwave.activation.Relu6;
import dev.halfwave.activation.Swish;
import dev.halfwave.activation.Tanh;
import dev.halfwave.tensor.Window;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Holds every provider's convolutions against plain sums in double precision. */
@Tag("kernels")
class ConvKernelsTest {
    private static final double TOLERANCE = 1e-5;
    private static final Window TWO = Window.of(2, 2);

    /** Few channels and large windows: their rows are interleaved. */
    private static final List<ConvGeometry> FIRST_LAYERS = List.of(
            square(3, 39, 3, 64, new Window(7, 2, 1, 3, 3), 1),
            square(2, 35, 3, 64, new Window(7, 2, 1, 2, 4), 1), // an even number of rows, of which pools leave one
            new ConvGeometry(2, 9, 33, 7, 128, new Window(5, 1, 1, 0, 3), new Window(4, 3, 1, 5, 0), 1));

    /** Pools that read every other row twice. */
    private static final Window[] OVERLAPPING = {
        new Window(3, 2, 1, 1, 1), new Window(3, 2, 1, 0, 0), new Window(3, 2, 1, 0, 1), new Window(3, 2, 1, 1, 0)
    };

    private static final Window[] POOLS = {TWO, TWO, new Window(3, 2, 1, 1, 1)};
    private static final Activation[] ACTIVATIONS = {
        new Identity(), new Relu(), new Relu6(), new LeakyRelu(0.2), new Tanh()
    };

    /** A geometry with the seed of its data; the name of a test case says both. */
    record Case(String provider, ConvGeometry g, int seed) {}

    @ParameterizedTest
    @MethodSource("cases")
    void forwardAgreesWithPlainSums(Case test) {
        ConvGeometry g = test.g();
        Random random = new Random(test.seed());
        boolean withBias = random.nextBoolean();
        Activation activation = ACTIVATIONS[random.nextInt(ACTIVATIONS.length)];
        float[] x = floats(random, ConvReference.inputs(g));
        float[] w = floats(random, ConvReference.filters(g));
        float[] bias = floats(random, withBias ? g.k() : 0);
        ConvReference expected = ConvReference.forward(g, x, w, bias);
        BilinearKernel kernel = conv(test).forward(g, withBias, activation);
        double[] y = IntStream.range(0, expected.values.length)
                .mapToDouble(i -> activation.at(expected.values[i]))
                .toArray();
        new KernelCall(test + " " + activation.spec(), kernel, x, w, bias, y.length)
                .check(y, TOLERANCE * Math.max(1e-3, expected.scale()));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void forwardOntoAResultAgreesWithPlainSums(Case test) {
        ConvGeometry g = test.g();
        Random random = new Random(test.seed());
        boolean withBias = random.nextBoolean();
        Activation activation = ACTIVATIONS[random.nextInt(ACTIVATIONS.length)];
        Optional<BilinearKernel> kernel = conv(test).forwardOnto(g, withBias, activation);
        boolean depthwise = g.groupC() == 1 && g.groupK() == 1;
        assertThat(kernel.isPresent() || depthwise).isTrue();
        if (kernel.isEmpty()) {
            return;
        }
        float[] x = floats(random, ConvReference.inputs(g));
        float[] w = floats(random, ConvReference.filters(g));
        float[] bias = floats(random, withBias ? g.k() : 0);
        float[] former = floats(random, ConvReference.outputs(g));
        ConvReference sums = ConvReference.forward(g, x, w, bias);
        double[] y = IntStream.range(0, former.length)
                .mapToDouble(i -> activation.at(former[i] + sums.values[i]))
                .toArray();
        new KernelCall(test + " " + activation.spec(), kernel.get(), x, w, bias, y.length)
                .onto(former)
                .check(y, TOLERANCE * Math.max(1, sums.scale()));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void maximaAgreeWithPlainSums(Case test) {
        ConvGeometry g = test.g();
        Random random = new Random(test.seed());
        boolean withBias = random.nextBoolean();
        Activation activation = random.nextInt(6) == 0 ? new Swish(1.5) : ACTIVATIONS[random.nextInt(5)];
        Window pool = POOLS[random.nextInt(POOLS.length)];
        Optional<BilinearKernel> kernel = conv(test).forwardPooled(g, pool, pool, withBias, activation);
        if (kernel.isEmpty() || pool.positions(g.oh()) < 1 || pool.positions(g.ow()) < 1) {
            return; // maximaAreKeptWhereNetworksPool() says where there is one
        }
        maximaAgreeWithPlainSums(g, pool, random, withBias, activation, kernel.get());
    }

    private static void maximaAgreeWithPlainSums(
            ConvGeometry g,
            Window pool,
            Random random,
            boolean withBias,
            Activation activation,
            BilinearKernel kernel) {
        float[] x = floats(random, ConvReference.inputs(g));
        float[] w = floats(random, ConvReference.filters(g));
        float[] bias = floats(random, withBias ? g.k() : 0);
        ConvReference sums = ConvReference.forward(g, x, w, bias);
        int height = pool.positions(g.oh());
        int width = pool.positions(g.ow());
        double[] y = new double[g.n() * height * width * g.k()];
        Arrays.fill(y, Double.NEGATIVE_INFINITY);
        for (int i = 0; i < y.length; i++) {
            int image = i / g.k() / width / height;
            int top = i / g.k() / width % height * pool.stride() - pool.before();
            int left = i / g.k() % width * pool.stride() - pool.before();
            for (int row = Math.max(0, top); row < Math.min(g.oh(), top + pool.size()); row++) {
                for (int column = Math.max(0, left); column < Math.min(g.ow(), left + pool.size()); column++) {
                    int at = ((image * g.oh() + row) * g.ow() + column) * g.k() + i % g.k();
                    y[i] = Math.max(y[i], activation.at(sums.values[at]));
                }
            }
        }
        new KernelCall(g + " " + pool + " " + activation.spec(), kernel, x, w, bias, y.length)
                .check(y, TOLERANCE * Math.max(1e-3, sums.scale()));
    }

    /** ResNet's first layer and layers like it, of all kinds of pools. */
    @Test
    void maximaOfOverlappingWindowsAgreeWithPlainSums() {
        ConvKernels simd = Providers.active().conv();
        assumeThat(Providers.active().lanes())
                .as("lanes: plain Java computes convolution and pool apart")
                .isGreaterThan(1);
        Random random = new Random(8);
        for (ConvGeometry g : FIRST_LAYERS) {
            for (Window pool : OVERLAPPING) {
                maximaAgreeWithPlainSums(
                        g,
                        pool,
                        random,
                        true,
                        new Relu(),
                        simd.forwardPooled(g, pool, pool, true, new Relu()).orElseThrow());
            }
        }
    }

    @Test
    void maximaAreKeptWhereNetworksPool() {
        Window three = new Window(3, 1, 1, 1, 1);
        ConvGeometry first = square(2, 28, 1, 6, new Window(5, 1, 1, 2, 2), 1);
        ConvGeometry wide = square(2, 28, 32, 64, three, 1);
        ConvKernels simd = Providers.active().conv();
        boolean vectors = Providers.active().lanes() > 1;
        for (ConvGeometry g : List.of(first, wide)) {
            assertThat(simd.forwardPooled(g, TWO, TWO, true, new Relu()).isPresent())
                    .as(g.toString())
                    .isEqualTo(vectors);
            assertThat(simd.forwardPooled(g, Window.of(3, 2), TWO, true, new Relu()))
                    .as("other windows")
                    .isEmpty();
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void backwardDataAgreesWithPlainSums(Case test) {
        ConvGeometry g = test.g();
        Random random = new Random(test.seed());
        float[] dy = floats(random, ConvReference.outputs(g));
        float[] w = floats(random, ConvReference.filters(g));
        ConvReference expected = ConvReference.backwardData(g, dy, w);
        new KernelCall(test.toString(), conv(test).backwardData(g), dy, w, new float[0], expected.values.length)
                .check(expected.values, TOLERANCE * Math.max(1e-3, expected.scale()));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void backwardFiltersAgreesWithPlainSums(Case test) {
        ConvGeometry g = test.g();
        Random random = new Random(test.seed());
        float[] x = floats(random, ConvReference.inputs(g));
        float[] dy = floats(random, ConvReference.outputs(g));
        ConvReference expected = ConvReference.backwardFilters(g, x, dy);
        new KernelCall(test.toString(), conv(test).backwardFilters(g), x, dy, new float[0], expected.values.length)
                .check(expected.values, TOLERANCE * Math.max(1e-3, expected.scale()));
    }

    @Test
    void longSumsOfEqualTermsKeepTheirDigits() {
        ConvGeometry g = new ConvGeometry(2, 300, 300, 1, 17, Window.of(1, 1), Window.of(1, 1), 1);
        float[] x = new float[ConvReference.inputs(g)];
        float[] dy = new float[ConvReference.outputs(g)];
        Arrays.fill(x, 0.1f);
        Arrays.fill(dy, 1.1f);
        double expected = 180_000 * (double) 0.1f * 1.1f;
        double[] sums = new double[17];
        Arrays.fill(sums, expected);
        for (Kernels provider : Each.provider()) {
            BilinearKernel kernel = provider.conv().backwardFilters(g);
            new KernelCall(provider.name(), kernel, x, dy, new float[0], 17).check(sums, TOLERANCE * expected);
        }
    }

    @Test
    void largeLayersGiveSixteenThreadsWork() {
        ConvGeometry g = square(1, 56, 64, 64, new Window(3, 1, 1, 1, 1), 1);
        for (Kernels provider : Each.provider()) {
            ConvKernels conv = provider.conv();
            List<BilinearKernel> kernels =
                    List.of(conv.forward(g, true, new Relu()), conv.backwardData(g), conv.backwardFilters(g));
            assertThat(kernels).allSatisfy(k -> assertThat(k.tasks(0)).isGreaterThanOrEqualTo(16));
        }
    }

    static Stream<Case> cases() {
        List<ConvGeometry> geometries = geometries();
        return Each.provider().stream()
                .flatMap(provider -> IntStream.range(0, geometries.size())
                        .mapToObj(i -> new Case(provider.name(), geometries.get(i), i)));
    }

    /** Usual and unusual ones; the seeds of the random ones are their numbers among them. */
    static List<ConvGeometry> geometries() {
        List<ConvGeometry> geometries = new ArrayList<>(awkward());
        for (int seed = 0; seed < 150; seed++) {
            geometries.add(random(new Random(seed)));
        }
        return geometries;
    }

    private static List<ConvGeometry> awkward() {
        Window one = Window.of(1, 1);
        Window three = new Window(3, 1, 1, 1, 1);
        return List.of(
                square(1, 1, 1, 1, one, 1),
                square(2, 7, 33, 31, three, 1),
                square(1, 14, 64, 64, three, 1),
                square(3, 7, 48, 96, three, 1),
                square(5, 15, 64, 48, three, 1), // more tiles and channels than are taken at once
                square(8, 7, 16, 17, three, 1),
                square(2, 28, 1, 32, three, 1),
                square(1, 23, 3, 16, new Window(7, 2, 1, 3, 2), 1),
                square(2, 14, 17, 10, new Window(3, 2, 1, 0, 1), 1),
                square(1, 5, 15, 7, new Window(7, 1, 1, 3, 3), 1), // larger than the image
                square(1, 2, 4, 5, new Window(5, 3, 1, 4, 4), 1), // windows wholly inside the padding
                square(2, 9, 16, 16, new Window(1, 3, 1, 0, 0), 1), // pixels that no window sees
                square(2, 9, 16, 32, new Window(3, 1, 2, 2, 2), 1),
                square(2, 9, 32, 48, three, 4),
                square(1, 9, 6, 9, three, 3),
                square(2, 12, 16, 16, three, 16), // depthwise
                square(1, 13, 37, 37, new Window(3, 2, 1, 1, 1), 37),
                square(1, 11, 5, 5, new Window(5, 1, 2, 4, 4), 5),
                square(1, 8, 20, 40, three, 20), // depthwise with a multiplier
                square(1, 10, 130, 70, one, 1),
                square(1, 40, 2, 3, three, 1),
                square(2, 28, 1, 6, new Window(5, 1, 1, 2, 2), 1), // few filters: pixels are computed in groups
                square(2, 14, 6, 16, new Window(5, 1, 1, 0, 0), 1),
                square(1, 33, 1, 7, new Window(5, 1, 1, 2, 3), 1), // few channels, too: lanes are pixels
                square(20, 32, 3, 16, three, 1),
                square(1, 64, 4, 13, new Window(3, 1, 1, 2, 0), 1),
                FIRST_LAYERS.get(0),
                FIRST_LAYERS.get(1),
                FIRST_LAYERS.get(2),
                square(3, 31, 2, 1, new Window(7, 1, 1, 3, 3), 1),
                new ConvGeometry(2, 3, 95, 1, 12, new Window(9, 1, 1, 5, 4), new Window(2, 1, 1, 1, 0), 1),
                square(2, 21, 48, 32, three, 1), // an odd number of rows and columns, in pairs
                square(2, 16, 16, 16, three, 1),
                square(1, 24, 5, 4, new Window(5, 2, 1, 2, 3), 1),
                new ConvGeometry(2, 7, 30, 3, 5, new Window(2, 2, 2, 1, 0), new Window(6, 1, 1, 5, 0), 1),
                new ConvGeometry(1, 1, 100, 16, 24, one, new Window(9, 2, 12, 60, 40), 1), // a sequence, far apart
                new ConvGeometry(1, 1, 40, 32, 32, one, new Window(7, 1, 5, 30, 0), 32), // looks back only
                new ConvGeometry(2, 6, 17, 8, 24, new Window(2, 1, 1, 0, 1), new Window(5, 2, 1, 1, 3), 2));
    }

    private static ConvGeometry square(int n, int size, int c, int k, Window window, int groups) {
        return new ConvGeometry(n, size, size, c, k, window, window, groups);
    }

    private static ConvGeometry random(Random random) {
        int[] sizes = {1, 3, 4, 5, 7, 9, 12, 15, 17};
        int[] channels = {1, 2, 3, 7, 8, 15, 16, 17, 31, 32, 33, 65};
        while (true) {
            int h = sizes[random.nextInt(sizes.length)];
            int w = sizes[random.nextInt(sizes.length)];
            int groups = new int[] {1, 1, 1, 2, 3, 4}[random.nextInt(6)];
            int c = groups * channels[random.nextInt(channels.length)];
            int k = groups * channels[random.nextInt(channels.length)];
            if (random.nextInt(5) == 0) {
                groups = c;
                k = c * (1 + random.nextInt(2));
            }
            Window vertical = window(random);
            Window horizontal = window(random);
            if (fits(vertical, h) && fits(horizontal, w)) {
                ConvGeometry g = new ConvGeometry(1 + random.nextInt(3), h, w, c, k, vertical, horizontal, groups);
                if (g.flops() < 4_000_000) {
                    return g;
                }
            }
        }
    }

    private static Window window(Random random) {
        return new Window(
                1 + random.nextInt(5),
                1 + random.nextInt(3),
                1 + random.nextInt(2),
                random.nextInt(4),
                random.nextInt(4));
    }

    private static boolean fits(Window window, int length) {
        return length + window.before() + window.after() >= window.span();
    }

    private static ConvKernels conv(Case test) {
        return Providers.named(test.provider()).conv();
    }

    private static float[] floats(Random random, int length) {
        float[] values = new float[length];
        for (int i = 0; i < length; i++) {
            values[i] = (float) random.nextGaussian();
        }
        return values;
    }
}
