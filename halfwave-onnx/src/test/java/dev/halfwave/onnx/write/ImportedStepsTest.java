package dev.halfwave.onnx.write;

import static org.assertj.core.api.Assertions.assertThat;

import dev.halfwave.activation.Relu6;
import dev.halfwave.graph.Graph;
import dev.halfwave.graph.Mode;
import dev.halfwave.graph.Parameters;
import dev.halfwave.graph.Source;
import dev.halfwave.nn.Network;
import dev.halfwave.nn.Networks;
import dev.halfwave.onnx.Classifier;
import dev.halfwave.onnx.OnnxModel;
import dev.halfwave.rewrite.Rewriter;
import dev.halfwave.rewrite.Rules;
import dev.halfwave.tensor.Shape;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is written and read as a file of others has as much to do for each image as what was built. */
class ImportedStepsTest {
    private static List<String> steps(Network network) {
        Graph graph = new Rewriter(Rules.standard()).apply(network.graph(2, Mode.INFERENCE));
        return graph.nodes().stream()
                .filter(node -> !(node.op() instanceof Source) && !node.isLasting())
                .map(node -> node.op().getClass().getSimpleName()
                        + node.inputShapes()
                        + node.output().shape())
                .toList();
    }

    @ParameterizedTest
    @CsvSource({
        "lenet, 28, 1",
        "keras-cnn, 28, 1",
        "vgg-11, 64, 3",
        "resnet-18, 33, 3",
        "resnet-50, 32, 3",
        "mobilenet-v2, 33, 3",
        "squeezenet-1.1, 33, 3"
    })
    void importsHaveTheStepsOfTheirNetworks(String name, int size, int channels) {
        Network network = Networks.of(name, Shape.of(size, size, channels), 10, new Relu6());
        byte[] written = OnnxWriter.of(network, new Parameters(network.layout()), Map.of())
                .toByteArray();
        Network imported = Classifier.of(OnnxModel.of(written, "written")).network();
        assertThat(steps(imported)).containsExactlyInAnyOrderElementsOf(steps(network));
    }
}
