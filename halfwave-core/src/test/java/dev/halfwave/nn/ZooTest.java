package dev.halfwave.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.halfwave.activation.Activations;
import dev.halfwave.activation.Relu;
import dev.halfwave.compile.Compiler;
import dev.halfwave.compile.Session;
import dev.halfwave.graph.Graph;
import dev.halfwave.graph.Interpreter;
import dev.halfwave.graph.Mode;
import dev.halfwave.graph.Node;
import dev.halfwave.graph.ParameterLayout;
import dev.halfwave.graph.Parameters;
import dev.halfwave.op.Conv2d;
import dev.halfwave.op.MaxPool2d;
import dev.halfwave.tensor.DoubleTensor;
import dev.halfwave.tensor.Shape;
import dev.halfwave.tensor.Tensor;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Holds the networks known from papers against what is published about them. No numbers are drawn for the large ones.
 */
class ZooTest {
    private static final Shape IMAGENET = Shape.of(224, 224, 3);
    private static final Shape CIFAR = Shape.of(32, 32, 3);

    private static Network imageNet(String name, String activation) {
        return Networks.of(name, IMAGENET, 1000, Activations.of(activation));
    }

    private static long trainable(Network network) {
        return network.layout().entries().stream()
                .map(ParameterLayout.Entry::parameter)
                .filter(parameter -> parameter.trainable())
                .mapToLong(parameter -> parameter.shape().elements())
                .sum();
    }

    @ParameterizedTest
    @CsvSource({
        "resnet-18,      relu,  11689512",
        "resnet-34,      relu,  21797672",
        "resnet-50,      relu,  25557032",
        "vgg-11,         relu, 132863336",
        "vgg-16,         relu, 138357544",
        "mobilenet-v1,   relu6,  4231976",
        "mobilenet-v2,   relu6,  3504872",
        "squeezenet-1.1, relu,   1235496"
    })
    void parameterCountsAreThePublishedOnes(String name, String activation, long count) {
        Network network = imageNet(name, activation);
        assertThat(network.name()).isEqualTo(name);
        assertThat(trainable(network)).isEqualTo(count);
        assertThat(network.output()).isEqualTo(Shape.of(1000));
    }

    /** For ResNet-20: 269,722 with option A, and 512 + 2,048 filters and 192 scales and shifts of projections. */
    @ParameterizedTest
    @CsvSource({"resnet-20, 272474", "vgg-small, 4692426"})
    void smallNetworksHaveTheParametersOfTheirLayers(String name, long count) {
        assertThat(trainable(Networks.of(name, CIFAR, 10, new Relu()))).isEqualTo(count);
    }

    /** A stride in the wrong place shows in the first convolution's output, in one in the middle, or in the last. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "resnet-18      | 20 | 112 112 64 | 56 56 64  | 7 7 512",
                "resnet-50      | 53 | 112 112 64 | 56 56 256 | 7 7 2048",
                "vgg-16         | 13 | 224 224 64 | 56 56 256 | 14 14 512",
                "mobilenet-v1   | 27 | 112 112 32 | 56 56 128 | 7 7 1024",
                "mobilenet-v2   | 52 | 112 112 32 | 56 56 24  | 7 7 1280",
                "squeezenet-1.1 | 26 | 111 111 64 | 55 55 64 | 13 13 1000"
            })
    void imagesShrinkWhereTheTablesSay(String name, int convolutions, String first, String middle, String last) {
        List<Shape> outputs = imageNet(name, "relu").graph(1, Mode.INFERENCE).nodes().stream()
                .filter(node -> node.op() instanceof Conv2d)
                .map(node -> node.output().shape().dropFirst())
                .toList();
        assertThat(outputs).hasSize(convolutions);
        assertThat(outputs.get(0)).isEqualTo(shape(first));
        assertThat(outputs).contains(shape(middle));
        assertThat(outputs.get(convolutions - 1)).isEqualTo(shape(last));
    }

    private static Shape shape(String sizes) {
        String[] words = sizes.strip().split(" +", -1);
        return Shape.of(Integer.parseInt(words[0]), Integer.parseInt(words[1]), Integer.parseInt(words[2]));
    }

    @Test
    void theStrideOfABottleneckIsInItsMiddle() {
        List<Node> strided = imageNet("resnet-50", "relu").graph(1, Mode.INFERENCE).nodes().stream()
                .filter(node ->
                        node.op() instanceof Conv2d conv && conv.vertical().stride() == 2)
                .toList();
        assertThat(strided)
                .extracting(node -> ((Conv2d) node.op()).vertical().size())
                .containsExactly(7, 3, 1, 3, 1, 3, 1); // the stem, then convolution and shortcut of each stage
    }

    @Test
    void poolsOfSqueezeNetRoundUp() {
        assertThat(Networks.of("squeezenet-1.1", Shape.of(99, 96, 3), 5, new Relu())
                        .graph(1, Mode.INFERENCE)
                        .nodes())
                .filteredOn(node -> node.op() instanceof MaxPool2d)
                .extracting(node -> node.output().shape().dropFirst())
                .containsExactly(Shape.of(24, 23, 64), Shape.of(12, 11, 128), Shape.of(6, 5, 256));
    }

    @ParameterizedTest
    @CsvSource({
        "vgg-small, 16, relu",
        "resnet-20, 8, relu",
        "resnet-50, 32, relu",
        "mobilenet-v1, 32, relu6",
        "mobilenet-v2, 32, relu6",
        "squeezenet-1.1, 33, relu"
    })
    void everyFamilyRunsAsItIsDefined(String name, int size, String activation) {
        Network network = Networks.of(name, Shape.of(size, size, 3), 4, Activations.of(activation));
        Parameters parameters = Parameters.initialized(network.layout(), 1);
        Tensor images = images(network, 1);
        Graph graph = network.graph(1, Mode.INFERENCE);
        Map<String, DoubleTensor> sources = new HashMap<>();
        parameters.toMap().forEach((key, tensor) -> sources.put(key, DoubleTensor.of(tensor)));
        sources.put(Network.INPUT, DoubleTensor.of(images));
        double[] expected = new Interpreter(graph, sources, 0)
                .get(graph.output(Network.LOGITS))
                .data();

        Session session = Compiler.compile(graph, parameters.layout()).session(parameters);
        session.feed(Network.INPUT, images).run(0);
        float[] logits = session.output(Network.LOGITS).data();

        double scale = 0;
        for (double logit : expected) {
            scale = Math.max(scale, Math.abs(logit));
        }
        assertThat(scale).as("the largest logit").isBetween(1e-5, 1e3);
        for (int i = 0; i < logits.length; i++) {
            assertThat(Math.abs(logits[i] - expected[i])).as("logit %d", i).isLessThan(1e-4 * scale);
        }
    }

    private static Tensor images(Network network, int batch) {
        Tensor images = Tensor.zeros(network.sample().prepend(batch));
        SplittableRandom random = new SplittableRandom(2);
        for (int i = 0; i < images.data().length; i++) {
            images.data()[i] = (float) random.nextDouble();
        }
        return images;
    }

    @Test
    void everyNetworkSurvivesItsDescription() {
        for (String name : Networks.names()) {
            Network network = Networks.of(name, Shape.of(64, 64, 3), 7, Activations.of("relu6"));
            assertThat(Description.parse(Description.of(network))).isEqualTo(network);
        }
    }

    @Test
    void imagesThatShrinkToNothingAreRefused() {
        assertThatThrownBy(() -> Networks.of("vgg-11", Shape.of(16, 16, 3), 10, new Relu()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("max_pool2d_5.max_pool2d: expected an axis of at least 2 for a window of 2,");
    }
}
