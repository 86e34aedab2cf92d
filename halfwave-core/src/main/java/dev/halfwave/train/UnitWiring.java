package dev.halfwave.train;

import dev.halfwave.graph.Graph;
import dev.halfwave.graph.Node;
import dev.halfwave.graph.Source;
import dev.halfwave.graph.Value;
import dev.halfwave.op.Activate;
import dev.halfwave.op.Add;
import dev.halfwave.op.AvgPool2d;
import dev.halfwave.op.BiasAdd;
import dev.halfwave.op.Concat;
import dev.halfwave.op.Conv2d;
import dev.halfwave.op.FrozenBatchNorm;
import dev.halfwave.op.MatMul;
import dev.halfwave.op.MaxPool2d;
import dev.halfwave.op.PRelu;
import dev.halfwave.op.Reshape;
import dev.halfwave.tensor.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/**
 * Which parameters lead to a unit of an activation, and which lead away from it, found by walking the graph of a network
 * in use.
 *
 * @param graph the network
 */
record UnitWiring(Graph graph) {

    /** Some elements of one parameter. */
    record Part(Source.Parameter parameter, int[] elements) {}

    /**
     * What makes the unit's pre-activation: its column of weights, its bias, its batch norm; of a residual sum, those of
     * every branch that has some, while a plain shortcut has none. Empty if no layer's weights make it, or others with
     * them.
     */
    Optional<List<Part>> incoming(Node activation, int unit) {
        List<Part> parts = new ArrayList<>();
        return addIncoming(parts, activation.input(0), unit) ? Optional.of(parts) : Optional.empty();
    }

    private static boolean addIncoming(List<Part> parts, Value z, int unit) {
        List<Part> own = new ArrayList<>();
        Node at = z.producer();
        while (at.op() instanceof BiasAdd || at.op() instanceof FrozenBatchNorm) {
            for (int i = 1; i < at.inputs().size(); i++) {
                if (!add(own, at.input(i), element -> element == unit)) {
                    return false;
                }
            }
            at = at.input(0).producer();
        }
        boolean made = at.op() instanceof Add
                ? addBranches(own, at, unit)
                : (at.op() instanceof Conv2d || at.op() instanceof MatMul) && addColumn(own, at, unit);
        if (made) {
            parts.addAll(own);
        }
        return made;
    }

    private static boolean addBranches(List<Part> parts, Node sum, int unit) {
        boolean any = false;
        for (Value branch : sum.inputs()) {
            any |= addIncoming(parts, branch, unit);
        }
        return any;
    }

    private static boolean addColumn(List<Part> parts, Node product, int unit) {
        Shape weights = product.input(1).shape();
        if (product.op() instanceof MatMul matMul && matMul.transposeB()) {
            return add(parts, product.input(1), element -> element / weights.size(1) == unit);
        }
        return add(parts, product.input(1), element -> element % weights.size(-1) == unit);
    }

    private static boolean add(List<Part> parts, Value value, IntPredicate which) {
        if (!(value.producer().op() instanceof Source.Parameter parameter)) {
            return false;
        }
        int[] elements =
                IntStream.range(0, parameter.shape().elements()).filter(which).toArray();
        parts.add(new Part(parameter, elements));
        return true;
    }

    /**
     * The weights that read the unit; empty if some of what reads it cannot be told apart, as behind a residual sum.
     */
    Optional<List<Part>> outgoing(Node activation, int unit) {
        List<Part> parts = new ArrayList<>();
        boolean[] channels = new boolean[activation.output().shape().size(-1)];
        channels[unit] = true;
        return follow(activation.output(), channels, parts) ? Optional.of(parts) : Optional.empty();
    }

    /** @param channels which of the value's last axis come from the unit */
    private boolean follow(Value value, boolean[] channels, List<Part> parts) {
        if (graph.results().containsValue(value)) {
            return false;
        }
        for (Node node : graph.nodes()) {
            if (node.inputs().contains(value) && !through(node, value, channels, parts)) {
                return false;
            }
        }
        return true;
    }

    private boolean through(Node node, Value value, boolean[] channels, List<Part> parts) {
        if (node.op() instanceof Conv2d conv) {
            return node.input(0) == value && addReaders(parts, node, conv, channels);
        }
        if (node.op() instanceof MatMul product) {
            int n = node.output().shape().size(-1);
            int k = channels.length;
            boolean transposed = product.transposeB();
            return node.input(0) == value
                    && !product.transposeA()
                    && add(parts, node.input(1), element -> channels[transposed ? element % k : element / n]);
        }
        if (node.op() instanceof Reshape) {
            int last = node.output().shape().size(-1);
            return last % channels.length == 0 && follow(node.output(), repeated(channels, last), parts);
        }
        if (node.op() instanceof Concat concat
                && node.output().shape().resolve(concat.axis()) == value.shape().rank() - 1) {
            return follow(node.output(), joined(node, value, channels), parts);
        }
        boolean channelByChannel = node.op() instanceof MaxPool2d
                || node.op() instanceof AvgPool2d
                || node.op() instanceof Activate
                || node.op() instanceof PRelu
                || node.op() instanceof BiasAdd
                || node.op() instanceof FrozenBatchNorm;
        return channelByChannel && node.input(0) == value && follow(node.output(), channels, parts);
    }

    private static boolean addReaders(List<Part> parts, Node node, Conv2d conv, boolean[] channels) {
        Shape filters = node.input(1).shape();
        int c = filters.size(2);
        int k = filters.size(3);
        int perGroup = k / conv.groups();
        return add(parts, node.input(1), element -> channels[element % k / perGroup * c + element / k % c]);
    }

    private static boolean[] repeated(boolean[] channels, int length) {
        boolean[] longer = new boolean[length];
        for (int i = 0; i < length; i++) {
            longer[i] = channels[i % channels.length];
        }
        return longer;
    }

    private static boolean[] joined(Node concat, Value value, boolean[] channels) {
        boolean[] all = new boolean[concat.output().shape().size(-1)];
        int start = 0;
        for (Value input : concat.inputs()) {
            if (input == value) {
                System.arraycopy(channels, 0, all, start, channels.length);
            }
            start += input.shape().size(-1);
        }
        return all;
    }
}
