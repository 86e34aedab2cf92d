package dev.halfwave.graph;

import dev.halfwave.tensor.Shape;
import dev.halfwave.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The one way to make a {@link Graph}: add sources and ops, declare results, build.
 *
 * <pre>{@code
 * GraphBuilder g = new GraphBuilder(Mode.INFERENCE);
 * Value x = g.input("x", Shape.of(2, 3));
 * g.output("y", g.add(new Activate(new Relu()), x));
 * Graph graph = g.build();
 * }</pre>
 *
 * <p>Shapes are checked as ops are added; an error names the node. A builder belongs to one thread.
 */
public final class GraphBuilder {
    private final Mode mode;
    private final List<Node> nodes = new ArrayList<>();
    private final Map<Result, Value> results = new LinkedHashMap<>();
    private final Map<String, Value> sources = new HashMap<>();
    private final Map<String, Integer> counts = new HashMap<>();
    private final Set<String> names = new HashSet<>();
    private final Map<String, Integer> tried = new HashMap<>();
    private String prefix = "";

    /** An empty graph to be. */
    public GraphBuilder(Mode mode) {
        this.mode = mode;
    }

    /** A builder that goes on from a finished graph, whose nodes and results it takes over. */
    public static GraphBuilder continuing(Graph graph, Mode mode) {
        GraphBuilder g = new GraphBuilder(mode);
        for (Node node : graph.nodes()) {
            g.nodes.add(node);
            g.names.add(node.name());
            if (node.op() instanceof Source) {
                g.sources.put(node.name(), node.output());
            }
        }
        g.results.putAll(graph.results());
        return g;
    }

    /** What the graph is built for. */
    public Mode mode() {
        return mode;
    }

    /** A tensor to be fed in; asked for twice, it is the same value. */
    public Value input(String key, Shape shape) {
        return source(key, new Source.Input(key, shape));
    }

    /**
     * A parameter of the layer being built, whose name goes in front of the key.
     *
     * @param trainable whether an optimizer changes it
     */
    public Value parameter(String key, Shape shape, Initializer initializer, boolean trainable) {
        String name = prefix + key;
        return source(name, new Source.Parameter(name, shape, initializer, trainable));
    }

    /** A source under a full name of its own; asked for twice, it is the same value. */
    public Value source(String name, Source source) {
        Value known = sources.get(name);
        if (known != null) {
            if (!known.shape().equals(source.shape())) {
                throw new IllegalArgumentException(
                        name + ": expected shape " + known.shape() + " as before, received " + source.shape());
            }
            return known;
        }
        Value value = append(name, source, List.of()).output();
        sources.put(name, value);
        return value;
    }

    /** A fixed tensor. */
    public Value constant(Tensor tensor) {
        return append(unique("constant"), new Source.Constant(tensor), List.of())
                .output();
    }

    /** Adds an op and returns its first output. */
    public Value add(Op op, Value... inputs) {
        return addNode(op, Arrays.asList(inputs)).output();
    }

    /**
     * Adds an op.
     *
     * @throws IllegalArgumentException if the op cannot take inputs of these shapes; the text starts with the node's
     *     name
     */
    public Node addNode(Op op, List<Value> inputs) {
        return append(unique(op.name()), op, inputs);
    }

    /**
     * Adds a node under a name that it, or another node computing the same value, already had in the graph this one is
     * made from.
     */
    public Node restate(String name, Op op, List<Value> inputs) {
        Node node = append(name, op, inputs);
        if (op instanceof Source) {
            sources.put(name, node.output());
        }
        return node;
    }

    private Node append(String name, Op op, List<Value> inputs) {
        List<Shape> shapes;
        try {
            shapes = op.infer(inputs.stream().map(Value::shape).toList());
        } catch (IllegalArgumentException misfit) {
            throw new IllegalArgumentException(name + ": " + misfit.getMessage(), misfit);
        }
        Node node = new Node(name, op, inputs, shapes);
        nodes.add(node);
        names.add(name);
        return node;
    }

    private String unique(String stem) {
        String first = prefix + stem;
        if (!names.contains(first)) {
            return first;
        }
        // Names are never given back, so all below the last one tried are taken still.
        int number = tried.getOrDefault(first, 2);
        while (names.contains(first + "_" + number)) {
            number++;
        }
        tried.put(first, number);
        return first + "_" + number;
    }

    /**
     * Opens a layer: until it is closed, names start with the layer's, as in {@code conv2d_1.filters}. The number
     * counts layers of that kind within the enclosing one.
     */
    public Scope layer(String kind) {
        int number = counts.merge(prefix + kind, 1, Integer::sum);
        return scope(prefix + kind + "_" + number + ".");
    }

    /** What stands in front of names just now: the open layers, each followed by a dot. */
    public String prefix() {
        return prefix;
    }

    /** Opens a scope under an exact prefix, for ops that belong to something already named. */
    public Scope scope(String exactPrefix) {
        String outer = prefix;
        prefix = exactPrefix;
        return () -> prefix = outer;
    }

    /** Declares a value that the caller will read. */
    public void output(String name, Value value) {
        results.put(new Result.Output(name), value);
    }

    /** Declares what becomes of a value. */
    public void result(Result result, Value value) {
        results.put(result, value);
    }

    /** The finished graph, without the nodes that no result needs; sources stay. */
    public Graph build() {
        Set<Node> live = Collections.newSetFromMap(new IdentityHashMap<>());
        results.values().forEach(value -> live.add(value.producer()));
        for (int i = nodes.size() - 1; i >= 0; i--) {
            if (live.contains(nodes.get(i))) {
                nodes.get(i).inputs().forEach(value -> live.add(value.producer()));
            }
        }
        return new Graph(
                nodes.stream()
                        .filter(node -> live.contains(node) || isLasting(node))
                        .toList(),
                results);
    }

    private static boolean isLasting(Node node) {
        return node.op() instanceof Source.Input || node.op() instanceof Source.Parameter;
    }

    /** An open layer. */
    public interface Scope extends AutoCloseable {
        @Override
        void close();
    }
}
