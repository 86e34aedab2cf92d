package dev.halfwave.nn;

import dev.halfwave.graph.GraphBuilder;
import dev.halfwave.graph.Value;
import dev.halfwave.op.Binary;
import dev.halfwave.op.BinaryFunction;
import java.util.List;

/**
 * Runs branches on the same input and multiplies what they compute, element by element, as gates do.
 *
 * <p>Shapes are repeated to one another by NumPy's rule, so a branch may give one number per channel, {@code [N, 1, 1, C]}.
 *
 * @param branches one or more; an empty {@link Sequential} is the input itself
 */
public record Mul(List<Layer> branches) implements Layer {
    /** Keeps its own copy of the list. */
    public Mul {
        branches = List.copyOf(branches);
        if (branches.isEmpty()) {
            throw new IllegalArgumentException("mul: expected a branch or more, received none");
        }
    }

    /** Branches in order. */
    public static Mul of(Layer... branches) {
        return new Mul(List.of(branches));
    }

    @Override
    public Value apply(GraphBuilder g, Value x) {
        try (GraphBuilder.Scope layer = g.layer("mul")) {
            Value product = branches.get(0).apply(g, x);
            for (Layer branch : branches.subList(1, branches.size())) {
                product = g.add(new Binary(BinaryFunction.MULTIPLY), product, branch.apply(g, x));
            }
            return product;
        }
    }
}
