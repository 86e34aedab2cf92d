package dev.halfwave.rewrite;

import dev.halfwave.activation.Formula;
import dev.halfwave.graph.Node;
import dev.halfwave.graph.Value;
import dev.halfwave.op.Apply;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;

/** A proof, from the graph alone, that a value has no positive element. */
final class NonPositive {
    private static final Apply NEGATION = Apply.of(Formula.Function.NEGATE);

    private final Set<Value> seen = Collections.newSetFromMap(new IdentityHashMap<>());

    private NonPositive() {}

    static boolean holds(Value value) {
        return new NonPositive().follows(value);
    }

    private boolean follows(Value value) {
        if (!seen.add(value)
                || Activated.by(value).filter(f -> f.range().high() <= 0).isPresent()) {
            return true;
        }
        Node node = value.producer();
        if (NonNegative.isProduct(node)) {
            return isNegated(node, 0) || isNegated(node, 1);
        }
        return node.op().equals(NEGATION) && NonNegative.holds(node.input(0))
                || NonNegative.isOne(node, number -> number <= 0)
                || NonNegative.preserves(node) && node.inputs().stream().allMatch(this::follows);
    }

    private static boolean isNegated(Node product, int factor) {
        return holds(product.input(factor)) && NonNegative.holds(product.input(1 - factor));
    }
}
