package dev.halfwave.nn;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.halfwave.graph.Graph;
import dev.halfwave.graph.GraphBuilder;
import dev.halfwave.graph.Interpreter;
import dev.halfwave.graph.Mode;
import dev.halfwave.tensor.DoubleTensor;
import dev.halfwave.tensor.Shape;
import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;

/** A layer by itself in double precision. */
final class OneLayer {
    private OneLayer() {}

    static DoubleTensor tensor(Shape shape, double... values) {
        return new DoubleTensor(shape, values);
    }

    /** Values from −2 to 2. */
    static DoubleTensor random(int... sizes) {
        Shape shape = Shape.of(sizes);
        return new DoubleTensor(
                shape, new SplittableRandom(5).doubles(shape.elements(), -2, 2).toArray());
    }

    /** The output in use, given parameters by their names. */
    static DoubleTensor used(Layer layer, DoubleTensor x, Map<String, DoubleTensor> parameters) {
        return run(layer, Mode.INFERENCE, x, parameters, 0);
    }

    /** The output in use of a layer without parameters. */
    static DoubleTensor used(Layer layer, DoubleTensor x) {
        return used(layer, x, Map.of());
    }

    /** The output in one run of training. */
    static DoubleTensor trained(Layer layer, DoubleTensor x, long run) {
        return run(layer, Mode.TRAINING, x, Map.of(), run);
    }

    private static DoubleTensor run(
            Layer layer, Mode mode, DoubleTensor x, Map<String, DoubleTensor> parameters, long run) {
        GraphBuilder g = new GraphBuilder(mode);
        g.output("y", layer.apply(g, g.input("x", x.shape())));
        Graph graph = g.build();
        Map<String, DoubleTensor> sources = new HashMap<>(parameters);
        sources.put("x", x);
        return new Interpreter(graph, sources, run).get(graph.output("y"));
    }

    /** The shape of one sample's output. */
    static Shape output(Layer layer, int... sample) {
        return Network.of("one", Shape.of(sample), layer).output();
    }

    static void refuses(Runnable making, String text) {
        assertThatThrownBy(making::run)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(text);
    }
}
