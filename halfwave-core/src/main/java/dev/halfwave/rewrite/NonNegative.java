package dev.halfwave.rewrite;

import dev.halfwave.graph.Node;
import dev.halfwave.graph.Op;
import dev.halfwave.graph.Source;
import dev.halfwave.graph.Value;
import dev.halfwave.op.Add;
import dev.halfwave.op.AvgPool2d;
import dev.halfwave.op.Binary;
import dev.halfwave.op.BinaryFunction;
import dev.halfwave.op.Broadcast;
import dev.halfwave.op.Concat;
import dev.halfwave.op.Embed;
import dev.halfwave.op.MaxPool2d;
import dev.halfwave.op.Reshape;
import dev.halfwave.op.Scatter;
import dev.halfwave.op.Slice;
import dev.halfwave.op.Softmax;
import dev.halfwave.op.Take;
import dev.halfwave.op.Transpose;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;
import java.util.function.DoublePredicate;

/** A proof, from the graph alone, that a value has no negative element. */
final class NonNegative {
    private static final Set<Class<? extends Op>> PRESERVING = Set.of(
            AvgPool2d.class,
            Broadcast.class,
            Concat.class,
            Embed.class,
            Reshape.class,
            Scatter.class,
            Slice.class,
            Take.class,
            Transpose.class);

    private static final Set<BinaryFunction> JOINING =
            Set.of(BinaryFunction.ADD, BinaryFunction.MAX, BinaryFunction.MIN);

    /** What has been looked at, once for all that read it. */
    private final Set<Value> seen = Collections.newSetFromMap(new IdentityHashMap<>());

    private NonNegative() {}

    static boolean holds(Value value) {
        return new NonNegative().follows(value);
    }

    private boolean follows(Value value) {
        if (!seen.add(value)
                || Activated.by(value).filter(f -> f.range().low() >= 0).isPresent()) {
            return true;
        }
        Node node = value.producer();
        boolean square = isProduct(node) && node.input(0) == node.input(1);
        return node.op() instanceof Softmax
                || square
                || isOne(node, number -> number >= 0)
                || (isProduct(node) || preserves(node))
                        && node.inputs().stream().allMatch(this::follows);
    }

    /** Whether a node is a constant all of whose numbers fulfil a condition. */
    static boolean isOne(Node node, DoublePredicate condition) {
        if (!(node.op() instanceof Source.Constant constant)) {
            return false;
        }
        for (float number : constant.tensor().data()) {
            if (!condition.test(number)) {
                return false;
            }
        }
        return true;
    }

    static boolean isProduct(Node node) {
        return node.op().equals(new Binary(BinaryFunction.MULTIPLY));
    }

    /** Whether a node makes nothing of the other sign of what all is of one sign or zero. */
    static boolean preserves(Node node) {
        Op op = node.op();
        return PRESERVING.contains(op.getClass())
                || op instanceof Binary binary && JOINING.contains(binary.function())
                || op.equals(new Add())
                || op instanceof MaxPool2d pool
                        && !pool.hasEmptyWindows(node.input(0).shape());
    }
}
