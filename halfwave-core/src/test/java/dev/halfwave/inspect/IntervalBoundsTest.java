package dev.halfwave.inspect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.halfwave.activation.Relu;
import dev.halfwave.bounds.Bounds;
import dev.halfwave.graph.GraphBuilder;
import dev.halfwave.graph.Interpreter;
import dev.halfwave.graph.Node;
import dev.halfwave.graph.Source;
import dev.halfwave.graph.Value;
import dev.halfwave.nn.Conv2d;
import dev.halfwave.nn.Dense;
import dev.halfwave.nn.Flatten;
import dev.halfwave.nn.GlobalAvgPool2d;
import dev.halfwave.nn.Layer;
import dev.halfwave.nn.Model;
import dev.halfwave.nn.Network;
import dev.halfwave.nn.RandomNetworks;
import dev.halfwave.op.Dropout;
import dev.halfwave.tensor.DoubleTensor;
import dev.halfwave.tensor.Shape;
import dev.halfwave.tensor.Tensor;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IntervalBoundsTest {
    @Test
    void boundsASmallNetworkAsByHand() {
        Model model = Model.initialized(
                Network.of(
                        "small", Shape.of(1, 2, 1), new Flatten(), Dense.of(3).activation(new Relu()), Dense.of(1)),
                List.of("a"),
                1);
        model.parameters().set("dense_1.weights", Tensor.of(Shape.of(2, 3), 1, -1, 2, -2, -1, 1));
        model.parameters().set("dense_1.bias", Tensor.of(Shape.of(3), 1, -0.5f, 0.25f));
        model.parameters().set("dense_2.weights", Tensor.of(Shape.of(3, 1), 1, 5, -1));
        model.parameters().set("dense_2.bias", Tensor.of(Shape.of(1), 10));

        IntervalBounds bounds = IntervalBounds.of(model, 0, 1);

        // z0 = 1 + x0 − 2·x1 in [−1, 2]; z1 = −½ − x0 − x1 in [−2½, −½]; z2 = ¼ + 2·x0 + x1 in [¼, 3¼]
        ProvedLayer layer = bounds.layers().get(0);
        assertThat(layer.name()).isEqualTo("dense_1.relu");
        assertThat(layer.off()).containsExactly(false, true, false);
        assertThat(layer.on()).containsExactly(false, false, true);
        Bounds logit = bounds.of(bounds.graph().output(Network.LOGITS));
        assertThat(logit.low().data()[0]).isCloseTo(10 + 0 - 3.25, within(1e-9));
        assertThat(logit.high().data()[0]).isCloseTo(10 + 2 - 0.25, within(1e-9));
    }

    @Test
    void provesAChannelDeadInAllPlacesOnly() {
        Model model = Model.initialized(
                Network.of(
                        "channels",
                        Shape.of(3, 3, 1),
                        Conv2d.of(2, 2).activation(new Relu()),
                        new GlobalAvgPool2d(),
                        Dense.of(1)),
                List.of("a"),
                1);
        model.parameters().set("conv2d_1.filters", Tensor.full(Shape.of(2, 2, 1, 2), 1));
        model.parameters().set("conv2d_1.bias", Tensor.of(Shape.of(2), -4.5f, -3.5f));

        assertThat(IntervalBounds.of(model, 0, 1).layers().get(0).off()).containsExactly(true, false);
        assertThat(IntervalBounds.of(model, 0, 2).layers().get(0).off())
                .as("a wider range proves less")
                .containsExactly(false, false);
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19})
    void allValuesOfAllImagesLieWithin(long seed) {
        Network network = RandomNetworks.of(seed);
        Model model = Model.initialized(network, List.of("a", "b", "c"), seed);
        SplittableRandom random = new SplittableRandom(seed);
        EffectiveMapsTest.shake(model, random);
        IntervalBounds bounds = IntervalBounds.of(model, 0, 1);
        Map<String, DoubleTensor> sources = new HashMap<>();
        model.parameters().toMap().forEach((key, value) -> sources.put(key, DoubleTensor.of(value)));

        for (int i = 0; i < 20; i++) {
            Tensor image = EffectiveMapsTest.draw(network.sample().prepend(1), random);
            for (int j = 0; i % 2 == 1 && j < image.data().length; j++) {
                image.data()[j] = Math.round(image.data()[j]); // corners of the range
            }
            sources.put(Network.INPUT, DoubleTensor.of(image));
            Interpreter run = new Interpreter(bounds.graph(), sources, 0);
            for (Node node : bounds.graph().nodes()) {
                if (!(node.op() instanceof Source)) {
                    Value value = node.output();
                    assertThat(bounds.of(value).cover(run.get(value)))
                            .as("seed %d, image %d, %s", seed, i, node.name())
                            .isTrue();
                }
            }
        }
    }

    @Test
    void refusesWhatItHasNoRuleFor() {
        Layer noise = new Layer() {
            @Override
            public Value apply(GraphBuilder g, Value x) {
                return g.add(new Dropout(0.5, 1), x);
            }
        };
        Model model = Model.initialized(
                Network.of("noisy", Shape.of(1, 1, 1), noise, new Flatten(), Dense.of(1)), List.of("a"), 1);

        assertThatThrownBy(() -> IntervalBounds.of(model, 0, 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("dropout: expected an op with a rule for bounds, received dropout; bounds follow"
                        + " convolutions, dense layers, batch norm, pooling, sums, shapes and activations");
        assertThatThrownBy(() -> IntervalBounds.of(model, 1, 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("bounds: expected a range of pixels, received 1.0 to 0.0");
    }
}
