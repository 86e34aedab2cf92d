package dev.halfwave.rewrite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.halfwave.activation.Activation;
import dev.halfwave.activation.Activations;
import dev.halfwave.activation.Formula;
import dev.halfwave.activation.Interval;
import dev.halfwave.activation.Relu;
import dev.halfwave.graph.Graph;
import dev.halfwave.graph.GraphBuilder;
import dev.halfwave.graph.Mode;
import dev.halfwave.graph.Node;
import dev.halfwave.graph.Value;
import dev.halfwave.op.Activate;
import dev.halfwave.op.Add;
import dev.halfwave.op.Conv2d;
import dev.halfwave.op.MaxPool2d;
import dev.halfwave.tensor.Shape;
import dev.halfwave.tensor.Window;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PoolFirstTest {
    private static final Rewrite[] STANDARD = Rules.standard().toArray(Rewrite[]::new);

    private final GraphBuilder g = new GraphBuilder(Mode.INFERENCE);
    private final Value image = g.input("x", Shape.of(2, 7, 6, 3));

    static Stream<Activation> activations() {
        return Activations.all().stream().filter(f -> f.monotone() && !f.name().equals("identity"));
    }

    private Value pool(Value x, int stride) {
        return g.add(new MaxPool2d(new Window(3, stride, 1, 1, 2), new Window(2, stride, 1, 0, 0)), x);
    }

    private Value relu(Value x) {
        return g.add(new Activate(new Relu()), x);
    }

    private static List<String> ops(Graph graph) {
        return graph.nodes().stream().map(Node::op).map(op -> op.name()).toList();
    }

    @ParameterizedTest
    @MethodSource("activations")
    void theActivationRunsOnTheSmallerImage(Activation f) {
        Graph after = Law.rewritten(g, pool(g.add(new Activate(f), image), 2), STANDARD);
        assertThat(ops(after)).containsExactly("input", "max_pool2d", new Activate(f).name());
        assertThat(after.output("y").producer().name()).isEqualTo("max_pool2d");
    }

    @Test
    void aFunctionThatFallsIsNotMoved() {
        Activation falling = new Falling();
        Graph after = Law.rewritten(g, pool(g.add(new Activate(falling), image), 2), STANDARD);
        assertThat(ops(after)).containsExactly("input", new Activate(falling).name(), "max_pool2d");
    }

    @Test
    void aWindowOfNothingButPaddingStaysMinusInfinity() {
        Window beyond = new Window(2, 3, 1, 2, 0);
        Value y = g.add(new MaxPool2d(beyond, Window.of(2, 2)), relu(image));
        Graph after = Law.rewritten(g, relu(y), STANDARD);
        assertThat(ops(after)).containsExactly("input", "relu", "max_pool2d", "relu");
    }

    @Test
    void aPoolThatKeepsTheSizeGainsNothing() {
        Window wide = new Window(3, 1, 1, 1, 1);
        Value y = g.add(new MaxPool2d(wide, wide), relu(image));
        assertThat(ops(Law.rewritten(g, y, STANDARD))).containsExactly("input", "relu", "max_pool2d");
    }

    @Test
    void whatTheConvolutionOrTheSumDoesAnywayStaysThere() {
        Value w = Law.parameter(g, "w", Shape.of(1, 1, 3, 3));
        Value z = g.add(new Conv2d(Window.of(1, 1), Window.of(1, 1), 1), image, w);
        g.output("p", pool(relu(z), 2));
        Graph after = Law.rewritten(g, pool(relu(g.add(new Add(), image, image)), 2), STANDARD);
        assertThat(Law.count(after, Activate.class)).isZero();
        assertThat(Law.perImage(after)).isEqualTo(4);
    }

    @Test
    void aValueThatSomeoneElseReadsIsActivatedWhole() {
        Value a = relu(image);
        g.output("a", a);
        assertThat(ops(Law.rewritten(g, pool(a, 2), STANDARD))).containsExactly("input", "relu", "max_pool2d");
    }

    @Test
    void rectifyingAgainBehindThePoolVanishes() {
        Value a = relu(image);
        g.output("a", a);
        assertThat(ops(Law.rewritten(g, relu(pool(a, 2)), STANDARD))).containsExactly("input", "relu", "max_pool2d");
    }

    /** f(x) = −x. */
    private record Falling() implements Activation {
        @Override
        public String name() {
            return "falling";
        }

        @Override
        public Formula value() {
            return Formula.x().times(-1);
        }

        @Override
        public Formula derivative() {
            return Formula.constant(-1);
        }

        @Override
        public Interval range() {
            return Interval.ALL;
        }

        @Override
        public Interval derivativeRange() {
            return Interval.closed(-1, -1);
        }

        @Override
        public boolean monotone() {
            return false;
        }

        @Override
        public String source() {
            return "this test, 2026";
        }
    }
}
