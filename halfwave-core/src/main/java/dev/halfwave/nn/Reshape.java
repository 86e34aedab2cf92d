package dev.halfwave.nn;

import dev.halfwave.graph.GraphBuilder;
import dev.halfwave.graph.Value;
import dev.halfwave.tensor.Shape;

/**
 * Each sample's elements under another shape, in the same order: {@code [N, …]} to {@code [N, shape…]}.
 *
 * @param shape the sizes behind the batch axis
 */
public record Reshape(Shape shape) implements Layer {
    @Override
    public Value apply(GraphBuilder g, Value x) {
        try (GraphBuilder.Scope layer = g.layer("reshape")) {
            int[] sample = x.shape().dropFirst().sizes();
            if (Shape.of(sample).elements() != shape.elements()) {
                throw new IllegalArgumentException(Images.where("reshape", g) + ": expected samples of "
                        + shape.elements() + " elements for shape " + shape + ", received " + Shape.of(sample));
            }
            return g.add(new dev.halfwave.op.Reshape(shape.prepend(x.shape().size(0))), x);
        }
    }
}
