package dev.halfwave.rewrite;

import dev.halfwave.activation.Identity;
import dev.halfwave.graph.Node;
import dev.halfwave.graph.Op;
import dev.halfwave.graph.Source;
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
import dev.halfwave.op.Take;
import dev.halfwave.op.Transpose;
import java.util.Set;
import java.util.function.DoublePredicate;

/** What nodes do to signs. */
final class Signs {
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

    private Signs() {}

    /** Whether a node is a constant all of whose numbers fulfil a condition. */
    static boolean allNumbers(Node node, DoublePredicate condition) {
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
        return node.op() instanceof Binary binary && binary.function() == BinaryFunction.MULTIPLY;
    }

    /** Whether a node makes nothing of the other sign of what all is of one sign or zero. */
    static boolean arePreservedBy(Node node) {
        Op op = node.op();
        return PRESERVING.contains(op.getClass())
                || op instanceof Binary binary && JOINING.contains(binary.function())
                || op instanceof Add add && add.activation() instanceof Identity
                || op instanceof MaxPool2d pool
                        && !pool.hasEmptyWindows(node.input(0).shape());
    }
}
