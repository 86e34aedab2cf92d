package dev.halfwave.nn;

import static dev.halfwave.nn.OneLayer.output;
import static dev.halfwave.nn.OneLayer.random;
import static dev.halfwave.nn.OneLayer.refuses;
import static dev.halfwave.nn.OneLayer.tensor;
import static dev.halfwave.nn.OneLayer.used;
import static org.assertj.core.api.Assertions.assertThat;

import dev.halfwave.tensor.DoubleTensor;
import dev.halfwave.tensor.Shape;
import java.util.Map;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class SequenceLayersTest {
    private static final Offset<Double> ROUNDING = Offset.offset(1e-12);

    @Test
    void aConvolutionSumsOverItsWindowAndChannels() {
        DoubleTensor x = random(2, 9, 3);
        DoubleTensor filters = random(2, 1, 3, 4);
        DoubleTensor bias = random(4);
        Layer layer = Conv1d.of(4, 2).stride(2).dilation(3).padding(new Padding(Padding.Kind.EXPLICIT, 1, 2, 7, 7));
        DoubleTensor y = used(layer, x, Map.of("conv1d_1.filters", filters, "conv1d_1.bias", bias));
        assertThat(y.shape()).isEqualTo(Shape.of(2, 5, 4));
        for (int n = 0; n < 2; n++) {
            for (int l = 0; l < 5; l++) {
                for (int k = 0; k < 4; k++) {
                    double sum = bias.data()[k];
                    for (int i = 0; i < 2; i++) {
                        int at = 2 * l - 1 + 3 * i;
                        for (int c = 0; at >= 0 && at < 9 && c < 3; c++) {
                            sum += filters.data()[(i * 3 + c) * 4 + k] * x.data()[(n * 9 + at) * 3 + c];
                        }
                    }
                    assertThat(y.data()[(n * 5 + l) * 4 + k]).isCloseTo(sum, ROUNDING);
                }
            }
        }
    }

    @Test
    void aCausalConvolutionKeepsTheLengthAndLooksBackOnly() {
        Layer layer = Conv1d.of(1, 2).dilation(2).causal().withoutBias();
        DoubleTensor filters = tensor(Shape.of(2, 1, 1, 1), 10, 1);
        DoubleTensor y = used(layer, tensor(Shape.of(1, 4, 1), 1, 2, 3, 4), Map.of("conv1d_1.filters", filters));
        assertThat(y.data()).containsExactly(1, 2, 13, 24);
    }

    @Test
    void poolsTakeTheLargestOrTheMeanOfAWindow() {
        DoubleTensor x = tensor(Shape.of(1, 5, 2), 1, -1, 3, -2, 2, -9, 0, -4, 5, -5);
        assertThat(used(MaxPool1d.of(2), x).data()).containsExactly(3, -1, 2, -4);
        assertThat(used(new MaxPool1d(3, 2, Padding.of(1)), x).data()).containsExactly(3, -1, 3, -2, 5, -4);
        assertThat(used(AvgPool1d.of(2), x).data()).containsExactly(2, -1.5, 1, -6.5);
        assertThat(used(new AvgPool1d(3, 2, Padding.of(1)), x).data())
                .containsExactly(new double[] {2, -1.5, 5 / 3.0, -5, 2.5, -4.5}, ROUNDING);
        assertThat(output(new MaxPool1d(3, 2, Padding.SAME), 8, 5)).isEqualTo(Shape.of(4, 5));
    }

    @Test
    void matricesOfTwoBranchesAreMultipliedForEachSample() {
        DoubleTensor x = random(2, 3, 4);
        Layer self = Sequential.of();
        double[] y = used(new MatMul(self, self, true), x).data();
        for (int n = 0; n < 2; n++) {
            for (int i = 0; i < 3; i++) {
                for (int j = 0; j < 3; j++) {
                    double sum = 0;
                    for (int c = 0; c < 4; c++) {
                        sum += x.data()[(n * 3 + i) * 4 + c] * x.data()[(n * 3 + j) * 4 + c];
                    }
                    assertThat(y[(n * 3 + i) * 3 + j]).isCloseTo(sum, ROUNDING);
                }
            }
        }
        assertThat(output(new MatMul(self, Permute.of(1, 0), false), 3, 4)).isEqualTo(Shape.of(3, 3));
    }

    @Test
    void misfitsAreNamed() {
        refuses(
                () -> Conv1d.of(4, 0),
                "conv1d: expected filters, size, stride, dilation and groups of 1 or more, received 4 filters of 0,"
                        + " stride 1, dilation 1, groups 1");
        refuses(
                () -> output(Conv1d.of(4, 3), 8),
                "conv1d_1: expected sequences [N, L, C], received [1, 8]; declare the input as [L, C], or put a Reshape"
                        + " in front");
        refuses(
                () -> output(MaxPool1d.of(2), 8, 8, 2),
                "max_pool1d_1: expected sequences [N, L, C], received [1, 8, 8, 2]; declare the input as [L, C], or put"
                        + " a Reshape in front");
        refuses(
                () -> output(AvgPool1d.of(9), 8, 2),
                "avg_pool1d_1.avg_pool2d: expected an axis of at least 9 for a window of 9, received 8; use a smaller window or"
                        + " more padding");
        refuses(
                () -> output(new MatMul(Sequential.of(), Sequential.of(), false), 3, 4),
                "mat_mul_1.batched_matmul: expected factors that share an axis, received [1, 3, 4] and [1, 3, 4]");
    }
}
