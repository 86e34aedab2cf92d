package dev.halfwave.nn;

import static dev.halfwave.nn.OneLayer.output;
import static dev.halfwave.nn.OneLayer.random;
import static dev.halfwave.nn.OneLayer.refuses;
import static dev.halfwave.nn.OneLayer.tensor;
import static dev.halfwave.nn.OneLayer.used;
import static org.assertj.core.api.Assertions.assertThat;

import dev.halfwave.activation.Identity;
import dev.halfwave.tensor.DoubleTensor;
import dev.halfwave.tensor.Shape;
import java.util.Map;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class ImageLayersTest {
    private static final Offset<Double> ROUNDING = Offset.offset(1e-12);
    private static final DoubleTensor ROW = tensor(Shape.of(1, 1, 4, 1), 1, 2, 3, 4);

    @Test
    void aSeparableConvolutionFiltersChannelsAndThenMixesThem() {
        DoubleTensor x = random(1, 3, 3, 2);
        DoubleTensor depthwise = random(3, 3, 1, 4);
        DoubleTensor pointwise = random(1, 1, 4, 3);
        DoubleTensor bias = random(3);
        DoubleTensor y = used(
                SeparableConv2d.of(3, 3).multiplier(2),
                x,
                Map.of(
                        "separable_conv2d_1.conv2d_1.filters", depthwise,
                        "separable_conv2d_1.conv2d_2.filters", pointwise,
                        "separable_conv2d_1.conv2d_2.bias", bias));
        for (int k = 0; k < 3; k++) {
            double sum = bias.data()[k];
            for (int filter = 0; filter < 4; filter++) {
                for (int pixel = 0; pixel < 9; pixel++) {
                    sum += pointwise.data()[filter * 3 + k]
                            * depthwise.data()[pixel * 4 + filter]
                            * x.data()[pixel * 2 + filter / 2];
                }
            }
            assertThat(y.data()[k]).isCloseTo(sum, ROUNDING);
        }
        assertThat(output(SeparableConv2d.of(7, 3).stride(2).padding(Padding.SAME), 9, 8, 2))
                .isEqualTo(Shape.of(5, 4, 7));
    }

    @Test
    void anAdaptivePoolCoversTheImageWithMeans() {
        DoubleTensor x = random(2, 7, 5, 3);
        for (int[] wanted : new int[][] {{1, 1}, {7, 5}, {3, 2}, {2, 4}, {9, 6}, {7, 1}}) {
            int rows = wanted[0];
            int columns = wanted[1];
            DoubleTensor y = used(new AdaptiveAvgPool2d(rows, columns), x);
            assertThat(y.shape()).isEqualTo(Shape.of(2, rows, columns, 3));
            for (int i = 0; i < y.data().length; i++) {
                int n = i / (rows * columns * 3);
                int row = i / (columns * 3) % rows;
                int column = i / 3 % columns;
                double sum = 0;
                int count = 0;
                for (int h = row * 7 / rows; h < Math.ceil((row + 1) * 7.0 / rows); h++) {
                    for (int w = column * 5 / columns; w < Math.ceil((column + 1) * 5.0 / columns); w++) {
                        sum += x.data()[((n * 7 + h) * 5 + w) * 3 + i % 3];
                        count++;
                    }
                }
                assertThat(y.data()[i]).isCloseTo(sum / count, ROUNDING);
            }
        }
    }

    @Test
    void anL2PoolIsTheLengthOfAWindow() {
        DoubleTensor x = tensor(Shape.of(1, 2, 4, 1), 3, 4, 0, 0, 0, -12, 0, 0);
        assertThat(used(L2Pool2d.of(2), x).data()).containsExactly(13, 0);
        assertThat(used(new L2Pool2d(2, 2, Padding.of(1)), x).data())
                .containsExactly(new double[] {3, 4, 0, 0, 12, 0}, ROUNDING);
    }

    @Test
    void squeezeAndExcitationScalesChannelsByWhatFollowsFromTheirMeans() {
        DoubleTensor x = tensor(Shape.of(1, 1, 2, 2), 1, 10, 3, 30); // means of 2 and 20
        Map<String, DoubleTensor> parameters = Map.of(
                "squeeze_excite_1.dense_1.weights", tensor(Shape.of(2, 1), 1, 0.5),
                "squeeze_excite_1.dense_1.bias", tensor(Shape.of(1), -2),
                "squeeze_excite_1.dense_2.weights", tensor(Shape.of(1, 2), 0.1, -1),
                "squeeze_excite_1.dense_2.bias", tensor(Shape.of(2), 0, 7));
        SqueezeExcite layer = new SqueezeExcite(2, new Identity(), new Identity()); // squeezed to 10, gates of 1 and −3
        assertThat(used(layer, x, parameters).data()).containsExactly(1, -30, 3, -90);
        assertThat(Network.of("few", Shape.of(2, 2, 8), new SqueezeExcite())
                        .layout()
                        .entries())
                .extracting(entry -> entry.shape().toString())
                .containsExactly("[8, 1]", "[1]", "[1, 8]", "[8]");
    }

    @Test
    void bordersAreMadeOfTheImage() {
        assertThat(used(new Pad2d(Pad2d.Border.REFLECT, 0, 0, 3, 2), ROW).data())
                .containsExactly(4, 3, 2, 1, 2, 3, 4, 3, 2);
        assertThat(used(new Pad2d(Pad2d.Border.REPLICATE, 1, 0, 2, 1), ROW).data())
                .containsExactly(1, 1, 1, 2, 3, 4, 4, 1, 1, 1, 2, 3, 4, 4);
        assertThat(used(new Pad2d(Pad2d.Border.WRAP, 0, 1, 1, 4), ROW).data())
                .containsExactly(4, 1, 2, 3, 4, 1, 2, 3, 4, 4, 1, 2, 3, 4, 1, 2, 3, 4);
        assertThat(used(Pad2d.replicate(0), ROW)).isEqualTo(ROW);
        assertThat(output(Pad2d.reflect(2), 3, 4, 5)).isEqualTo(Shape.of(7, 8, 5));
        assertThat(output(Pad2d.wrap(3), 3, 4, 5)).isEqualTo(Shape.of(9, 10, 5));
    }

    @Test
    void misfitsAreNamed() {
        refuses(
                () -> SeparableConv2d.of(4, 3).multiplier(0),
                "separable_conv2d: expected filters, size, multiplier, stride and dilation of 1 or more, received 4"
                        + " filters of 3×3, multiplier 0, stride 1, dilation 1");
        refuses(
                () -> new AdaptiveAvgPool2d(0, 2),
                "adaptive_avg_pool2d: expected 1 row and column or more, received 0×2");
        refuses(() -> new SqueezeExcite(0), "squeeze_excite: expected a reduction of 1 or more, received 0");
        refuses(
                () -> new Pad2d(Pad2d.Border.WRAP, 0, -1, 0, 0),
                "pad2d: expected 0 or more on every side, received top 0, bottom -1, left 0, right 0");
        refuses(
                () -> output(Pad2d.reflect(4), 9, 4, 1),
                "pad2d_1: expected a border of up to 3 to reflect 4 columns, received 4 and 4; use a smaller border or a"
                        + " ZeroPad2d");
        refuses(
                () -> output(L2Pool2d.of(2), 9),
                "l2_pool2d_1: expected images [N, H, W, C], received [1, 9]; declare the input as [H, W, C], and put a"
                        + " Flatten only behind the last l2_pool2d");
    }
}
