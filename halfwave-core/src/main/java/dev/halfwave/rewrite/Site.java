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
import java.util.function.BiPredicate;
import java.util.function.Predicate;

/**
 * One node that rules may match, seen together with what feeds it.
 *
 * <p>What a rule has made for a node earlier in the same pass is matched like everything else: all that reads it is what
 * read the node. Where a rule found a value that was there already, its producer is hidden; it is matched in the next
 * pass, when all uses are known.
 */
public final class Site {
    private final Graph graph;
    private final Node node;
    private final List<Value> inputs;
    private final Set<Value> shared;
    private final GraphBuilder builder;
    private final List<Node> made = new ArrayList<>();

    Site(Graph graph, Node node, List<Value> inputs, Set<Value> shared, GraphBuilder builder) {
        this.graph = graph;
        this.node = node;
        this.inputs = inputs;
        this.shared = shared;
        this.builder = builder;
    }

    /** The node's op. */
    public Op op() {
        return node.op();
    }

    /** The node's name, which stands for its value whatever rules make of it. */
    public String name() {
        return node.name();
    }

    /** The node's inputs, in the graph that is being made. */
    public List<Value> inputs() {
        return inputs;
    }

    /** One input. */
    public Value input(int index) {
        return inputs.get(index);
    }

    /** How many values the node computes. */
    public int outputs() {
        return node.outputs().size();
    }

    /** The shape of what the node computes. */
    public Shape shape() {
        return node.output().shape();
    }

    /** Whether a rule put that value in another's place in this pass, so that it has more readers than are known yet. */
    public boolean isShared(Value value) {
        return shared.contains(value);
    }

    /** The node that computes an input, unless that is hidden. */
    public Optional<Node> producer(int input) {
        Value value = inputs.get(input);
        return isShared(value) ? Optional.empty() : Optional.of(value.producer());
    }

    /** The same, if nothing else reads that input, so that the producer can be absorbed. */
    public Optional<Node> soleProducer(int input) {
        return graph.uses(node.input(input)) == 1 ? producer(input) : Optional.empty();
    }

    /** Whether ops of some kind are all that reads an input; a result is read by the caller, too. */
    public boolean isReadOnlyBy(int input, Predicate<Op> kind) {
        List<Node> readers = graph.readers(node.input(input));
        return readers.size() == graph.uses(node.input(input))
                && readers.stream().allMatch(reader -> kind.test(reader.op()));
    }

    /**
     * The readers in which all that is made of the node's result ends, by way of others that let it pass; empty if it also
     * ends otherwise, as a result that the caller reads, for one.
     *
     * @param end tells of a reader, and of the value that it reads, whether it is such an end
     * @param passing the same of what is let pass
     */
    Optional<List<Node>> ends(BiPredicate<Node, Value> end, BiPredicate<Node, Value> passing) {
        List<Node> found = new ArrayList<>();
        return collect(node.output(), end, passing, found) ? Optional.of(found) : Optional.empty();
    }

    /** Whether certain nodes are all that reads an input. */
    boolean isReadOnlyBy(int input, BiPredicate<Node, Value> reader) {
        return collect(node.input(input), reader, (other, value) -> false, new ArrayList<>());
    }

    private boolean collect(
            Value value, BiPredicate<Node, Value> end, BiPredicate<Node, Value> passing, List<Node> found) {
        List<Node> readers = graph.readers(value);
        if (readers.size() < graph.uses(value)) {
            return false;
        }
        for (Node reader : readers) {
            if (end.test(reader, value)) {
                found.add(reader);
            } else if (!passing.test(reader, value) || !collect(reader.output(), end, passing, found)) {
                return false;
            }
        }
        return true;
    }

    /** Whether ops of some kind are among those that read what the node computes. */
    public boolean isReadBy(Predicate<Op> kind) {
        return graph.readers(node.output()).stream().anyMatch(reader -> kind.test(reader.op()));
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
        List<Node> absorbed = new ArrayList<>();
        for (int i = 0; i < inputs.size(); i++) {
            Value input = inputs.get(i);
            if (made.stream().noneMatch(user -> user.inputs().contains(input))) {
                soleProducer(i).ifPresent(absorbed::add);
            }
        }
        return absorbed;
    }

    /** Whether that is what a rule has made here, rather than a value that was there already. */
    boolean hasMade(Value value) {
        return made.contains(value.producer());
    }
}
