package dev.halfwave.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.halfwave.activation.Activation;
import dev.halfwave.activation.Activations;
import dev.halfwave.activation.Relu;
import dev.halfwave.graph.Parameters;
import dev.halfwave.kernel.WorkerPool;
import dev.halfwave.tensor.Shape;
import dev.halfwave.tensor.Tensor;
import java.util.Map;
import java.util.SplittableRandom;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LayerSequentialUnitVarianceTest {
    private static Network deep(Activation f) {
        return Network.of(
                "deep",
                Shape.of(9, 9, 2),
                Conv2d.of(8, 3).activation(f),
                Residual.of(Conv2d.of(8, 3).padding(Padding.SAME).activation(f), f),
                SeparableConv2d.of(12, 3).activation(f),
                ConvTranspose2d.of(6, 3).activation(f),
                new Dropout(0.25),
                new Flatten(),
                Dense.of(20).activation(f),
                Dense.of(5));
    }

    private static Tensor images() {
        SplittableRandom random = new SplittableRandom(2);
        Tensor images = Tensor.zeros(Shape.of(64, 9, 9, 2));
        for (int i = 0; i < images.data().length; i++) {
            images.data()[i] = 3 + 5 * (float) random.nextGaussian();
        }
        return images;
    }

    private static Map<String, Double> start(Network network, Parameters parameters, int threads) {
        try (WorkerPool pool = new WorkerPool(threads)) {
            return new LayerSequentialUnitVariance().start(network, parameters, images(), 3, pool);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"relu", "tanh", "selu", "gelu", "rrelu", "noisy-relu", "sigmoid"})
    void everyLayerEndsWithUnitVariance(String activation) {
        Network network = deep(Activations.of(activation));
        Parameters parameters = Parameters.initialized(network.layout(), 1);
        Map<String, Double> variances = start(network, parameters, 2);
        assertThat(variances.keySet())
                .containsExactly(
                        "conv2d_1.filters",
                        "residual_1.conv2d_1.filters",
                        "separable_conv2d_1.conv2d_1.filters",
                        "separable_conv2d_1.conv2d_2.filters",
                        "conv_transpose2d_1.filters",
                        "dense_1.weights",
                        "dense_2.weights");
        assertThat(variances.values()).allSatisfy(v -> assertThat(v).isCloseTo(1, Offset.offset(0.01)));
    }

    /** Columns stay orthogonal, of one length, since a layer is scaled as a whole; biases stay as they are. */
    @Test
    void weightsAreOrthogonalAndTheSameOnAnyNumberOfThreads() {
        Network network = deep(new Relu());
        Parameters parameters = Parameters.initialized(network.layout(), 1);
        start(network, parameters, 1);
        Tensor weights = parameters.get("dense_2.weights");
        double length = product(weights, 0, 0);
        for (int i = 0; i < 5; i++) {
            for (int j = 0; j < 5; j++) {
                assertThat(product(weights, i, j)).isCloseTo(i == j ? length : 0, Offset.offset(1e-5 * length));
            }
        }
        assertThat(parameters.get("dense_2.bias").data()).containsOnly(0);
        Parameters others = Parameters.initialized(network.layout(), 77);
        start(network, others, 3);
        assertThat(others.data()).containsExactly(parameters.data());
    }

    private static double product(Tensor weights, int i, int j) {
        double sum = 0;
        for (int row = 0; row < 20; row++) {
            sum += (double) weights.at(row, i) * weights.at(row, j);
        }
        return sum;
    }

    @Test
    void aLayerThatGivesNothingIsLeftAlone() {
        Network network = Network.of("two", Shape.of(4), Dense.of(3).activation(new Relu()), Dense.of(2));
        Parameters parameters = Parameters.initialized(network.layout(), 1);
        parameters.set("dense_1.bias", Tensor.full(Shape.of(3), -1e6f));
        Tensor rows = Tensor.of(Shape.of(2, 4), 1, 2, 3, 4, 4, 3, 2, 1);
        Map<String, Double> variances =
                new LayerSequentialUnitVariance().start(network, parameters, rows, 3, WorkerPool.shared());
        assertThat(variances.get("dense_1.weights")).isCloseTo(1, Offset.offset(0.01));
        assertThat(variances).containsEntry("dense_2.weights", 0.0);
    }

    @Test
    void misfitsAreNamed() {
        assertThatThrownBy(() -> new LayerSequentialUnitVariance(0, 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("lsuv: expected a tolerance above 0 and 1 trial or more, received 0.0 and 1");
        Network network = deep(new Relu());
        assertThatThrownBy(() -> new LayerSequentialUnitVariance()
                        .start(
                                network,
                                new Parameters(network.layout()),
                                Tensor.zeros(Shape.of(2, 3, 3, 1)),
                                1,
                                WorkerPool.shared()))
                .hasMessage("images: expected shape [2, 9, 9, 2], received [2, 3, 3, 1]");
    }
}
