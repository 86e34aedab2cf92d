package dev.halfwave.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.halfwave.activation.Elu;
import dev.halfwave.graph.Graph;
import dev.halfwave.graph.GraphBuilder;
import dev.halfwave.graph.Interpreter;
import dev.halfwave.graph.Mode;
import dev.halfwave.nn.init.He;
import dev.halfwave.tensor.DoubleTensor;
import dev.halfwave.tensor.Shape;
import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Norms, enlargements and paddings against numbers worked out by hand or by their formula. */
class FurtherLayersTest {
    private static final Offset<Double> ROUNDING = Offset.offset(1e-9);
    private static final DoubleTensor SQUARE = tensor(Shape.of(1, 2, 2, 1), 1, 2, 3, 4);

    private static DoubleTensor tensor(Shape shape, double... values) {
        return new DoubleTensor(shape, values);
    }

    private static DoubleTensor random(Shape shape) {
        SplittableRandom random = new SplittableRandom(5);
        double[] values = random.doubles(shape.elements(), -2, 2).toArray();
        return new DoubleTensor(shape, values);
    }

    /** The layer's output in double precision, given its parameters by their names. */
    private static DoubleTensor run(Layer layer, DoubleTensor x, Map<String, DoubleTensor> parameters) {
        GraphBuilder g = new GraphBuilder(Mode.INFERENCE);
        g.output("y", layer.apply(g, g.input("x", x.shape())));
        Graph graph = g.build();
        Map<String, DoubleTensor> sources = new HashMap<>(parameters);
        sources.put("x", x);
        return new Interpreter(graph, sources, 0).get(graph.output("y"));
    }

    private static Map<String, DoubleTensor> scale(String layer, int channels) {
        DoubleTensor gamma = DoubleTensor.zeros(Shape.of(channels));
        DoubleTensor beta = DoubleTensor.zeros(Shape.of(channels));
        for (int c = 0; c < channels; c++) {
            gamma.data()[c] = 1 + c;
            beta.data()[c] = 0.5 * c;
        }
        return Map.of(layer + "_1.gamma", gamma, layer + "_1.beta", beta);
    }

    private static Shape outputOf(Layer layer, int... image) {
        return Network.of("one", Shape.of(image), layer).output();
    }

    @ParameterizedTest
    @CsvSource({"1", "2", "3", "6"})
    void groupsOfChannelsAreNormalisedOverTheImage(int groups) {
        DoubleTensor x = random(Shape.of(2, 3, 4, 6));
        int channels = 6 / groups;
        double[] y = run(new GroupNorm(groups, 0.25), x, scale("group_norm", 6)).data();
        for (int n = 0; n < 2; n++) {
            for (int group = 0; group < groups; group++) {
                double sum = 0;
                double squares = 0;
                for (int i = 0; i < 12 * channels; i++) {
                    double value = x.data()[n * 72 + i / channels * 6 + group * channels + i % channels];
                    sum += value / (12 * channels);
                    squares += value * value / (12 * channels);
                }
                for (int i = 0; i < 12 * channels; i++) {
                    int c = group * channels + i % channels;
                    int at = n * 72 + i / channels * 6 + c;
                    double normal = (x.data()[at] - sum) / Math.sqrt(squares - sum * sum + 0.25);
                    assertThat(y[at]).isCloseTo(normal * (1 + c) + 0.5 * c, ROUNDING);
                }
            }
        }
    }

    @Test
    void anInstanceNormIsAGroupNormOfSingleChannels() {
        DoubleTensor x = random(Shape.of(2, 3, 4, 5));
        assertThat(run(new InstanceNorm(), x, scale("instance_norm", 5)).data())
                .containsExactly(
                        run(new GroupNorm(5), x, scale("group_norm", 5)).data());
    }

    @Test
    void aLayerNormTakesTheChannelsOfEachPosition() {
        DoubleTensor x = tensor(Shape.of(1, 1, 2, 2), 1, 3, -4, 4);
        assertThat(run(new LayerNorm(3), x, scale("layer_norm", 2)).data())
                .containsExactly(new double[] {-0.5, 1.5, -4 / Math.sqrt(19), 8 / Math.sqrt(19) + 0.5}, ROUNDING);
    }

    @Test
    void aLocalResponseNormDampsByTheNeighboursThatExist() {
        DoubleTensor x = tensor(Shape.of(1, 4), 1, 2, 3, 4);
        double[] y = run(new LocalResponseNorm(3, 6, 0.5, 1), x, Map.of()).data();
        assertThat(y)
                .containsExactly(
                        new double[] {1 / Math.sqrt(11), 2 / Math.sqrt(29), 3 / Math.sqrt(59), 4 / Math.sqrt(51)},
                        ROUNDING);
        double[] even = run(new LocalResponseNorm(2, 2, 1, 1), x, Map.of()).data();
        assertThat(even).containsExactly(new double[] {1 / 6.0, 2 / 14.0, 3 / 26.0, 4 / 17.0}, ROUNDING);
    }

    @Test
    void upsamplingRepeatsPixelsOrDrawsLinesBetweenTheirCentres() {
        assertThat(run(UpSample2d.nearest(2), SQUARE, Map.of()).data())
                .containsExactly(1, 1, 2, 2, 1, 1, 2, 2, 3, 3, 4, 4, 3, 3, 4, 4);
        assertThat(run(UpSample2d.linear(2), SQUARE, Map.of()).data())
                .containsExactly(
                        new double[] {1, 1.25, 1.75, 2, 1.5, 1.75, 2.25, 2.5, 2.5, 2.75, 3.25, 3.5, 3, 3.25, 3.75, 4},
                        ROUNDING);
        assertThat(outputOf(UpSample2d.linear(3), 5, 1, 2)).isEqualTo(Shape.of(15, 3, 2));
        assertThat(run(UpSample2d.linear(1), SQUARE, Map.of())).isEqualTo(SQUARE);
    }

    @Test
    void zeroPaddingIsABorderOfZeros() {
        assertThat(run(new ZeroPad2d(1, 0, 0, 2), SQUARE, Map.of()).data())
                .containsExactly(0, 0, 0, 0, 1, 2, 0, 0, 3, 4, 0, 0);
        assertThat(run(ZeroPad2d.of(0), SQUARE, Map.of())).isEqualTo(SQUARE);
    }

    @Test
    void theGlobalMaximumIsTakenPerChannel() {
        DoubleTensor x = tensor(Shape.of(1, 2, 2, 2), 1, -2, 3, -4, 5, -6, 0, -8);
        DoubleTensor y = run(new GlobalMaxPool2d(), x, Map.of());
        assertThat(y.shape()).isEqualTo(Shape.of(1, 2));
        assertThat(y.data()).containsExactly(5, -2);
    }

    @Test
    void everyPixelOfATransposedConvolutionAddsItsFilter() {
        DoubleTensor filters = tensor(Shape.of(3, 3, 1, 1), 1, 2, 3, 4, 5, 6, 7, 8, 9);
        Map<String, DoubleTensor> parameters =
                Map.of("conv_transpose2d_1.filters", filters, "conv_transpose2d_1.bias", tensor(Shape.of(1), 100));
        DoubleTensor x = tensor(Shape.of(1, 1, 2, 1), 1, 10);
        Layer layer = ConvTranspose2d.of(1, 3).stride(2);
        assertThat(run(layer, x, parameters).data())
                .containsExactly(
                        101, 102, 113, 120, 130, //
                        104, 105, 146, 150, 160, //
                        107, 108, 179, 180, 190);
    }

    @Test
    void transposedConvolutionsUndoTheChangeOfSize() {
        ConvTranspose2d base = ConvTranspose2d.of(4, 3).stride(2);
        assertThat(outputOf(base, 5, 6, 2)).isEqualTo(Shape.of(11, 13, 4));
        assertThat(outputOf(base.outputPadding(1), 5, 6, 2)).isEqualTo(Shape.of(12, 14, 4));
        assertThat(outputOf(base.padding(Padding.of(1)), 5, 6, 2)).isEqualTo(Shape.of(9, 11, 4));
        assertThat(outputOf(base.padding(Padding.SAME), 5, 6, 2)).isEqualTo(Shape.of(10, 12, 4));
        assertThat(outputOf(ConvTranspose2d.of(4, 2).stride(3).padding(Padding.SAME), 5, 6, 2))
                .isEqualTo(Shape.of(15, 18, 4));
    }

    @Test
    void everyComponentIsKept() {
        Network network = Network.of(
                "further",
                Shape.of(9, 8, 4),
                new ConvTranspose2d(
                        6, 3, 2, 2, new Padding(Padding.Kind.EXPLICIT, 1, 2, 0, 1), 1, false, new Elu(0.5), new He(1)),
                new GroupNorm(3, 0.1),
                new LocalResponseNorm(3, 0.5, 0.25, 2),
                UpSample2d.linear(2),
                new ZeroPad2d(1, 2, 3, 4),
                new LayerNorm(0.2),
                new InstanceNorm(0.3),
                new GlobalMaxPool2d());
        assertThat(Description.parse(Description.of(network))).isEqualTo(network);
    }

    private static void refuses(Runnable making, String text) {
        assertThatThrownBy(making::run)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(text);
    }

    @Test
    void numbersOutOfRangeAreRefused() {
        refuses(
                () -> new GroupNorm(0),
                "group_norm: expected 1 group or more and an epsilon above 0, received 0 and 1.0E-5");
        refuses(() -> new LayerNorm(0), "layer_norm: expected an epsilon above 0, received 0.0");
        refuses(() -> new InstanceNorm(-1), "instance_norm: expected an epsilon above 0, received -1.0");
        refuses(
                () -> new LocalResponseNorm(5, 1, 1, 0),
                "local_response_norm: expected a size of 1 or more, alpha and beta of 0 or more and a bias above 0,"
                        + " received size 5, alpha 1.0, beta 1.0, bias 0.0");
        refuses(() -> UpSample2d.nearest(0), "up_sample2d: expected a factor of 1 or more, received 0");
        refuses(
                () -> new ZeroPad2d(0, -1, 0, 0),
                "zero_pad2d: expected 0 or more on every side, received top 0, bottom -1, left 0, right 0");
        refuses(
                () -> ConvTranspose2d.of(0, 3),
                "conv_transpose2d: expected filters, size and stride of 1 or more, received 0 filters of 3×3, stride 1");
        refuses(
                () -> ConvTranspose2d.of(4, 3).stride(2).outputPadding(2),
                "conv_transpose2d: expected an output padding from 0 to below the stride of 2, 0 for padding SAME,"
                        + " received 2");
    }

    @Test
    void imagesThatDoNotFitAreRefused() {
        refuses(
                () -> outputOf(new GroupNorm(4), 3, 3, 6),
                "group_norm_1: expected a number of channels that 4 groups divide, received 6");
        refuses(
                () -> outputOf(UpSample2d.nearest(2), 6),
                "up_sample2d_1: expected images [N, H, W, C], received [1, 6]; declare the input as [H, W, C], and put"
                        + " a Flatten only behind the last up_sample2d");
        refuses(
                () -> outputOf(ConvTranspose2d.of(4, 3).padding(Padding.of(2)), 2, 6, 2),
                "conv_transpose2d_1: expected padding of less than 4 in all, received 2 and 2; use less padding or"
                        + " larger filters");
    }
}
