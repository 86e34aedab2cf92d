package dev.halfwave.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.halfwave.activation.Elu;
import dev.halfwave.activation.Relu;
import dev.halfwave.nn.init.He;
import dev.halfwave.tensor.Shape;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DescriptionTest {
    @Test
    void randomNetworksSurviveTheRoundTrip() {
        for (long seed = 0; seed < 100; seed++) {
            Network network = RandomNetworks.of(seed);
            assertThat(Description.parse(Description.of(network)))
                    .as("seed " + seed)
                    .isEqualTo(network);
        }
    }

    @Test
    void everyComponentIsKept() {
        Network network = Network.of(
                "all",
                Shape.of(9, 8, 4),
                new Conv2d(
                        8,
                        3,
                        2,
                        2,
                        1,
                        2,
                        new Padding(Padding.Kind.EXPLICIT, 1, 2, 0, 1),
                        false,
                        new Elu(0.5),
                        new He(1)),
                new Flatten(),
                Dense.of(2).activation(new Relu()));
        assertThat(Description.parse(Description.of(network))).isEqualTo(network);
    }

    @Test
    void everyLayerTypeHasAName() {
        assertThat(Layers.known().values())
                .contains(Sequential.class, Conv2d.class, Dense.class, Residual.class, Concat.class, Softmax.class);
        Layers.known().forEach((name, type) -> assertThat(Layers.type(name)).isEqualTo(type));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "[]", "3", "{\"name\": \"x\"}", "{\"name\": \"x\", \"sample\": [1], \"body\": 7}"})
    void otherTextIsRefused(String text) {
        assertThatThrownBy(() -> Description.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("description: expected");
    }

    @Test
    void anUnknownLayerIsNamedWithTheNearest() {
        String text = "{\"name\": \"x\", \"sample\": [1], \"body\": {\"type\": \"sequental\", \"layers\": []}}";
        assertThatThrownBy(() -> Description.parse(text))
                .hasMessageContaining("unknown layer \"sequental\": did you mean \"sequential\"?");
    }
}
