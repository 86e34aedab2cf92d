package dev.halfwave.autodiff;

import dev.halfwave.graph.Graph;
import dev.halfwave.graph.GraphBuilder;
import dev.halfwave.graph.Mode;
import dev.halfwave.graph.Node;
import dev.halfwave.graph.Result;
import dev.halfwave.graph.Source;
import dev.halfwave.graph.Value;
import dev.halfwave.op.Add;
import dev.halfwave.tensor.Shape;
import dev.halfwave.tensor.Tensor;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Backpropagation as a graph transformation: walks the nodes from the last to the first and lets each op emit its
 * gradient.
 *
 * @see <a href="https://doi.org/10.1038/323533a0">Rumelhart, Hinton and Williams 1986</a>
 */
public final class Differentiate {
    private final GraphBuilder g;
    private final Set<Value> relevant;
    private final Map<Value, Value> gradients = new IdentityHashMap<>();

    private Differentiate(GraphBuilder g, Set<Value> relevant) {
        this.g = g;
        this.relevant = relevant;
    }

    /**
     * The graph that also computes the gradient of a scalar with respect to every trainable parameter, as
     * {@link Result.Gradient} results.
     *
     * @param loss the name of the output to differentiate; its shape is {@code []}
     * @throws IllegalArgumentException if that output is not a scalar
     */
    public static Graph withParameterGradients(Graph forward, String loss) {
        Value y = forward.output(loss);
        if (!y.shape().equals(Shape.of())) {
            throw new IllegalArgumentException(
                    y.name() + ": expected a scalar to differentiate, received " + y.shape());
        }
        List<Node> parameters = forward.nodes().stream()
                .filter(node -> node.op() instanceof Source.Parameter parameter && parameter.trainable())
                .toList();
        GraphBuilder g = GraphBuilder.continuing(forward, Mode.TRAINING);
        Value one = g.constant(Tensor.full(Shape.of(), 1));
        List<Value> values = parameters.stream().map(Node::output).toList();
        List<@Nullable Value> gradients = gradients(g, forward, y, one, values);
        for (int i = 0; i < parameters.size(); i++) {
            Value gradient = gradients.get(i);
            if (gradient != null) {
                g.result(new Result.Gradient(parameters.get(i).name()), gradient);
            }
        }
        return g.build();
    }

    /**
     * Emits the gradients of {@code Σ seed · y} with respect to some values.
     *
     * @param g the builder to emit into, which goes on from {@code graph}
     * @param seed the gradient to start from, of y's shape
     * @return one gradient per value, null where y does not depend on it
     */
    public static List<@Nullable Value> gradients(
            GraphBuilder g, Graph graph, Value y, Value seed, List<Value> withRespectTo) {
        Differentiate walk = new Differentiate(g, dependents(graph, withRespectTo));
        walk.gradients.put(y, seed);
        List<Node> nodes = graph.nodes();
        for (int i = nodes.size() - 1; i >= 0; i--) {
            walk.visit(nodes.get(i));
        }
        List<@Nullable Value> result = new ArrayList<>();
        withRespectTo.forEach(value -> result.add(walk.gradients.get(value)));
        return result;
    }

    /** The given values and all that is computed from them. */
    private static Set<Value> dependents(Graph graph, Collection<Value> values) {
        Set<Value> dependents = Collections.newSetFromMap(new IdentityHashMap<>());
        dependents.addAll(values);
        for (Node node : graph.nodes()) {
            if (node.inputs().stream().anyMatch(dependents::contains)) {
                dependents.addAll(node.outputs());
            }
        }
        return dependents;
    }

    private void visit(Node node) {
        Value dy = gradients.get(node.output());
        if (dy == null || node.inputs().stream().noneMatch(relevant::contains)) {
            return;
        }
        String prefix = node.layer().equals(node.name()) ? "" : node.layer() + ".";
        try (GraphBuilder.Scope layer = g.scope(prefix)) {
            List<@Nullable Value> contributions = node.op().differentiate(g, node, dy);
            for (int i = 0; i < contributions.size(); i++) {
                accumulate(node.input(i), contributions.get(i));
            }
        }
    }

    private void accumulate(Value value, @Nullable Value contribution) {
        if (contribution != null && relevant.contains(value)) {
            gradients.merge(value, contribution, (a, b) -> g.add(new Add(), a, b));
        }
    }
}
