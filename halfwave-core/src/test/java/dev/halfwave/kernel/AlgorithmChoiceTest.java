package dev.halfwave.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.halfwave.activation.Relu;
import dev.halfwave.tensor.Window;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;

/** Whoever chooses, every algorithm that is offered computes the convolution. */
@Tag("kernels")
@DisabledIfSystemProperty(
        named = Providers.PROPERTY,
        matches = "scalar",
        disabledReason = "plain Java has one way to compute a convolution")
class AlgorithmChoiceTest {
    /** Of the largest sum of absolute products, as for the kernels that sizes choose. */
    private static final double TOLERANCE = 1e-5;

    private static final Kernels SIMD = Providers.named("simd");

    /** One of the few kind that is interleaved. */
    private static final ConvGeometry FIRST_LAYER =
            new ConvGeometry(2, 20, 21, 3, 64, new Window(7, 2, 1, 3, 3), new Window(7, 2, 1, 3, 3), 1);

    /** What was offered, and which of it to take: the last if there are not so many. */
    private static final class Taking implements AlgorithmChoice {
        private final int index;
        private List<String> offered = List.of();

        Taking(int index) {
            this.index = index;
        }

        @Override
        public BilinearKernel of(ConvPass pass, List<Algorithm> algorithms) {
            offered = algorithms.stream().map(Algorithm::name).toList();
            return algorithms.get(Math.min(index, algorithms.size() - 1)).kernel();
        }
    }

    @Test
    void everyAlgorithmAgreesWithPlainSums() {
        Set<String> tried = new TreeSet<>();
        for (int seed = 0; seed < 60; seed++) {
            Random random = new Random(seed);
            ConvGeometry g = seed == 0 ? FIRST_LAYER : random(random);
            float[] x = floats(random, ConvReference.inputs(g));
            float[] w = floats(random, ConvReference.filters(g));
            float[] dy = floats(random, ConvReference.outputs(g));
            float[] bias = floats(random, g.k());
            float[] former = floats(random, dy.length);
            float[] none = new float[0];
            String what = "seed " + seed + ", " + g;

            ConvReference y = ConvReference.forward(g, x, w, bias);
            double[] rectified = IntStream.range(0, dy.length)
                    .mapToDouble(i -> Math.max(0, y.values[i]))
                    .toArray();
            double[] added = IntStream.range(0, dy.length)
                    .mapToDouble(i -> Math.max(0, former[i] + y.values[i]))
                    .toArray();
            ConvReference dx = ConvReference.backwardData(g, dy, w);
            ConvReference dw = ConvReference.backwardFilters(g, x, dy);
            tried.addAll(each(
                    conv -> conv.forward(g, true, new Relu()),
                    (name, kernel) -> new KernelCall(what + " forward " + name, kernel, x, w, bias, dy.length)
                            .check(rectified, TOLERANCE * y.scale())));
            each(
                    conv -> conv.forwardOnto(g, true, new Relu()).orElseThrow(),
                    (name, kernel) -> new KernelCall(what + " onto " + name, kernel, x, w, bias, dy.length)
                            .onto(former)
                            .check(added, TOLERANCE * Math.max(1, y.scale())));
            tried.addAll(each(
                    conv -> conv.backwardData(g),
                    (name, kernel) -> new KernelCall(what + " backward data " + name, kernel, dy, w, none, x.length)
                            .check(dx.values, TOLERANCE * dx.scale())));
            tried.addAll(each(
                    conv -> conv.backwardFilters(g),
                    (name, kernel) -> new KernelCall(what + " backward filters " + name, kernel, x, dy, none, w.length)
                            .check(dw.values, TOLERANCE * dw.scale())));
        }
        assertThat(tried)
                .containsExactly(
                        "direct",
                        "interleaved",
                        "pixel-groups",
                        "planar",
                        "winograd",
                        "winograd-blocks",
                        "winograd-phases",
                        "winograd-small");
    }

    private interface Check {
        void of(String name, BilinearKernel kernel);
    }

    /** Checks the kernel of each algorithm, and returns their names. */
    private static List<String> each(Function<ConvKernels, BilinearKernel> maker, Check check) {
        int i = 0;
        Taking choice;
        do {
            choice = new Taking(i);
            BilinearKernel kernel = maker.apply(SIMD.tuned(choice).conv());
            check.of(choice.offered.get(i), kernel);
            i++;
        } while (i < choice.offered.size());
        return choice.offered;
    }

    /** Mostly 3×3 with whole vectors of channels, few or many tiles; now and then few filters. */
    private static ConvGeometry random(Random random) {
        int[] channels = random.nextInt(3) == 0 ? new int[] {1, 4, 6} : new int[] {16, 32, 48, 64};
        int h = 1 + random.nextInt(18);
        int w = random.nextInt(4) == 0 ? 28 + random.nextInt(5) : 1 + random.nextInt(18);
        return new ConvGeometry(
                1 + random.nextInt(3),
                h,
                w,
                channels[random.nextInt(channels.length)],
                channels[random.nextInt(channels.length)],
                window(random, h),
                window(random, w),
                1);
    }

    private static Window window(Random random, int length) {
        int least = Math.max(0, 3 - length);
        int before = Math.min(2, least + random.nextInt(2));
        return new Window(3, 1, 1, before, random.nextInt(3));
    }

    @Test
    void tuningDoesNotMakeExactKernelsInexact() {
        Window three = new Window(3, 1, 1, 1, 1);
        ConvGeometry g = new ConvGeometry(4, 28, 28, 32, 32, three, three, 1);
        Taking choice = new Taking(0);
        assertThat(SIMD.exact().tuned(choice).conv().backwardData(g).algorithm())
                .startsWith("tiles");
        assertThat(choice.offered).containsExactly("direct");
        assertThat(SIMD.tuned(choice)
                        .exact()
                        .conv()
                        .forward(g, false, new Relu())
                        .algorithm())
                .startsWith("tiles");
        assertThat(choice.offered).containsExactly("direct");
        SIMD.tuned(choice).conv().backwardData(g);
        assertThat(choice.offered).contains("winograd-blocks");
    }

    @Test
    void plainJavaHasNothingToTune() {
        Kernels scalar = Providers.scalar();
        assertThat(scalar.tuned(new Taking(1))).isSameAs(scalar);
    }

    @Test
    void aPassSaysAllThatItsTimeDependsOn() {
        ConvGeometry g = new ConvGeometry(64, 28, 30, 8, 6, new Window(5, 1, 2, 2, 3), new Window(3, 2, 1, 0, 1), 2);
        assertThat(new ConvPass(ConvPass.Direction.BACKWARD_DATA, g))
                .hasToString("backward data 64x28x30x8 by 5x3x4x6, rows 1/2/2+3, columns 2/1/0+1, groups 2");
        assertThat(new ConvPass(ConvPass.Direction.FORWARD_ONTO, g)).asString().startsWith("forward onto 64x");
    }

    private static float[] floats(Random random, int length) {
        float[] values = new float[length];
        for (int i = 0; i < length; i++) {
            values[i] = (float) random.nextGaussian();
        }
        return values;
    }
}
