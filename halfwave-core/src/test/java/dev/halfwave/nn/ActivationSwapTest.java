package dev.halfwave.nn;

import static org.assertj.core.api.Assertions.assertThat;

import dev.halfwave.activation.LeakyRelu;
import dev.halfwave.activation.Prelu;
import dev.halfwave.activation.Relu;
import dev.halfwave.activation.Tanh;
import dev.halfwave.graph.ParameterLayout;
import dev.halfwave.tensor.Shape;
import java.util.List;
import org.junit.jupiter.api.Test;

class ActivationSwapTest {
    private static final LeakyRelu LEAKY = new LeakyRelu(0.1);

    private static final Network NETWORK = Network.of(
            "mixed",
            Shape.of(8, 8, 2),
            Conv2d.of(4, 3).activation(new Relu()),
            new Activate(new Relu()),
            Residual.of(Conv2d.of(4, 3).padding(Padding.SAME).activation(new Relu()), new Relu()),
            new Activate(new Relu()),
            new Flatten(),
            Dense.of(5).activation(new Tanh()),
            Dense.of(3));

    @Test
    void replacesTheOneThatWasNamed() {
        Network changed = NETWORK.withActivation("residual_1.relu", LEAKY).orElseThrow();
        Sequential body = (Sequential) changed.body();
        Residual residual = (Residual) body.layers().get(2);
        assertThat(residual.activation()).isEqualTo(LEAKY);
        assertThat(residual.body())
                .isEqualTo(Conv2d.of(4, 3).padding(Padding.SAME).activation(new Relu()));
        Sequential before = (Sequential) NETWORK.body();
        for (int i : List.of(0, 1, 3, 4, 5, 6)) {
            assertThat(body.layers().get(i)).isEqualTo(before.layers().get(i));
        }
    }

    @Test
    void everyActivationCanBeReplacedByItsName() {
        List<String> names = List.of(
                "conv2d_1.relu",
                "relu_1.relu",
                "residual_1.conv2d_1.relu",
                "residual_1.relu",
                "relu_2.relu",
                "dense_1.tanh");
        for (String name : names) {
            Network changed = NETWORK.withActivation(name, LEAKY).orElseThrow();
            assertThat(changed).as(name).isNotEqualTo(NETWORK);
            assertThat(Description.parse(Description.of(changed))).as(name).isEqualTo(changed);
            assertThat(keys(changed)).as(name).isEqualTo(keys(NETWORK));
        }
    }

    @Test
    void isEmptyWhereThereIsNothingToReplaceOrParametersWouldChange() {
        assertThat(NETWORK.withActivation("dense_2.relu", LEAKY)).isEmpty();
        assertThat(NETWORK.withActivation("conv2d_1.bias_add", LEAKY)).isEmpty();
        assertThat(NETWORK.withActivation("conv2d_1.relu", new Prelu(0.25))).isEmpty();
    }

    private static List<String> keys(Network network) {
        return network.layout().entries().stream()
                .map(ParameterLayout.Entry::key)
                .toList();
    }
}
