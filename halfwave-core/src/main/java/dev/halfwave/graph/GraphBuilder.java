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
    /** For a name that was taken, the last number behind it. */
    private final Map<String, Integer> numbers = new HashMap<>();

    private String prefix = "";

    /** An empty graph to be. */
    public GraphBuilder(Mode mode) {
        this.mode = mode;
    }

    /** A builder that goes on from a finished graph, whose nodes and results it takes over. */
    public static GraphBuilder continuing(Graph graph, Mode mode) {
        GraphBuilder g = new GraphBuilder(mode);
        graph.nodes().forEach(g::take);
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

    /**
     * Takes over a node of the graph this one is made from: itself if its inputs are its own, otherwise the same op on
     * others of the same shapes.
     */
    public Node retain(Node node, List<Value> inputs) {
        if (node.inputs().equals(inputs)) {
            return take(node);
        }
        return shapes(node.inputs()).equals(shapes(inputs))
                ? take(new Node(node.name(), node.op(), inputs, shapes(node.outputs())))
                : restate(node.name(), node.op(), inputs);
    }

    private Node take(Node node) {
        if (node.op() instanceof Source) {
            sources.put(node.name(), node.output());
        }
        return insert(node);
    }

    private Node insert(Node node) {
        nodes.add(node);
        names.add(node.name());
        return node;
    }

    private static List<Shape> shapes(List<Value> values) {
        List<Shape> shapes = new ArrayList<>(values.size());
        values.forEach(value -> shapes.add(value.shape()));
        return shapes;
    }

    private Node append(String name, Op op, List<Value> inputs) {
        List<Shape> shapes;
        try {
            shapes = op.infer(shapes(inputs));
        } catch (IllegalArgumentException misfit) {
            throw new IllegalArgumentException(name + ": " + misfit.getMessage(), misfit);
        }
        return insert(new Node(name, op, inputs, shapes));
    }

    private String unique(String stem) {
        String first = prefix + stem;
        String name = first;
        while (names.contains(name)) {
            name = first + "_" + numbers.merge(first, 2, (number, two) -> number + 1);
        }
        return name;
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
