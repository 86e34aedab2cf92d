package dev.halfwave.rewrite;

import dev.halfwave.graph.Node;
import dev.halfwave.graph.Value;
import dev.halfwave.op.Add;
import dev.halfwave.op.MaxPool2d;
import dev.halfwave.op.Reshape;

/** A proof, from the graph alone, that a value has no negative element. */
final class NonNegative {
    private NonNegative() {}

    static boolean holds(Value value) {
        Node node = value.producer();
        if (Activated.by(value).filter(f -> f.range().low() >= 0).isPresent()) {
            return true;
        }
        boolean preserving = node.op() instanceof Reshape
                || node.op() instanceof MaxPool2d pool
                        && !pool.hasEmptyWindows(node.input(0).shape())
                || node.op().equals(new Add());
        return preserving && node.inputs().stream().allMatch(NonNegative::holds);
    }
}
