package dev.halfwave.nn;

import dev.halfwave.graph.GraphBuilder;
import dev.halfwave.graph.Value;
import dev.halfwave.op.Reshape;
import dev.halfwave.tensor.Shape;

/** One row per sample: {@code [N, …]} to {@code [N, C]}, channels of one pixel staying together. */
public record Flatten() implements Layer {
    @Override
    public Value apply(GraphBuilder g, Value x) {
        try (GraphBuilder.Scope layer = g.layer("flatten")) {
            Shape s = x.shape();
            return g.add(new Reshape(Shape.of(s.size(0), s.product(1, s.rank()))), x);
        }
    }
}
