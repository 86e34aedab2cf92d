package dev.halfwave.rewrite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.halfwave.activation.Relu;
import dev.halfwave.activation.Swish;
import dev.halfwave.graph.Graph;
import dev.halfwave.graph.GraphBuilder;
import dev.halfwave.graph.Mode;
import dev.halfwave.graph.Value;
import dev.halfwave.op.Activate;
import dev.halfwave.op.BiasAdd;
import dev.halfwave.op.Conv2d;
import dev.halfwave.op.MaxPool2d;
import dev.halfwave.op.PooledConv2d;
import dev.halfwave.tensor.Shape;
import dev.halfwave.tensor.Window;
import org.junit.jupiter.api.Test;

class FuseMaxPoolTest {
    private static final Rewrite[] STANDARD = Rules.standard().toArray(Rewrite[]::new);
    private static final Window THREE = new Window(3, 1, 1, 1, 1);

    private final GraphBuilder g = new GraphBuilder(Mode.INFERENCE);
    private final Value image = g.input("x", Shape.of(2, 8, 7, 3));

    private Value conv() {
        Value z = g.add(new Conv2d(THREE, THREE, 1), image, Law.parameter(g, "w", Shape.of(3, 3, 3, 4)));
        return g.add(new BiasAdd(), z, Law.parameter(g, "b", Shape.of(4)));
    }

    private Value pool(Value x) {
        return g.add(new MaxPool2d(Window.of(2, 2), Window.of(2, 2)), x);
    }

    @Test
    void biasActivationAndPoolGoIntoTheConvolution() {
        Graph after = Law.rewritten(g, pool(g.add(new Activate(new Relu()), conv())), STANDARD);
        assertThat(Law.perImage(after)).isEqualTo(1);
        assertThat(after.output("y").producer().op())
                .isInstanceOfSatisfying(
                        PooledConv2d.class,
                        pooled -> assertThat(pooled.conv().activation()).isEqualTo(new Relu()));
    }

    @Test
    void anActivationThatFallsSomewhereIsAppliedFirst() {
        Graph after = Law.rewritten(g, pool(g.add(new Activate(new Swish()), conv())), STANDARD);
        assertThat(Law.count(after, PooledConv2d.class)).isEqualTo(1);
        assertThat(Law.perImage(after)).isEqualTo(1);
    }

    @Test
    void rectifyingTheMaximaOnceMoreDoesNothing() {
        Value y = pool(g.add(new Activate(new Relu()), conv()));
        Graph after = Law.rewritten(g, g.add(new Activate(new Relu()), y), STANDARD);
        assertThat(Law.perImage(after)).isEqualTo(1);
    }

    @Test
    void whatIsReadElsewhereIsKeptWhole() {
        Value z = g.add(new Activate(new Relu()), conv());
        g.output("z", z);
        Graph after = Law.rewritten(g, pool(z), STANDARD);
        assertThat(Law.count(after, PooledConv2d.class)).isZero();
        assertThat(Law.count(after, MaxPool2d.class)).isEqualTo(1);
    }

    @Test
    void windowsThatOverlapAreFusedWhereTheyHalveTheImage() {
        Window three = new Window(3, 2, 1, 1, 1);
        Value y = g.add(new MaxPool2d(Window.of(2, 2), three), g.add(new Activate(new Relu()), conv()));
        Graph after = Law.rewritten(g, y, STANDARD);
        assertThat(Law.perImage(after)).isEqualTo(1);
        assertThat(Law.count(after, PooledConv2d.class)).isEqualTo(1);
    }

    @Test
    void windowsThatDoNotHalveTheImageStay() {
        Window three = new Window(3, 1, 1, 1, 1);
        Value y = g.add(new MaxPool2d(Window.of(2, 2), three), g.add(new Activate(new Relu()), conv()));
        assertThat(Law.count(Law.rewritten(g, y, STANDARD), PooledConv2d.class)).isZero();
    }
}
