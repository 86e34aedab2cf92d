package dev.halfwave.rewrite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.halfwave.graph.Graph;
import dev.halfwave.graph.GraphBuilder;
import dev.halfwave.graph.Interpreter;
import dev.halfwave.graph.Op;
import dev.halfwave.graph.Source;
import dev.halfwave.graph.Value;
import dev.halfwave.tensor.DoubleTensor;
import dev.halfwave.tensor.Shape;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.assertj.core.data.Offset;

/** What a rule promises: both graphs give the same numbers. */
final class Law {
    private Law() {}

    /** The graph of one result after rewriting, held against the graph before. */
    static Graph rewritten(GraphBuilder g, Value result, Rewrite... rules) {
        g.output("y", result);
        Graph before = g.build();
        Graph after = new Rewriter(List.of(rules)).apply(before);
        assertSame(before, after, 4);
        return after;
    }

    /**
     * That both graphs give the same outputs for sources drawn at random; variances from ½ to 1½, everything else from
     * −1 to 1.
     */
    static void assertSame(Graph before, Graph after, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        Map<String, DoubleTensor> sources = new HashMap<>();
        before.inputs().forEach(input -> sources.put(input.key(), random(input.shape(), random)));
        before.parameters().forEach(p -> sources.put(p.key(), random(p.shape(), random)));
        sources.forEach((key, tensor) -> {
            for (int i = 0; key.endsWith("variance") && i < tensor.data().length; i++) {
                tensor.data()[i] = 1 + tensor.data()[i] / 2;
            }
        });
        Interpreter first = new Interpreter(before, sources, 0);
        Interpreter second = new Interpreter(after, sources, 0);
        for (String name : before.outputNames()) {
            assertThat(second.get(after.output(name)).data())
                    .as("%s, seed %d", name, seed)
                    .containsExactly(first.get(before.output(name)).data(), Offset.offset(1e-10));
        }
    }

    static DoubleTensor random(Shape shape, SplittableRandom random) {
        DoubleTensor tensor = DoubleTensor.zeros(shape);
        for (int i = 0; i < tensor.data().length; i++) {
            tensor.data()[i] = random.nextDouble() * 2 - 1;
        }
        return tensor;
    }

    /** A parameter that nobody initialises. */
    static Value parameter(GraphBuilder g, String key, Shape shape) {
        return g.source(key, new Source.Parameter(key, shape, (s, into, offset, random) -> {}, true));
    }

    /** How many nodes have an op of that type. */
    static long count(Graph graph, Class<? extends Op> op) {
        return graph.nodes().stream().filter(node -> op.isInstance(node.op())).count();
    }

    /** How many nodes compute something for every image: what is left to do in each run. */
    static long perImage(Graph graph) {
        return graph.nodes().stream()
                .filter(node -> !(node.op() instanceof Source) && !node.isLasting())
                .count();
    }
}
