package dev.halfwave.inspect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.halfwave.activation.LeakyRelu;
import dev.halfwave.activation.Prelu;
import dev.halfwave.activation.Relu;
import dev.halfwave.kernel.WorkerPool;
import dev.halfwave.nn.BatchNorm;
import dev.halfwave.nn.Conv2d;
import dev.halfwave.nn.Dense;
import dev.halfwave.nn.Dropout;
import dev.halfwave.nn.Flatten;
import dev.halfwave.nn.Model;
import dev.halfwave.nn.Network;
import dev.halfwave.tensor.Shape;
import dev.halfwave.tensor.Tensor;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Every expected number here was computed by hand. */
class ActivatedLayersTest {
    private static final Tensor IMAGE = Tensor.of(Shape.of(2, 3, 1), 1, 2, 3, 4, 5, 6);

    private final Model model = Model.initialized(
            Network.of(
                    "tiny",
                    Shape.of(2, 3, 1),
                    Conv2d.of(2, 2).activation(new Relu()),
                    new BatchNorm(),
                    new Flatten(),
                    new Dropout(0.5),
                    Dense.of(6).activation(new LeakyRelu(0.5)),
                    Dense.of(5).activation(new Prelu()),
                    Dense.of(2)),
            List.of("even", "odd"),
            7);

    @Test
    void takesALayerBeforeAndAfterItsActivation() {
        // Filter 0 adds the four pixels; filter 1 takes the lower two from the upper two. Biases −20 and 1.
        model.parameters().set("conv2d_1.filters", Tensor.of(Shape.of(2, 2, 1, 2), 1, 1, 1, 1, 1, -1, 1, -1));
        model.parameters().set("conv2d_1.bias", Tensor.of(Shape.of(2), -14, 7));

        Rectification layer = rectify("conv2d_1");

        assertThat(layer.featureMap()).isEqualTo(Tensor.of(Shape.of(1, 2, 2), -2, 1, 2, 1));
        assertThat(layer.rectified()).isEqualTo(Tensor.of(Shape.of(1, 2, 2), 0, 1, 2, 1));
        assertThat(layer.cutShare()).isEqualTo(0.25);
        assertThat(layer.activation()).isEqualTo("relu");
        assertThat(layer.channels()).isEqualTo(2);
        assertThat(layer.channel(0).featureMap()).isEqualTo(Tensor.of(Shape.of(1, 2, 1), -2, 2));
        assertThat(layer.channel(0).cutShare()).isEqualTo(0.5);
        assertThat(layer.channel(1).rectified()).isEqualTo(Tensor.of(Shape.of(1, 2, 1), 1, 1));
    }

    @Test
    void laysOutLayersWithoutHeightAndWidth() {
        model.parameters().set("dense_1.weights", Tensor.zeros(Shape.of(4, 6)));
        model.parameters().set("dense_1.bias", Tensor.of(Shape.of(6), 0, 1, -2, 3, -4, 5));
        model.parameters().set("dense_2.weights", Tensor.zeros(Shape.of(6, 5)));
        model.parameters().set("dense_2.bias", Tensor.of(Shape.of(5), 1, 2, -3, 4, 5));

        Rectification dense = rectify("dense_1");
        assertThat(dense.featureMap()).isEqualTo(Tensor.of(Shape.of(2, 3, 1), 0, 1, -2, 3, -4, 5));
        assertThat(dense.rectified()).isEqualTo(Tensor.of(Shape.of(2, 3, 1), 0, 1, -1, 3, -2, 5));
        assertThat(dense.activation()).isEqualTo("leaky-relu(0.5)");
        assertThat(rectify("dense_2").rectified()).isEqualTo(Tensor.of(Shape.of(1, 5, 1), 1, 2, -0.75f, 4, 5));
        assertThat(rectify("dense_2").activation()).isEqualTo("prelu");
    }

    @Test
    void refusesLayersAndChannelsThatAreNotThere() {
        assertThat(ActivatedLayers.of(model).names()).containsExactly("conv2d_1", "dense_1", "dense_2");
        assertThatThrownBy(() -> rectify("conv2_1"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("unknown layer with an activation \"conv2_1\": did you mean \"conv2d_1\"?"
                        + " Known: conv2d_1, dense_1, dense_2");
        Rectification layer = rectify("conv2d_1");
        assertThatThrownBy(() -> layer.channel(2))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("channel: expected 0 to 1, received 2; there are 2, counted from 0");
    }

    @Test
    void summarizesLayers() {
        assertThat(LayerSummary.of(model.network()))
                .containsExactly(
                        new LayerSummary("conv2d_1", List.of("conv2d", "bias_add", "relu"), Shape.of(1, 2, 2), 10, 0),
                        new LayerSummary("batch_norm_1", List.of("batch_norm"), Shape.of(1, 2, 2), 4, 4),
                        new LayerSummary("flatten_1", List.of("reshape"), Shape.of(4), 0, 0),
                        new LayerSummary("dropout_1", List.of("dropout"), Shape.of(4), 0, 0),
                        new LayerSummary("dense_1", List.of("matmul", "bias_add", "leaky_relu"), Shape.of(6), 30, 0),
                        new LayerSummary("dense_2", List.of("matmul", "bias_add", "prelu"), Shape.of(5), 40, 0),
                        new LayerSummary("dense_3", List.of("matmul", "bias_add"), Shape.of(2), 12, 0));
    }

    private Rectification rectify(String layer) {
        return ActivatedLayers.of(model).rectify(layer, IMAGE, WorkerPool.shared());
    }
}
