package dev.halfwave.rewrite;

import dev.halfwave.graph.Graph;
import dev.halfwave.graph.GraphBuilder;
import dev.halfwave.graph.Node;
import dev.halfwave.graph.Op;
import dev.halfwave.graph.Value;
import dev.halfwave.tensor.Shape;
import dev.halfwave.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/**
 * One node that rules may match, seen together with what feeds it.
 *
 * <p>Producers that another rule made in the same pass are hidden; they are matched in the next pass, when all uses are
 * known.
 */
public final class Site {
    private final Graph graph;
    private final Node node;
    private final List<Value> inputs;
    private final Set<Value> fresh;
    private final GraphBuilder builder;
    private final List<Node> made = new ArrayList<>();

    Site(Graph graph, Node node, List<Value> inputs, Set<Value> fresh, GraphBuilder builder) {
        this.graph = graph;
        this.node = node;
        this.inputs = inputs;
        this.fresh = fresh;
        this.builder = builder;
    }

    /** The node's op. */
    public Op op() {
        return node.op();
    }

    /** The node's inputs, in the graph that is being made. */
    public List<Value> inputs() {
        return inputs;
    }

    /** One input. */
    public Value input(int index) {
        return inputs.get(index);
    }

    /** The shape of what the node computes. */
    public Shape shape() {
        return node.output().shape();
    }

    /** Whether a rule made that value in this pass, so that what becomes of it is not known yet. */
    public boolean isFresh(Value value) {
        return fresh.contains(value);
    }

    /** The node that computes an input, unless it was only just made by a rule. */
    public Optional<Node> producer(int input) {
        Value value = inputs.get(input);
        return isFresh(value) ? Optional.empty() : Optional.of(value.producer());
    }

    /** The same, if nothing else reads that input, so that the producer can be absorbed. */
    public Optional<Node> soleProducer(int input) {
        return graph.uses(node.input(input)) == 1 ? producer(input) : Optional.empty();
    }

    /** Whether ops of some kind are all that reads an input; a result is read by the caller, too. */
    public boolean isReadOnlyBy(int input, Predicate<Op> kind) {
        Value value = node.input(input);
        long reads = graph.nodes().stream()
                .filter(reader -> kind.test(reader.op()))
                .flatMap(reader -> reader.inputs().stream())
                .filter(read -> read == value)
                .count();
        return reads == graph.uses(value);
    }

    /** A fixed tensor. */
    public Value constant(Tensor tensor) {
        return builder.constant(tensor);
    }

    /** A further node on the way to the replacement, under this one's name and what it stands for. */
    public Value derive(String what, Op op, Value... from) {
        return make(node.name() + "_" + what, op, List.of(from));
    }

    /** A node under this one's name, which computes the same value in another way. */
    public Value replace(Op op, List<Value> from) {
        return make(node.name(), op, from);
    }

    /** The same, from several single values and lists of values. */
    public Value replace(Op op, List<Value> from, Value... more) {
        List<Value> all = new ArrayList<>(from);
        all.addAll(Arrays.asList(more));
        return replace(op, all);
    }

    private Value make(String name, Op op, List<Value> from) {
        Node next = builder.restate(name, op, from);
        made.add(next);
        return next.output();
    }

    /** What a rule has made here. */
    List<Node> made() {
        return made;
    }

    /** The producers that nothing reads any more, now that the node is replaced by what was made. */
    List<Node> absorbed() {
        return IntStream.range(0, inputs.size())
                .filter(i -> made.stream().noneMatch(user -> user.inputs().contains(inputs.get(i))))
                .mapToObj(this::soleProducer)
                .flatMap(Optional::stream)
                .toList();
    }
}
