package dev.halfwave.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.halfwave.activation.Prelu;
import dev.halfwave.activation.Relu;
import dev.halfwave.graph.Parameters;
import dev.halfwave.tensor.Shape;
import org.junit.jupiter.api.Test;

class NetworksTest {
    private static final Shape MNIST = Shape.of(28, 28, 1);

    private static long count(String name) {
        Network network = Networks.of(name, MNIST, 10, new Relu());
        return new Parameters(network.layout()).trainableCount();
    }

    @Test
    void parameterCountsAreThoseOfTheArchitectures() {
        assertThat(count("lenet")).isEqualTo(61_706);
        // 320 + 64 + 18,496 + 128 + 1,179,776 + 1,290
        assertThat(count("keras-cnn")).isEqualTo(1_200_074);
        assertThat(count("mlp")).isEqualTo(101_770);
        assertThat(count("irnn")).isEqualTo(100 + 10_000 + 100 + 1_010);
    }

    @Test
    void preluGivesEveryChannelASlope() {
        Network network = Networks.of("mlp", MNIST, 10, new Prelu());
        assertThat(new Parameters(network.layout()).trainableCount()).isEqualTo(101_770 + 128);
    }

    @Test
    void unknownNamesAndImpossibleShapesAreRefusedWhenTheNetworkIsMade() {
        assertThatThrownBy(() -> Networks.of("lenett", MNIST, 10, new Relu()))
                .hasMessageStartingWith(
                        "unknown model \"lenett\": did you mean \"lenet\"? Known: lenet, keras-cnn, mlp, vgg-small, ");
        assertThatThrownBy(() -> Networks.of("lenet", Shape.of(4, 4, 1), 10, new Relu()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(
                        "conv2d_2.conv2d: expected an axis of at least 5 for a window of 5, received 2");
        assertThatThrownBy(() -> Network.of("x", MNIST, new Flatten(), Conv2d.of(8, 3)))
                .hasMessage("conv2d_1: expected images [N, H, W, C], received [1, 784]; declare the input as [H, W, C],"
                        + " and put a Flatten only behind the last conv2d");
        assertThatThrownBy(() -> Network.of("x", MNIST, Dense.of(3)))
                .hasMessage("dense_1: expected rows [N, C], received [1, 28, 28, 1]; put a Flatten in front");
    }
}
