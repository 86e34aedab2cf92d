package dev.halfwave.onnx.write;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.halfwave.activation.Relu;
import dev.halfwave.graph.Graph;
import dev.halfwave.graph.GraphBuilder;
import dev.halfwave.graph.Mode;
import dev.halfwave.graph.ParameterLayout;
import dev.halfwave.graph.Parameters;
import dev.halfwave.graph.Value;
import dev.halfwave.nn.BatchNorm;
import dev.halfwave.nn.Conv2d;
import dev.halfwave.nn.Dense;
import dev.halfwave.nn.Description;
import dev.halfwave.nn.Flatten;
import dev.halfwave.nn.Layer;
import dev.halfwave.nn.Model;
import dev.halfwave.nn.Network;
import dev.halfwave.onnx.proto.GraphProto;
import dev.halfwave.onnx.proto.ModelProto;
import dev.halfwave.onnx.proto.NodeProto;
import dev.halfwave.onnx.proto.StringStringEntryProto;
import dev.halfwave.onnx.proto.TensorProto;
import dev.halfwave.onnx.proto.ValueInfoProto;
import dev.halfwave.op.Activate;
import dev.halfwave.op.Dropout;
import dev.halfwave.op.Embed;
import dev.halfwave.tensor.Shape;
import dev.halfwave.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What stands in a written model. */
class OnnxWriterTest {
    private static final Network NETWORK = Network.of(
            "small",
            Shape.of(6, 8, 3),
            Conv2d.of(4, 3).activation(new Relu()),
            new BatchNorm(),
            new Flatten(),
            Dense.of(2));

    private static ModelProto written(IntFunction<Graph> graphs) {
        Parameters parameters = new Parameters(ParameterLayout.of(graphs.apply(2)));
        return OnnxWriter.of("graph", graphs.apply(2), graphs.apply(3), parameters, true, Map.of());
    }

    private static Graph graph(int batch, Layer layer) {
        GraphBuilder g = new GraphBuilder(Mode.INFERENCE);
        g.output("y", layer.apply(g, g.input("x", Shape.of(batch, 4))));
        return g.build();
    }

    private static List<String> dims(ValueInfoProto value) {
        return value.getType().getTensorType().getShape().getDimList().stream()
                .map(dim -> dim.hasDimParam() ? dim.getDimParam() : Long.toString(dim.getDimValue()))
                .toList();
    }

    private static Map<String, String> metadata(ModelProto model) {
        return model.getMetadataPropsList().stream()
                .collect(Collectors.toMap(StringStringEntryProto::getKey, StringStringEntryProto::getValue));
    }

    @Test
    void imagesAreChannelsFirstAndTheBatchIsOpen() {
        GraphProto graph = OnnxWriter.of(NETWORK, Parameters.initialized(NETWORK.layout(), 1), Map.of())
                .getGraph();
        assertThat(graph.getName()).isEqualTo("small");
        assertThat(graph.getInputList()).extracting(ValueInfoProto::getName).containsExactly("images");
        assertThat(dims(graph.getInput(0))).containsExactly("N", "3", "6", "8");
        assertThat(graph.getOutputList()).extracting(ValueInfoProto::getName).containsExactly("logits");
        assertThat(dims(graph.getOutput(0))).containsExactly("N", "2");
    }

    @Test
    void nodesAndWeightsHaveTheirNamesInTheNetwork() {
        GraphProto graph = OnnxWriter.of(NETWORK, Parameters.initialized(NETWORK.layout(), 1), Map.of())
                .getGraph();
        assertThat(graph.getNodeList())
                .extracting(NodeProto::getName)
                .containsExactly(
                        "conv2d_1.conv2d",
                        "conv2d_1.relu",
                        "batch_norm_1.frozen_batch_norm",
                        "flatten_1.reshape",
                        "dense_1.matmul");
        assertThat(graph.getInitializerList())
                .extracting(TensorProto::getName)
                .containsExactlyInAnyOrderElementsOf(NETWORK.layout().entries().stream()
                        .map(ParameterLayout.Entry::key)
                        .toList());
        assertThat(graph.getInitializer(0).getDimsList()).containsExactly(4L, 3L, 3L, 3L);
    }

    @Test
    void theFormatIsOneThatToolsKnow() {
        ModelProto model = OnnxWriter.of(NETWORK, Parameters.initialized(NETWORK.layout(), 1), Map.of());
        assertThat(model.getIrVersion()).isEqualTo(8);
        assertThat(model.getProducerName()).isEqualTo("halfwave");
        assertThat(model.getOpsetImportList()).hasSize(1);
        assertThat(model.getOpsetImport(0).getVersion()).isEqualTo(17);
    }

    @Test
    void aSavedModelSaysWhatItTakes(@TempDir Path directory) throws IOException {
        Path file = directory.resolve("model.onnx");
        Model model = Model.initialized(NETWORK, List.of("a \"quoted\" one", "two"), 1);
        OnnxWriter.save(model, file, Map.of("trained.on", "strokes"));
        ModelProto read = ModelProto.parseFrom(Files.readAllBytes(file));
        assertThat(metadata(read))
                .containsEntry("halfwave.classes", "[\"a \\\"quoted\\\" one\",\"two\"]")
                .containsEntry("halfwave.sample", "[6, 8, 3]")
                .containsEntry("halfwave.pixels", "0..1")
                .containsEntry("halfwave.network", Description.of(NETWORK))
                .containsEntry("trained.on", "strokes");
        try (Peer peer = new Peer(read)) {
            Tensor images = Tensor.zeros(Shape.of(5, 3, 6, 8));
            assertThat(peer.run(Map.of("images", images)).get("logits").shape()).isEqualTo(Shape.of(5, 2));
        }
    }

    @Test
    void theCallersMetadataWins(@TempDir Path directory) throws IOException {
        Path file = directory.resolve("model.onnx");
        OnnxWriter.save(Model.initialized(NETWORK, List.of("a", "b"), 1), file, Map.of("halfwave.pixels", "0..255"));
        assertThat(metadata(ModelProto.parseFrom(Files.readAllBytes(file)))).containsEntry("halfwave.pixels", "0..255");
    }

    @Test
    void aNetworkOfUnnamedLayersIsWrittenWithoutADescription() {
        Layer own = (g, x) -> g.add(new Activate(new Relu()), x);
        Network network = Network.of("own", Shape.of(4), own);
        assertThat(metadata(OnnxWriter.of(network, new Parameters(network.layout()), Map.of())))
                .containsOnlyKeys("halfwave.sample");
    }

    @Test
    void allNodesThatCannotBeWrittenAreListed() {
        Layer layer = (g, x) -> {
            Value half = g.add(new Dropout(0.5, 1), x);
            return g.add(new Embed(0, 0, 7), g.add(new Dropout(0.5, 2), half));
        };
        assertThatThrownBy(() -> written(batch -> graph(batch, layer)))
                .isInstanceOf(UnwritableException.class)
                .hasMessageContaining("graph: expected ops that ONNX has a form for, received 2 others")
                .hasMessageContaining("dropout (dropout): has no form in ONNX that Halfwave knows of")
                .hasMessageContaining("dropout_2 (dropout)")
                .hasMessageContaining("build the network for inference");
    }

    @Test
    void attributesThatFollowTheBatchAreRefused() {
        Layer layer = (g, x) -> g.add(new Embed(0, 0, 7 * x.shape().size(0)), x);
        assertThatThrownBy(() -> written(batch -> graph(batch, layer)))
                .isInstanceOfSatisfying(
                        UnwritableException.class,
                        refusal -> assertThat(refusal.nodes()).containsExactly("embed"))
                .hasMessageContaining("embed (embed): has attributes that follow the batch size");
    }

    @Test
    void constantsThatDifferFromSampleToSampleAreRefused() {
        Layer layer = (g, x) -> {
            Tensor ramp = Tensor.zeros(x.shape());
            for (int i = 0; i < ramp.data().length; i++) {
                ramp.data()[i] = i;
            }
            return g.add(new dev.halfwave.op.Add(), x, g.constant(ramp));
        };
        assertThatThrownBy(() -> written(batch -> graph(batch, layer)))
                .isInstanceOf(UnwritableException.class)
                .hasMessageContaining("add (add): expected a constant that is the same for every sample");
    }

    @Test
    void graphsOfDifferentNetworksAreRefused() {
        Layer relu = (g, x) -> g.add(new Activate(new Relu()), x);
        Layer none = (g, x) -> x;
        assertThatThrownBy(() -> written(batch -> graph(batch, batch == 2 ? relu : none)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "onnx: expected a network of the same ops at every batch size, received 2 nodes at 2 and 1 at 3");
    }
}
