package dev.halfwave.rewrite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.halfwave.activation.Relu;
import dev.halfwave.autodiff.Differentiate;
import dev.halfwave.compile.Compiler;
import dev.halfwave.compile.Explanation;
import dev.halfwave.graph.Graph;
import dev.halfwave.graph.GraphBuilder;
import dev.halfwave.graph.Mode;
import dev.halfwave.graph.Node;
import dev.halfwave.graph.ParameterLayout;
import dev.halfwave.graph.Value;
import dev.halfwave.nn.Network;
import dev.halfwave.nn.Networks;
import dev.halfwave.op.Activate;
import dev.halfwave.op.BatchNorm;
import dev.halfwave.op.BiasAdd;
import dev.halfwave.op.Conv2d;
import dev.halfwave.op.Conv2dStatistics;
import dev.halfwave.op.FrozenBatchNorm;
import dev.halfwave.op.SoftmaxCrossEntropy;
import dev.halfwave.tensor.Shape;
import dev.halfwave.tensor.Window;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FuseStatisticsTest {
    private static final Rewrite[] STANDARD = Rules.standard().toArray(Rewrite[]::new);

    private final GraphBuilder g = new GraphBuilder(Mode.TRAINING);
    private final Value image = g.input("x", Shape.of(2, 5, 4, 3));

    private Value conv(String name) {
        Window window = new Window(3, 1, 1, 1, 1);
        return g.add(new Conv2d(window, window, 1), image, Law.parameter(g, name, Shape.of(3, 3, 3, 4)));
    }

    private Node norm(Value z) {
        Shape c = Shape.of(z.shape().size(-1));
        return g.addNode(new BatchNorm(1e-3), List.of(z, Law.parameter(g, "gamma", c), Law.parameter(g, "beta", c)));
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void theConvolutionTakesTheStatisticsOfTheNorm(boolean biased) {
        Value z = conv("w");
        Node norm = norm(biased ? g.add(new BiasAdd(), z, Law.parameter(g, "b", Shape.of(4))) : z);
        g.output("mean", norm.outputs().get(1));
        g.output("variance", norm.outputs().get(2));
        Graph after = Law.rewritten(g, g.add(new Activate(new Relu()), norm.output()), STANDARD);
        assertThat(Law.count(after, Conv2dStatistics.class)).isEqualTo(1);
        assertThat(Law.count(after, FrozenBatchNorm.class)).isEqualTo(1);
        assertThat(Law.perImage(after)).as("convolution, norm, rectifier").isEqualTo(3);
        assertThat(after.output("mean").producer().inputs()).hasSize(biased ? 3 : 2);
    }

    @Test
    void whatReadsTheConvolutionBesidesTheNormReadsTheSame() {
        Value z = conv("w");
        g.output("before", g.add(new Activate(new Relu()), z));
        Node norm = norm(z);
        g.output("z", z);
        g.output("second", norm(z).output());
        Graph after = Law.rewritten(g, norm.output(), STANDARD);
        assertThat(Law.count(after, Conv2d.class)).isZero();
        assertThat(Law.count(after, Conv2dStatistics.class)).isEqualTo(1);
        assertThat(Law.count(after, BatchNorm.class)).isZero();
        assertThat(after.output("z").producer().op()).isInstanceOf(Conv2dStatistics.class);
    }

    @Test
    void aNormOfSomethingElseStays() {
        Node norm = norm(g.add(new Activate(new Relu()), image));
        Graph after = Law.rewritten(g, norm.output(), STANDARD);
        assertThat(Law.count(after, BatchNorm.class)).isEqualTo(1);
        assertThat(Law.count(after, Conv2dStatistics.class)).isZero();
    }

    @Test
    void theActivationMayComeFirst() {
        Node norm = norm(g.add(new Activate(new Relu()), conv("w")));
        Graph after = Law.rewritten(g, norm.output(), STANDARD);
        assertThat(Law.count(after, BatchNorm.class)).isZero();
        Window window = new Window(3, 1, 1, 1, 1);
        assertThat(after.nodes().stream().map(Node::op))
                .contains(new Conv2dStatistics(new Conv2d(window, window, 1, new Relu())));
    }

    private static Graph training(Network network, int batch) {
        GraphBuilder g = new GraphBuilder(Mode.TRAINING);
        Value logits = network.addTo(g, batch);
        g.output("loss", g.add(new SoftmaxCrossEntropy(), logits, g.input("labels", Shape.of(batch))));
        return Differentiate.withParameterGradients(g.build(), "loss");
    }

    /** Every norm in these networks stands behind a convolution, so none is left that takes its own statistics. */
    @ParameterizedTest
    @CsvSource({"resnet-20, 32, 21", "vgg-small, 32, 8", "resnet-18, 64, 20", "mobilenet-v2, 64, 52", "keras-cnn, 28, 2"
    })
    void noNormOfANetworkInTrainingTakesItsOwnStatistics(String name, int size, int norms) {
        Graph before = training(Networks.of(name, Shape.of(size, size, 3), 10, new Relu()), 2);
        assertThat(Law.count(before, BatchNorm.class)).isEqualTo(norms);
        Explanation explained =
                Compiler.compile(before, ParameterLayout.of(before)).explain();
        List<Explanation.Line> convolutions = explained.lines().stream()
                .filter(line -> line.op().equals("conv2d_statistics"))
                .toList();
        assertThat(convolutions).hasSize(norms);
        assertThat(convolutions)
                .allSatisfy(line -> assertThat(line.rules()).contains("fuse-statistics"))
                .allSatisfy(line -> assertThat(line.algorithm()).isNotEmpty());
        assertThat(explained.lines().stream()
                        .filter(line -> line.op().equals("frozen_batch_norm"))
                        .map(Explanation.Line::rules))
                .hasSize(norms)
                .allSatisfy(rules -> assertThat(rules).contains("fuse-statistics"));
        assertThat(explained.lines()).noneMatch(line -> line.op().equals("batch_norm"));
        assertThat(new Rewriter(List.of(new FuseStatistics())).apply(before).flops())
                .isEqualTo(before.flops());
    }
}
