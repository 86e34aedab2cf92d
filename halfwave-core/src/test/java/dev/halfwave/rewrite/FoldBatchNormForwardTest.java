package dev.halfwave.rewrite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.halfwave.activation.Relu;
import dev.halfwave.graph.Graph;
import dev.halfwave.graph.GraphBuilder;
import dev.halfwave.graph.Mode;
import dev.halfwave.graph.Node;
import dev.halfwave.graph.Value;
import dev.halfwave.nn.Network;
import dev.halfwave.nn.Networks;
import dev.halfwave.op.Activate;
import dev.halfwave.op.BiasAdd;
import dev.halfwave.op.Conv2d;
import dev.halfwave.op.FrozenBatchNorm;
import dev.halfwave.op.MatMul;
import dev.halfwave.op.MaxPool2d;
import dev.halfwave.tensor.Shape;
import dev.halfwave.tensor.Window;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FoldBatchNormForwardTest {
    private static final Rewrite[] STANDARD = Rules.standard().toArray(Rewrite[]::new);

    private final GraphBuilder g = new GraphBuilder(Mode.INFERENCE);
    private final Value image = g.input("x", Shape.of(2, 7, 6, 4));
    private final Value rectified = g.add(new Activate(new Relu()), image);

    private Value conv(Value x, int filters, Window vertical, Window horizontal, int groups) {
        Shape shape = Shape.of(vertical.size(), horizontal.size(), x.shape().size(3) / groups, filters);
        return g.add(new Conv2d(vertical, horizontal, groups), x, Law.parameter(g, "w", shape));
    }

    private Value conv(Value x, int padding) {
        return conv(x, 5, Window.of(3, 1), new Window(3, 1, 1, padding, 0), 1);
    }

    private Value norm(Value x) {
        Shape c = Shape.of(x.shape().size(-1));
        return g.add(
                new FrozenBatchNorm(1e-3),
                x,
                Law.parameter(g, "gamma", c),
                Law.parameter(g, "beta", c),
                Law.parameter(g, "mean", c),
                Law.parameter(g, "variance", c));
    }

    private Value bias(Value x) {
        return g.add(
                new BiasAdd(), x, Law.parameter(g, "bias", Shape.of(x.shape().size(-1))));
    }

    /** Norms that are left for each image. */
    private static long norms(Graph graph) {
        return graph.nodes().stream()
                .filter(node -> node.op() instanceof FrozenBatchNorm && !node.isLasting())
                .count();
    }

    @ParameterizedTest
    @CsvSource({"1, 1, 1, false", "3, 1, 1, true", "3, 2, 1, false", "2, 1, 2, true", "3, 2, 2, true"})
    void rectifierNormAndConvolutionBecomeTwoNodes(int size, int stride, int dilation, boolean bias) {
        Value z = conv(norm(rectified), 5, new Window(size, stride, dilation, 0, 0), Window.of(2, 1), 1);
        Graph after = Law.rewritten(g, bias ? bias(z) : z, STANDARD);
        assertThat(Law.perImage(after)).isEqualTo(2);
        Node conv = after.output("y").producer();
        assertThat(conv.input(0).name()).isEqualTo("relu");
        assertThat(conv.inputs()).hasSize(3);
    }

    @Test
    void anActivationBehindTheConvolutionIsFusedAsWell() {
        Value y = g.add(new Activate(new Relu()), bias(conv(norm(rectified), 0)));
        Graph after = Law.rewritten(g, y, STANDARD);
        assertThat(Law.perImage(after)).isEqualTo(2);
    }

    @Test
    void aProductTakesTheNormToo() {
        Value rows = g.add(new Activate(new Relu()), g.input("rows", Shape.of(3, 5)));
        Value z = g.add(new MatMul(false, false), norm(rows), Law.parameter(g, "weights", Shape.of(5, 7)));
        assertThat(Law.perImage(Law.rewritten(g, bias(z), STANDARD))).isEqualTo(2);
    }

    @Test
    void whatSomeoneElseReadsStays() {
        Value n = norm(rectified);
        g.output("n", n);
        assertThat(norms(Law.rewritten(g, conv(n, 0), STANDARD))).isEqualTo(1);
    }

    @Test
    void zerosOfPaddingAreNotNormed() {
        assertThat(norms(Law.rewritten(g, conv(norm(rectified), 1), STANDARD))).isEqualTo(1);
    }

    @Test
    void groupsStay() {
        Value z = conv(norm(rectified), 4, Window.of(3, 1), Window.of(3, 1), 2);
        assertThat(norms(Law.rewritten(g, z, STANDARD))).isEqualTo(1);
    }

    @Test
    void aPoolInBetweenIsNotPassed() {
        Value pooled = g.add(new MaxPool2d(Window.of(2, 2), Window.of(2, 2)), norm(rectified));
        Value z = conv(pooled, 5, Window.of(2, 1), Window.of(2, 1), 1);
        assertThat(norms(Law.rewritten(g, z, STANDARD))).isEqualTo(1);
    }

    @Test
    void aNormRightBehindAConvolutionGoesBack() {
        Value first = g.add(
                new Conv2d(Window.of(1, 1), Window.of(1, 1), 1), image, Law.parameter(g, "v", Shape.of(1, 1, 4, 4)));
        g.output("z", conv(norm(bias(first)), 0));
        Rewritten after = new Rewriter(Rules.standard()).rewrite(g.build());
        assertThat(Law.perImage(after.graph())).isEqualTo(2);
        assertThat(after.graph().nodes().stream().flatMap(node -> after.rules(node).stream()))
                .contains("fold-batch-norm")
                .doesNotContain("fold-batch-norm-forward");
    }

    @Test
    void theFirstNormOfTheKerasNetworkIsGone() {
        Network network = Networks.of("keras-cnn", Shape.of(28, 28, 1), 10, new Relu());
        Graph before = network.graph(2, Mode.INFERENCE);
        Graph after = new Rewriter(Rules.standard()).apply(before);
        assertThat(norms(before)).isEqualTo(2);
        assertThat(norms(after)).isEqualTo(1);
        Law.assertSame(before, after, 3);
    }
}
