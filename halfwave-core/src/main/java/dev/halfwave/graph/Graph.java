package dev.halfwave.graph;

import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A network, or a part of one, as ops on values: immutable, in an order in which every node follows its inputs.
 *
 * <p>Everything else builds, rewrites, runs or inspects graphs. They are made by a {@link GraphBuilder}.
 */
public final class Graph {
    private final List<Node> nodes;
    private final Map<Result, Value> results;
    private final Map<Value, List<Node>> readers = new IdentityHashMap<>();
    private final Map<Value, Integer> declared = new IdentityHashMap<>();

    Graph(List<Node> nodes, Map<Result, Value> results) {
        this.nodes = List.copyOf(nodes);
        this.results = new LinkedHashMap<>(results);
        for (Node node : nodes) {
            for (Value value : node.inputs()) {
                readers.computeIfAbsent(value, read -> new ArrayList<>(2)).add(node);
            }
        }
        results.values().forEach(value -> declared.merge(value, 1, Integer::sum));
    }

    /** All nodes, inputs before users. */
    public List<Node> nodes() {
        return nodes;
    }

    /** What the graph exists to compute, in the order it was declared. */
    public Map<Result, Value> results() {
        return Collections.unmodifiableMap(results);
    }

    /** How often a value is read, by nodes or as a result. */
    public int uses(Value value) {
        return readers(value).size() + declared.getOrDefault(value, 0);
    }

    /** The nodes that read a value, in order, each as often as it does. */
    public List<Node> readers(Value value) {
        return Collections.unmodifiableList(readers.getOrDefault(value, List.of()));
    }

    /**
     * The value that is read under the given name.
     *
     * @throws IllegalArgumentException if there is no such output
     */
    public Value output(String name) {
        Value value = results.get(new Result.Output(name));
        if (value == null) {
            throw new IllegalArgumentException(
                    "graph: expected one of the outputs " + outputNames() + ", received \"" + name + "\"");
        }
        return value;
    }

    /** The names of everything that can be read after a run. */
    public List<String> outputNames() {
        return results.keySet().stream()
                .filter(Result.Output.class::isInstance)
                .map(result -> ((Result.Output) result).name())
                .toList();
    }

    /** What has to be fed in. */
    public List<Source.Input> inputs() {
        return sources(Source.Input.class);
    }

    /** What is kept from run to run. */
    public List<Source.Parameter> parameters() {
        return sources(Source.Parameter.class);
    }

    private <S extends Source> List<S> sources(Class<S> kind) {
        return nodes.stream()
                .map(Node::op)
                .filter(kind::isInstance)
                .map(kind::cast)
                .toList();
    }

    /** The floating-point operations of all nodes, counted as {@link Op#flops} does. */
    public long flops() {
        return nodes.stream()
                .mapToLong(node -> node.op()
                        .flops(
                                node.inputShapes(),
                                node.outputs().stream().map(Value::shape).toList()))
                .sum();
    }

    /** The node of the given name. */
    public Optional<Node> find(String name) {
        return nodes.stream().filter(node -> node.name().equals(name)).findFirst();
    }

    /** One line per node. */
    @Override
    public String toString() {
        return nodes.stream().map(Node::toString).collect(Collectors.joining("\n"));
    }
}
