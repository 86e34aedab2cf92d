package dev.halfwave.compile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.halfwave.activation.Activation;
import dev.halfwave.activation.Relu;
import dev.halfwave.autodiff.Differentiate;
import dev.halfwave.graph.Graph;
import dev.halfwave.graph.GraphBuilder;
import dev.halfwave.graph.Mode;
import dev.halfwave.graph.Node;
import dev.halfwave.graph.Op;
import dev.halfwave.graph.Value;
import dev.halfwave.kernel.Providers;
import dev.halfwave.nn.Network;
import dev.halfwave.nn.Networks;
import dev.halfwave.op.Activate;
import dev.halfwave.op.ActivateGradient;
import dev.halfwave.op.Add;
import dev.halfwave.op.Conv2d;
import dev.halfwave.op.Conv2dStatistics;
import dev.halfwave.op.MatMul;
import dev.halfwave.op.SoftmaxCrossEntropy;
import dev.halfwave.rewrite.Rewriter;
import dev.halfwave.rewrite.Rules;
import dev.halfwave.tensor.Shape;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ExplanationTest {
    private static final int BATCH = 2;

    private static Network network(String name) {
        return Networks.of(name, Shape.of(28, 28, 1), 10, new Relu());
    }

    private static Explanation inference(String name) {
        Network network = network(name);
        return Compiler.compile(network.graph(BATCH, Mode.INFERENCE), network.layout())
                .explain();
    }

    private static Program training(String name) {
        Network network = network(name);
        GraphBuilder g = new GraphBuilder(Mode.TRAINING);
        Value logits = network.addTo(g, BATCH);
        g.output("loss", g.add(new SoftmaxCrossEntropy(), logits, g.input("labels", Shape.of(BATCH))));
        return Compiler.compile(Differentiate.withParameterGradients(g.build(), "loss"), network.layout());
    }

    private static Explanation.Line line(Explanation explanation, String name) {
        return explanation.lines().stream()
                .filter(line -> line.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void everyStepSaysWhatItIsAndWhichRulesMadeIt() {
        Explanation.Line conv = line(inference("lenet"), "max_pool2d_2.max_pool2d");
        assertThat(conv.op()).isEqualTo("pooled_conv2d");
        assertThat(conv.attributes()).startsWith("PooledConv2d[").contains("Relu");
        assertThat(conv.rules()).containsExactly("fuse-bias", "fuse-activation", "fuse-max-pool");
        assertThat(conv.output()).isEqualTo(Shape.of(BATCH, 5, 5, 16));
        assertThat(conv.flops()).isEqualTo(BATCH * (2L * 10 * 10 * 16 * 5 * 5 * 6 + 10 * 10 * 16));
        assertThat(conv.bytes()).isEqualTo(4L * (BATCH * 14 * 14 * 6 + 5 * 5 * 6 * 16 + 16 + BATCH * 5 * 5 * 16));
        assertThat(conv.place()).matches("arena\\+\\d+");
        assertThat(conv.until()).isGreaterThan(conv.number());
    }

    @Test
    void packingOnceCountsForNoRun() {
        Explanation explanation = inference("lenet");
        if (Providers.active().name().equals("simd")) {
            Explanation.Line pack = line(explanation, "dense_1.weights");
            assertThat(pack.once()).isTrue();
            assertThat(pack.op()).isEqualTo("pack");
            assertThat(pack.attributes()).isEqualTo("for dense_1.relu");
            assertThat(pack.flops()).isZero();
            assertThat(pack.bytes())
                    .isGreaterThanOrEqualTo(2 * 4L * pack.output().elements());
            assertThat(pack.place()).startsWith("prepared+");
        }
        assertThat(explanation.flops())
                .isEqualTo(explanation.lines().stream()
                        .mapToLong(Explanation.Line::flops)
                        .sum());
        assertThat(explanation.bytes())
                .isEqualTo(explanation.lines().stream()
                        .filter(line -> line.number() > 0)
                        .mapToLong(Explanation.Line::bytes)
                        .sum());
    }

    @Test
    void stepsAreNumberedAndMemoryIsTakenNoLongerThanTheRun() {
        List<Explanation.Line> steps = training("keras-cnn").explain().lines();
        for (int i = 0; i < steps.size(); i++) {
            assertThat(steps.get(i).number()).isEqualTo(i + 1);
            boolean inArena = steps.get(i).place().startsWith("arena+");
            if (inArena) {
                assertThat(steps.get(i).until()).isBetween(i + 1, steps.size());
            } else {
                assertThat(steps.get(i).until()).isZero();
            }
        }
    }

    @Test
    void theTableIsAligned() {
        Explanation explanation = inference("keras-cnn");
        List<String> table = explanation.toString().lines().toList();
        assertThat(table).hasSize(explanation.lines().size() + 3);
        assertThat(table.get(0))
                .startsWith("kernels " + Providers.active().name() + ", arena ")
                .contains(" KiB (")
                .contains(" without sharing), prepared ");
        int output = table.get(1).indexOf("output");
        int flops = table.get(1).indexOf("MFLOP") + "MFLOP".length();
        for (String row : table.subList(2, table.size() - 1)) {
            assertThat(row.substring(output - 2, output + 1)).isEqualTo("  [");
            assertThat(row.substring(flops - 4, flops + 2)).matches("\\.\\d{3}  ");
        }
        assertThat(table.get(table.size() - 1)).contains("each run");
        assertThat(table).noneMatch(row -> row.endsWith(" "));
    }

    /**
     * A rectifier's gradient follows from its output, which the layer behind it needs anyway: what went into the
     * rectifier is not kept, nor is a mask.
     */
    @ParameterizedTest
    @ValueSource(strings = {"lenet", "keras-cnn", "resnet-20"})
    void nothingInFrontOfARectifierIsKeptForTheBackwardPass(String name) {
        Program program = training(name);
        Graph graph = program.graph();
        List<Node> gradients = graph.nodes().stream()
                .filter(node -> node.op() instanceof ActivateGradient)
                .toList();
        assertThat(gradients).hasSizeGreaterThanOrEqualTo(3);
        for (Node gradient : gradients) {
            Node rectified = gradient.input(1).producer();
            assertThat(activation(rectified.op())).as(gradient.name()).isEqualTo(new Relu());
            if (rectified.op() instanceof Activate) {
                assertThat(graph.uses(rectified.input(0))).as(rectified.name()).isEqualTo(1);
                String into = line(program.explain(), rectified.name()).place();
                String from = line(
                                program.explain(), rectified.input(0).producer().name())
                        .place();
                assertThat(from).as("where %s rectifies", rectified.name()).isEqualTo(into);
            }
        }
    }

    private static Activation activation(Op op) {
        if (op instanceof Conv2d conv) {
            return conv.activation();
        }
        if (op instanceof Conv2dStatistics taking) {
            return taking.conv().activation();
        }
        if (op instanceof MatMul product) {
            return product.activation();
        }
        return op instanceof Add sum ? sum.activation() : ((Activate) op).activation();
    }

    @Test
    void anExactProgramUsesNoWinograd() {
        Network network = Networks.of("resnet-18", Shape.of(64, 64, 3), 10, new Relu());
        Graph graph = network.graph(1, Mode.INFERENCE);
        Rewriter rewriter = new Rewriter(Rules.standard());
        Explanation exact = Compiler.compile(
                        graph, network.layout(), rewriter, Providers.active().exact())
                .explain();
        assertThat(exact.lines())
                .extracting(Explanation.Line::algorithm)
                .noneMatch(algorithm -> algorithm.contains("winograd"));
        if (Providers.active().name().equals("simd")) {
            Explanation fast = Compiler.compile(network.graph(16, Mode.INFERENCE), network.layout())
                    .explain();
            assertThat(fast.lines())
                    .extracting(Explanation.Line::algorithm)
                    .anyMatch(algorithm -> algorithm.contains("winograd"));
        }
    }
}
