package dev.halfwave.nn;

import dev.halfwave.graph.GraphBuilder;
import dev.halfwave.graph.Value;
import java.util.List;

/**
 * Runs branches on the same input and adds up what they compute; all of one shape.
 *
 * @param branches one or more
 */
public record Add(List<Layer> branches) implements Layer {
    /** Keeps its own copy of the list. */
    public Add {
        branches = List.copyOf(branches);
        if (branches.isEmpty()) {
            throw new IllegalArgumentException("add: expected a branch or more, received none");
        }
    }

    /** Branches in order. */
    public static Add of(Layer... branches) {
        return new Add(List.of(branches));
    }

    @Override
    public Value apply(GraphBuilder g, Value x) {
        try (GraphBuilder.Scope layer = g.layer("add")) {
            Value sum = branches.get(0).apply(g, x);
            for (Layer branch : branches.subList(1, branches.size())) {
                sum = g.add(new dev.halfwave.op.Add(), sum, branch.apply(g, x));
            }
            return sum;
        }
    }
}
