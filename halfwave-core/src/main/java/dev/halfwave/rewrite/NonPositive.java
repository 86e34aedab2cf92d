package dev.halfwave.rewrite;

import dev.halfwave.activation.Activation;
import dev.halfwave.activation.Formula;
import dev.halfwave.graph.Node;
import dev.halfwave.graph.Op;
import dev.halfwave.graph.Value;
import dev.halfwave.op.Add;
import dev.halfwave.op.Apply;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Optional;
import java.util.Set;

/** A proof, from the graph alone, that a value has no positive element. */
final class NonPositive {
    private final Set<Value> seen = Collections.newSetFromMap(new IdentityHashMap<>());

    private NonPositive() {}

    static boolean holds(Value value) {
        return new NonPositive().follows(value);
    }

    private boolean follows(Value value) {
        Node node = value.producer();
        Optional<Activation> f = Activated.by(value);
        if (!seen.add(value) || f.isPresent() && f.get().range().high() <= 0) {
            return true;
        }
        if (f.isPresent() && !(node.op() instanceof Add)) {
            return false;
        }
        if (Signs.isProduct(node)) {
            return isNegated(node, 0) || isNegated(node, 1);
        }
        return isNegation(node.op()) && NonNegative.holds(node.input(0))
                || Signs.allNumbers(node, number -> number <= 0)
                || Signs.arePreservedBy(node) && node.inputs().stream().allMatch(this::follows);
    }

    private static boolean isNegation(Op op) {
        return op instanceof Apply && op.equals(Apply.of(Formula.Function.NEGATE));
    }

    private static boolean isNegated(Node product, int factor) {
        return holds(product.input(factor)) && NonNegative.holds(product.input(1 - factor));
    }
}
