package dev.halfwave.rewrite;

import dev.halfwave.graph.Node;
import dev.halfwave.graph.Value;
import dev.halfwave.op.Add;
import dev.halfwave.op.MaxPool2d;
import dev.halfwave.op.Reshape;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;

/** A proof, from the graph alone, that a value has no negative element. */
final class NonNegative {
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
        boolean preserving = node.op() instanceof Reshape
                || node.op() instanceof MaxPool2d pool
                        && !pool.hasEmptyWindows(node.input(0).shape())
                || node.op() instanceof Add;
        return preserving && node.inputs().stream().allMatch(this::follows);
    }
}
