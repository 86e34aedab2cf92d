package dev.halfwave.bounds;

import dev.halfwave.graph.Graph;
import dev.halfwave.graph.Node;
import dev.halfwave.graph.Parameters;
import dev.halfwave.graph.Source;
import dev.halfwave.graph.Value;
import dev.halfwave.tensor.DoubleTensor;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Bounds of the values of a graph for all inputs whose elements lie in a range, by interval arithmetic in double.
 *
 * <p>They hold for every such input. Where an op has no rule, nothing is known of what follows from it.
 *
 * @see <a href="https://arxiv.org/abs/1810.12715">Gowal et al. 2018, section 3</a>
 */
public final class ValueBounds {
    private final Parameters parameters;
    private final double low;
    private final double high;
    private final Map<Value, Bounds> bounds = new IdentityHashMap<>();

    private ValueBounds(Parameters parameters, double low, double high) {
        this.parameters = parameters;
        this.low = low;
        this.high = high;
    }

    /**
     * Follows a range of inputs through a graph.
     *
     * @param parameters the numbers of the graph's parameters
     * @param low the smallest element of an input
     * @param high the largest element of an input
     * @throws IllegalArgumentException if the range is empty
     */
    public static ValueBounds of(Graph graph, Parameters parameters, double low, double high) {
        if (!(low <= high)) {
            throw new IllegalArgumentException("bounds: expected a range of pixels, received " + low + " to " + high);
        }
        ValueBounds found = new ValueBounds(parameters, low, high);
        for (Node node : graph.nodes()) {
            found.follow(node).ifPresent(known -> found.bounds.put(node.output(), known));
        }
        return found;
    }

    private Optional<Bounds> follow(Node node) {
        if (node.op() instanceof Source.Input input) {
            return Optional.of(Bounds.everywhere(input.shape(), low, high));
        }
        if (node.op() instanceof Source.Parameter parameter) {
            return Optional.of(Bounds.exactly(DoubleTensor.of(parameters.get(parameter.key()))));
        }
        if (node.op() instanceof Source.Constant constant) {
            return Optional.of(Bounds.exactly(DoubleTensor.of(constant.tensor())));
        }
        if (!node.inputs().stream().allMatch(bounds::containsKey)) {
            return Optional.empty();
        }
        List<Bounds> inputs =
                node.inputs().stream().map(value -> find(value).orElseThrow()).toList();
        if (node.isLasting()) {
            List<DoubleTensor> known = inputs.stream().map(Bounds::low).toList();
            return Optional.of(Bounds.exactly(node.op().evaluate(known, 0).get(0)));
        }
        return BoundRules.apply(node, inputs);
    }

    /** The bounds of a value; empty if it is not one of the graph, or nothing is known of it. */
    public Optional<Bounds> find(Value value) {
        return Optional.ofNullable(bounds.get(value));
    }
}
