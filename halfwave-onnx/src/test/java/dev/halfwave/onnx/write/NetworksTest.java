package dev.halfwave.onnx.write;

import static org.assertj.core.api.Assertions.assertThat;

import dev.halfwave.activation.Relu;
import dev.halfwave.activation.Relu6;
import dev.halfwave.nn.Network;
import dev.halfwave.nn.Networks;
import dev.halfwave.nn.RandomNetworks;
import dev.halfwave.onnx.proto.ModelProto;
import dev.halfwave.onnx.proto.NodeProto;
import dev.halfwave.tensor.Shape;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whole networks in ONNX Runtime. */
class NetworksTest {
    private static List<String> operators(ModelProto model) {
        return model.getGraph().getNodeList().stream().map(NodeProto::getOpType).toList();
    }

    @ParameterizedTest
    @CsvSource({
        "lenet, 28, 1",
        "keras-cnn, 28, 1",
        "mlp, 28, 1",
        "vgg-small, 32, 3",
        "vgg-11, 32, 3",
        "vgg-16, 32, 3",
        "resnet-20, 32, 3",
        "resnet-18, 33, 3",
        "resnet-34, 32, 3",
        "resnet-50, 32, 3",
        "mobilenet-v1, 32, 3",
        "mobilenet-v2, 33, 3",
        "squeezenet-1.1, 33, 3",
        "irnn, 28, 1"
    })
    void wellKnownNetworksAgreeWithoutATranspose(String name, int size, int channels) {
        ModelProto model = Agreement.of(
                Networks.of(name, Shape.of(size, size, channels), 10, name.equals("irnn") ? new Relu() : new Relu6()),
                1);
        if (!name.equals("mlp") && !name.equals("irnn")) { // both read images as something else
            assertThat(operators(model)).doesNotContain("Transpose", "Reshape");
        }
    }

    @Test
    void everyNetworkOfTheZooIsTested() throws NoSuchMethodException {
        CsvSource tested = NetworksTest.class
                .getDeclaredMethod("wellKnownNetworksAgreeWithoutATranspose", String.class, int.class, int.class)
                .getAnnotation(CsvSource.class);
        assertThat(tested.value())
                .extracting(row -> row.substring(0, row.indexOf(',')))
                .containsExactlyElementsOf(Networks.names());
    }

    @Test
    void lenetIsWrittenAsOthersWriteIt() {
        Network network = Networks.of("lenet", Shape.of(28, 28, 1), 10, new Relu());
        assertThat(operators(Agreement.of(network, 2)))
                .containsExactly(
                        "Conv", "Relu", "MaxPool", "Conv", "Relu", "MaxPool", "Flatten", "Gemm", "Relu", "Gemm", "Relu",
                        "Gemm");
    }

    @Test
    void randomNetworksAgree() {
        for (long seed = 0; seed < 200; seed++) {
            Agreement.of(RandomNetworks.of(seed), seed);
        }
    }
}
