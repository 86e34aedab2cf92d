package dev.halfwave.nn;

import dev.halfwave.graph.GraphBuilder;
import dev.halfwave.graph.Value;
import java.util.List;

/**
 * Runs branches on the same input and puts their channels side by side: every {@code [..., Cᵢ]} to {@code [..., ΣCᵢ]}.
 *
 * @param branches one or more
 */
public record Concat(List<Layer> branches) implements Layer {
    /** Keeps its own copy of the list. */
    public Concat {
        branches = List.copyOf(branches);
        if (branches.isEmpty()) {
            throw new IllegalArgumentException("concat: expected a branch or more, received none");
        }
    }

    /** Branches in order. */
    public static Concat of(Layer... branches) {
        return new Concat(List.of(branches));
    }

    @Override
    public Value apply(GraphBuilder g, Value x) {
        try (GraphBuilder.Scope layer = g.layer("concat")) {
            Value[] parts = branches.stream().map(branch -> branch.apply(g, x)).toArray(Value[]::new);
            return parts.length == 1 ? parts[0] : g.add(new dev.halfwave.op.Concat(-1), parts);
        }
    }
}
