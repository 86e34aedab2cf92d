package dev.halfwave.autodiff;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.halfwave.activation.Tanh;
import dev.halfwave.graph.Graph;
import dev.halfwave.graph.GraphBuilder;
import dev.halfwave.graph.Interpreter;
import dev.halfwave.graph.Mode;
import dev.halfwave.graph.Result;
import dev.halfwave.graph.Value;
import dev.halfwave.op.Activate;
import dev.halfwave.op.Add;
import dev.halfwave.op.MatMul;
import dev.halfwave.op.Reshape;
import dev.halfwave.tensor.DoubleTensor;
import dev.halfwave.tensor.Shape;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class DifferentiateTest {
    private static final Shape SCALAR = Shape.of();

    /** loss = w·tanh(w·x) with w used twice, and a parameter that nothing uses. */
    private static Graph forward() {
        GraphBuilder g = new GraphBuilder(Mode.TRAINING);
        Value x = g.input("x", Shape.of(3, 1));
        Value w = g.parameter("w", Shape.of(1, 3), (s, a, o, r) -> {}, true);
        g.parameter("unused", Shape.of(2), (s, a, o, r) -> {}, true);
        Value inner = g.add(new Activate(new Tanh()), g.add(new MatMul(false, false), w, x));
        Value outer = g.add(new MatMul(false, false), w, x);
        g.output("loss", g.add(new Reshape(SCALAR), g.add(new Add(), inner, outer)));
        return g.build();
    }

    private static Map<String, DoubleTensor> sources(double... w) {
        Map<String, DoubleTensor> sources = new LinkedHashMap<>();
        sources.put("x", new DoubleTensor(Shape.of(3, 1), new double[] {0.5, -1, 2}));
        sources.put("w", new DoubleTensor(Shape.of(1, 3), w));
        sources.put("unused", DoubleTensor.zeros(Shape.of(2)));
        return sources;
    }

    private static double loss(double... w) {
        Graph graph = forward();
        return new Interpreter(graph, sources(w), 0).get(graph.output("loss")).data()[0];
    }

    @Test
    void gradientsOfAValueUsedTwiceAddUp() {
        Graph graph = Differentiate.withParameterGradients(forward(), "loss");
        SplittableRandom random = new SplittableRandom(1);
        for (int trial = 0; trial < 20; trial++) {
            double[] w = {random.nextDouble() - 0.5, random.nextDouble() - 0.5, random.nextDouble() - 0.5};
            DoubleTensor gradient =
                    new Interpreter(graph, sources(w), 0).get(graph.results().get(new Result.Gradient("w")));
            for (int i = 0; i < w.length; i++) {
                double h = 1e-5;
                double[] up = w.clone();
                double[] down = w.clone();
                up[i] += h;
                down[i] -= h;
                double expected = (loss(up) - loss(down)) / (2 * h);
                assertThat(gradient.data()[i])
                        .as("trial %d, element %d", trial, i)
                        .isCloseTo(expected, org.assertj.core.data.Offset.offset(1e-8));
            }
        }
    }

    @Test
    void aParameterThatTheLossDoesNotNeedHasNoGradient() {
        Graph graph = Differentiate.withParameterGradients(forward(), "loss");
        assertThat(graph.results()).containsKey(new Result.Gradient("w"));
        assertThat(graph.results()).doesNotContainKey(new Result.Gradient("unused"));
    }

    @Test
    void onlyScalarsHaveParameterGradients() {
        GraphBuilder g = new GraphBuilder(Mode.TRAINING);
        g.output("y", g.add(new Activate(new Tanh()), g.input("x", Shape.of(2))));
        Graph graph = g.build();
        assertThatThrownBy(() -> Differentiate.withParameterGradients(graph, "y"))
                .hasMessage("tanh: expected a scalar to differentiate, received [2]");
        assertThatThrownBy(() -> Differentiate.withParameterGradients(graph, "z"))
                .hasMessage("graph: expected one of the outputs [y], received \"z\"");
    }
}
