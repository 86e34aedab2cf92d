package dev.halfwave.rewrite;

import dev.halfwave.activation.Activation;
import dev.halfwave.graph.Node;
import dev.halfwave.graph.Value;
import dev.halfwave.op.Add;
import dev.halfwave.op.Softmax;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Optional;
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
        Node node = value.producer();
        Optional<Activation> f = Activated.by(value);
        if (!seen.add(value) || f.isPresent() && f.get().range().low() >= 0) {
            return true;
        }
        if (f.isPresent() && !(node.op() instanceof Add)) {
            return false;
        }
        boolean square = Signs.isProduct(node) && node.input(0) == node.input(1);
        return node.op() instanceof Softmax
                || square
                || Signs.allNumbers(node, number -> number >= 0)
                || (Signs.isProduct(node) || Signs.arePreservedBy(node))
                        && node.inputs().stream().allMatch(this::follows);
    }
}
