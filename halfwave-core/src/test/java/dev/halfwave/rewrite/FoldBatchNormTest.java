package dev.halfwave.rewrite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.halfwave.activation.Relu;
import dev.halfwave.graph.Graph;
import dev.halfwave.graph.GraphBuilder;
import dev.halfwave.graph.Mode;
import dev.halfwave.graph.Value;
import dev.halfwave.op.Activate;
import dev.halfwave.op.BatchNorm;
import dev.halfwave.op.BiasAdd;
import dev.halfwave.op.Conv2d;
import dev.halfwave.op.FrozenBatchNorm;
import dev.halfwave.op.MatMul;
import dev.halfwave.tensor.Shape;
import dev.halfwave.tensor.Window;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FoldBatchNormTest {
    private final GraphBuilder g = new GraphBuilder(Mode.INFERENCE);
    private final Value image = g.input("x", Shape.of(2, 6, 5, 4));

    private Value conv(Value x, int filters, int groups) {
        Value w = Law.parameter(g, "filters", Shape.of(3, 3, x.shape().size(3) / groups, filters));
        return g.add(new Conv2d(new Window(3, 2, 1, 1, 1), new Window(3, 1, 1, 0, 1), groups), x, w);
    }

    private Value bias(Value x) {
        return g.add(new BiasAdd(), x, Law.parameter(g, "bias", channels(x)));
    }

    private Value norm(Value x, String name) {
        return g.add(
                new FrozenBatchNorm(1e-3),
                x,
                Law.parameter(g, name + ".gamma", channels(x)),
                Law.parameter(g, name + ".beta", channels(x)),
                Law.parameter(g, name + ".mean", channels(x)),
                Law.parameter(g, name + ".variance", channels(x)));
    }

    private static Shape channels(Value x) {
        return Shape.of(x.shape().size(-1));
    }

    @ParameterizedTest
    @CsvSource({"6, 1, false", "6, 1, true", "6, 2, false", "4, 4, true"})
    void convolutionBiasNormAndActivationBecomeOneNode(int filters, int groups, boolean bias) {
        Value z = conv(image, filters, groups);
        Value y = g.add(new Activate(new Relu()), norm(bias ? bias(z) : z, "norm"));
        Graph after = Law.rewritten(g, y, new FuseBias(), new FoldBatchNorm(), new FuseActivation());
        assertThat(Law.perImage(after)).isEqualTo(1);
        assertThat(Law.count(after, FrozenBatchNorm.class))
                .as("filters and bias")
                .isEqualTo(2);
        assertThat(after.output("y").producer().inputs())
                .extracting(Value::name)
                .containsExactly("x", "frozen_batch_norm_filters", "frozen_batch_norm_bias");
    }

    @Test
    void aProductIsFoldedInto() {
        Value rows = g.input("rows", Shape.of(3, 5));
        Value z = g.add(new MatMul(false, false), rows, Law.parameter(g, "weights", Shape.of(5, 7)));
        Graph after = Law.rewritten(g, norm(bias(z), "norm"), new FuseBias(), new FoldBatchNorm());
        assertThat(Law.perImage(after)).isEqualTo(1);
    }

    @Test
    void normsInARowAreFoldedOneByOne() {
        Graph after = Law.rewritten(g, norm(norm(conv(image, 3, 1), "first"), "second"), new FoldBatchNorm());
        assertThat(Law.perImage(after)).isEqualTo(1);
    }

    @Test
    void whatIsReadElsewhereOrActivatedInBetweenOrTransposedStays() {
        Value z = conv(image, 3, 1);
        g.output("z", z);
        Value rows = g.input("rows", Shape.of(3, 5));
        g.output("t", norm(g.add(new MatMul(false, true), rows, Law.parameter(g, "t", Shape.of(7, 5))), "t"));
        Value active = g.add(new Activate(new Relu()), conv(image, 3, 1));
        g.output("active", norm(active, "active"));
        Graph after = Law.rewritten(g, norm(z, "norm"), Rules.standard().toArray(Rewrite[]::new));
        assertThat(Law.count(after, FrozenBatchNorm.class)).isEqualTo(3);
    }

    @Test
    void filtersThatAreFedInAreNotScaledAnewForEveryImage() {
        Value w = g.input("w", Shape.of(3, 3, 4, 2));
        Value z = g.add(new Conv2d(Window.of(3, 1), Window.of(3, 1), 1), image, w);
        assertThat(Law.perImage(Law.rewritten(g, norm(z, "norm"), new FoldBatchNorm())))
                .isEqualTo(2);
    }

    @Test
    void theNormOfTrainingIsLeftAlone() {
        Value z = conv(image, 3, 1);
        Value gamma = Law.parameter(g, "gamma", Shape.of(3));
        Value y = g.addNode(new BatchNorm(1e-5), List.of(z, gamma, Law.parameter(g, "beta", Shape.of(3))))
                .output();
        assertThat(Law.perImage(Law.rewritten(g, y, new FoldBatchNorm()))).isEqualTo(2);
    }
}
