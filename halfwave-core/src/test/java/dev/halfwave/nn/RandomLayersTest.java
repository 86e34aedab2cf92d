package dev.halfwave.nn;

import static dev.halfwave.nn.OneLayer.random;
import static dev.halfwave.nn.OneLayer.refuses;
import static dev.halfwave.nn.OneLayer.trained;
import static dev.halfwave.nn.OneLayer.used;
import static org.assertj.core.api.Assertions.assertThat;

import dev.halfwave.activation.NoisyRelu;
import dev.halfwave.activation.RRelu;
import dev.halfwave.tensor.DoubleTensor;
import dev.halfwave.tensor.Shape;
import java.util.Arrays;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class RandomLayersTest {
    private static DoubleTensor full(double value, int... sizes) {
        DoubleTensor tensor = DoubleTensor.zeros(Shape.of(sizes));
        Arrays.fill(tensor.data(), value);
        return tensor;
    }

    private static double mean(DoubleTensor tensor) {
        return Arrays.stream(tensor.data()).average().orElseThrow();
    }

    @Test
    void whatIsRandomInTrainingIsNotInUse() {
        DoubleTensor x = random(4, 3, 3, 5);
        assertThat(used(new SpatialDropout(0.5), x)).isEqualTo(x);
        assertThat(used(new StochasticDepth(0.5), x)).isEqualTo(x);
        assertThat(trained(new SpatialDropout(0), x, 1)).isEqualTo(x);
        assertThat(used(new Activate(new RRelu(0.25, 0.75)), x).data())
                .containsExactly(
                        Arrays.stream(x.data()).map(v -> v > 0 ? v : v / 2).toArray());
        assertThat(used(new Activate(new NoisyRelu()), x).data())
                .containsExactly(
                        Arrays.stream(x.data()).map(v -> Math.max(0, v)).toArray());
    }

    @Test
    void theSameRunDrawsTheSameAndAnotherSomethingElse() {
        DoubleTensor x = random(8, 3, 3, 8);
        for (Layer layer : new Layer[] {
            new SpatialDropout(0.5), new StochasticDepth(0.5), new Activate(new RRelu()), new Activate(new NoisyRelu())
        }) {
            double[] drawn = trained(layer, x, 1).data();
            assertThat(trained(layer, x, 1).data()).isEqualTo(drawn);
            assertThat(trained(layer, x, 2).data()).isNotEqualTo(drawn);
        }
    }

    @Test
    void twoLayersOfAKindDrawDifferently() {
        DoubleTensor ones = full(1, 64, 2, 16);
        double[] both = trained(Concat.of(new SpatialDropout(0.5), new SpatialDropout(0.5)), ones, 3)
                .data();
        int different = 0;
        for (int i = 0; i < both.length; i += 32) {
            for (int c = 0; c < 16; c++) {
                different += both[i + c] == both[i + 16 + c] ? 0 : 1;
            }
        }
        assertThat(different / (64 * 2 * 16.0)).isCloseTo(0.5, Offset.offset(0.1));
    }

    @Test
    void channelsAndSamplesAreDroppedAsAWhole() {
        double[] channels =
                trained(new SpatialDropout(0.25), full(3, 100, 4, 5, 20), 1).data();
        double[] samples =
                trained(new StochasticDepth(0.25), full(3, 2000, 4, 5), 1).data();
        for (int i = 0; i < channels.length; i++) {
            assertThat(channels[i]).isEqualTo(channels[i / 400 * 400 + i % 20]).isIn(0.0, 4.0);
        }
        for (int i = 0; i < samples.length; i++) {
            assertThat(samples[i]).isEqualTo(samples[i / 20 * 20]).isIn(0.0, 4.0);
        }
        assertThat(Arrays.stream(channels).average().orElseThrow()).isCloseTo(3, Offset.offset(0.15));
        assertThat(Arrays.stream(samples).average().orElseThrow()).isCloseTo(3, Offset.offset(0.15));
    }

    @Test
    void slopesLieBetweenTheirBounds() {
        Layer layer = new Activate(new RRelu(0.25, 0.5));
        DoubleTensor y = trained(layer, full(-1, 100, 100), 1);
        assertThat(Arrays.stream(y.data())).allMatch(v -> v > -0.5 && v < -0.25);
        assertThat(mean(y)).isCloseTo(-0.375, Offset.offset(0.005));
        assertThat(trained(layer, full(7, 2, 2), 1).data()).containsOnly(7);
    }

    /** The mean of max(0, x + n) over the normal density of n, by a sum. */
    @Test
    void noiseHasTheVarianceOfALogisticUnit() {
        for (double x : new double[] {-3, 0, 2}) {
            double[] y =
                    trained(new Activate(new NoisyRelu()), full(x, 400, 500), 1).data();
            double s = Math.sqrt(1 / (1 + Math.exp(-x)));
            double expected = 0;
            for (double n = -8; n < 8; n += 1e-3) {
                expected += Math.max(0, x + s * n) * Math.exp(-n * n / 2) / Math.sqrt(2 * Math.PI) * 1e-3;
            }
            assertThat(Arrays.stream(y).average().orElseThrow()).isCloseTo(expected, Offset.offset(0.01));
            assertThat(Arrays.stream(y)).allMatch(v -> v >= 0);
        }
    }

    @Test
    void whatIsNotANumberStaysSo() {
        for (Layer layer : new Layer[] {new Activate(new RRelu()), new Activate(new NoisyRelu())}) {
            assertThat(trained(layer, full(Double.NaN, 2, 2), 1).data()).containsOnly(Double.NaN);
            assertThat(trained(layer, full(Double.POSITIVE_INFINITY, 2, 2), 1).data())
                    .containsOnly(Double.POSITIVE_INFINITY);
        }
        assertThat(trained(new Activate(new RRelu()), full(Double.NEGATIVE_INFINITY, 2, 2), 1)
                        .data())
                .containsOnly(Double.NEGATIVE_INFINITY);
        assertThat(trained(new Activate(new NoisyRelu()), full(Double.NEGATIVE_INFINITY, 2, 2), 1)
                        .data())
                .containsOnly(0);
    }

    @Test
    void ratesAreBelowOne() {
        refuses(() -> new SpatialDropout(1), "spatial_dropout: expected a rate from 0 to below 1, received 1.0");
        refuses(() -> new StochasticDepth(-0.5), "stochastic_depth: expected a rate from 0 to below 1, received -0.5");
    }
}
