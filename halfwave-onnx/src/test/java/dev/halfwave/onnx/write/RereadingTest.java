package dev.halfwave.onnx.write;

import static org.assertj.core.api.Assertions.assertThat;

import dev.halfwave.activation.Relu;
import dev.halfwave.graph.Parameters;
import dev.halfwave.nn.Dense;
import dev.halfwave.nn.Flatten;
import dev.halfwave.nn.Gru;
import dev.halfwave.nn.Layer;
import dev.halfwave.nn.Lstm;
import dev.halfwave.nn.Model;
import dev.halfwave.nn.Network;
import dev.halfwave.nn.Networks;
import dev.halfwave.nn.RandomNetworks;
import dev.halfwave.nn.Rnn;
import dev.halfwave.nn.Scan;
import dev.halfwave.nn.Sequential;
import dev.halfwave.onnx.OnnxModel;
import dev.halfwave.onnx.proto.ModelProto;
import dev.halfwave.tensor.Shape;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Our own files come back bit for bit. */
class RereadingTest {
    private static Optional<Model> reread(ModelProto written) {
        OnnxModel file = OnnxModel.of(written.toByteArray(), "written");
        return Rereading.of(file.proto(), name -> file.literal(name).tensor());
    }

    static void assertReturns(Network network, long seed) {
        Parameters parameters = Parameters.initialized(network.layout(), seed);
        ModelProto written = OnnxWriter.of(network, parameters, Map.of());
        Model model = reread(written).orElseThrow(() -> new AssertionError("seed " + seed));
        assertThat(model.network()).as("seed %d", seed).isEqualTo(network);
        assertThat(model.parameters().toMap()).as("seed %d", seed).isEqualTo(parameters.toMap());
        assertThat(OnnxWriter.of(model.network(), model.parameters(), Map.of()))
                .as("seed %d", seed)
                .isEqualTo(written);
    }

    @Test
    void randomNetworksReturn() {
        for (long seed = 0; seed < 100; seed++) {
            assertReturns(RandomNetworks.of(seed), seed);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"lenet", "keras-cnn", "mlp", "resnet-20", "mobilenet-v2", "squeezenet-1.1"})
    void wellKnownNetworksReturn(String name) {
        assertReturns(Networks.of(name, Shape.of(33, 33, 3), 7, new Relu()), 3);
    }

    @Test
    void recurrentNetworksReturn() {
        for (Layer layer : List.of(
                Rnn.of(5),
                Rnn.identity(4).allStates(),
                Lstm.of(3),
                Gru.of(6),
                Lstm.of(2).allStates())) {
            Layer rest = Sequential.of(layer, new Flatten(), Dense.of(3));
            assertReturns(Network.of("rows", Shape.of(5, 4, 2), Scan.rows(), rest), 5);
        }
        assertReturns(Networks.of("irnn", Shape.of(28, 28, 1), 10, new Relu()), 6);
    }

    @Test
    void classesReturn() {
        Network network = Networks.of("mlp", Shape.of(4, 4, 1), 2, new Relu());
        Parameters parameters = new Parameters(network.layout());
        ModelProto named = OnnxWriter.of(network, parameters, Map.of(OnnxWriter.CLASSES, "[\"cat\",\"dog\"]"));
        assertThat(reread(named)).get().extracting(Model::classes).isEqualTo(List.of("cat", "dog"));
        ModelProto nameless = OnnxWriter.of(network, parameters, Map.of());
        assertThat(reread(nameless)).get().extracting(Model::classes).isEqualTo(List.of("0", "1"));
    }

    @Test
    void aChangedFileIsAnothers() {
        Network network = Networks.of("mlp", Shape.of(4, 4, 1), 2, new Relu());
        ModelProto written = OnnxWriter.of(network, new Parameters(network.layout()), Map.of());
        ModelProto.Builder tanh = written.toBuilder();
        tanh.getGraphBuilder().getNodeBuilderList().stream()
                .filter(node -> node.getOpType().equals("Relu"))
                .forEach(node -> node.setOpType("Tanh"));
        assertThat(reread(tanh.build())).isEmpty();
        assertThat(reread(written.toBuilder().clearMetadataProps().build())).isEmpty();
        ModelProto.Builder damaged = written.toBuilder();
        damaged.getMetadataPropsBuilderList().stream()
                .filter(entry -> entry.getKey().equals(OnnxWriter.NETWORK))
                .forEach(entry -> entry.setValue("{"));
        assertThat(reread(damaged.build())).isEmpty();
    }
}
