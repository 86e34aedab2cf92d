package dev.halfwave.bench.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.halfwave.activation.Relu;
import dev.halfwave.activation.Softplus;
import dev.halfwave.graph.Mode;
import dev.halfwave.graph.Parameters;
import dev.halfwave.nn.Activate;
import dev.halfwave.nn.BatchNorm;
import dev.halfwave.nn.Conv2d;
import dev.halfwave.nn.Dense;
import dev.halfwave.nn.Flatten;
import dev.halfwave.nn.Layer;
import dev.halfwave.nn.MaxPool2d;
import dev.halfwave.nn.Network;
import dev.halfwave.nn.Padding;
import dev.halfwave.nn.Residual;
import dev.halfwave.tensor.Shape;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import org.junit.jupiter.api.Test;

class OnnxModelTest {
    private static final Shape SAMPLE = Shape.of(4, 6, 2);

    private static Message message(Layer... layers) {
        Network network = Network.of("n", SAMPLE, layers);
        Parameters parameters = Parameters.initialized(network.layout(), 7);
        return OnnxModel.message(network.graph(3, Mode.INFERENCE), parameters);
    }

    private static Fields graph(Layer... layers) throws IOException {
        return Fields.of(message(layers)).message(7);
    }

    @Test
    void namesItsVersionsInputAndOutput() throws IOException {
        Fields model = Fields.of(message(new Flatten(), Dense.of(300)));
        assertThat(model.numbers(1)).containsExactly(8L);
        assertThat(model.message(8).numbers(2)).containsExactly(17L);
        Fields graph = model.message(7);
        assertThat(graph.message(11).texts(1)).containsExactly(Network.INPUT);
        assertThat(sizes(graph.message(11))).containsExactly(3L, 2L, 4L, 6L);
        assertThat(graph.message(12).texts(1)).containsExactly(Network.LOGITS);
        assertThat(sizes(graph.message(12))).containsExactly(3L, 300L);
    }

    private static List<Long> sizes(Fields value) {
        return value.message(2).message(1).message(2).messages(1).stream()
                .map(dim -> dim.numbers(1).get(0))
                .toList();
    }

    @Test
    void saysEachLayerOnceWithItsBias() throws IOException {
        Layer branch = Conv2d.of(2, 3).padding(Padding.SAME).withoutBias();
        Fields graph =
                graph(Residual.of(branch, new Relu()), new BatchNorm(), MaxPool2d.of(2), new Flatten(), Dense.of(5));
        assertThat(graph.messages(1).stream().flatMap(node -> node.texts(4).stream()))
                .containsExactly("Conv", "Add", "Relu", "BatchNormalization", "MaxPool", "Flatten", "Gemm", "Identity");
        assertThat(graph.messages(1).get(6).texts(1)).containsExactly("flatten_6", "dense_1.weights", "dense_1.bias");
    }

    @Test
    void movesTheWindowAsTheLayerSays() throws IOException {
        Fields node = graph(Conv2d.of(4, 3).stride(2).padding(Padding.SAME).groups(2), new Flatten())
                .messages(1)
                .get(0);
        assertThat(attribute(node, "strides").numbers(8)).containsExactly(2L, 2L);
        assertThat(attribute(node, "pads").numbers(8)).containsExactly(0L, 0L, 1L, 1L);
        assertThat(attribute(node, "group").numbers(3)).containsExactly(2L);
    }

    private static Fields attribute(Fields node, String name) {
        return node.messages(5).stream()
                .filter(attribute -> attribute.texts(1).contains(name))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void turnsFiltersToChannelsFirst() throws IOException {
        Network network = Network.of("n", SAMPLE, Conv2d.of(5, 3).withoutBias(), new Flatten());
        Parameters parameters = Parameters.initialized(network.layout(), 7);
        Fields tensor = Fields.of(OnnxModel.message(network.graph(1, Mode.INFERENCE), parameters))
                .message(7)
                .message(5);
        assertThat(tensor.numbers(1)).containsExactly(5L, 2L, 3L, 3L);
        ByteBuffer raw = ByteBuffer.wrap(tensor.bytes(9).get(0)).order(ByteOrder.LITTLE_ENDIAN);
        float expected = parameters.get("conv2d_1.filters").at(2, 1, 0, 4);
        assertThat(raw.asFloatBuffer().get(((4 * 2 + 0) * 3 + 2) * 3 + 1)).isEqualTo(expected);
    }

    @Test
    void refusesWhatItCannotSay() {
        assertThatThrownBy(() -> message(new Activate(new Softplus())))
                .isInstanceOf(UnsupportedOperationException.class)
                .hasMessage("onnx: no translation for activation softplus; add its line to OnnxTarget");
    }
}
