package dev.halfwave.nn;

import dev.halfwave.graph.GraphBuilder;
import dev.halfwave.graph.Value;
import dev.halfwave.op.Reshape;
import dev.halfwave.tensor.Shape;

/**
 * What layers for sequences {@code [N, L, C]} share: they are images {@code [N, L, 1, C]} to the ops, under another shape
 * without anything being copied.
 */
final class Sequences {
    private Sequences() {}

    static void check(String kind, GraphBuilder g, Value x) {
        if (x.shape().rank() != 3) {
            throw new IllegalArgumentException(Images.where(kind, g) + ": expected sequences [N, L, C], received "
                    + x.shape() + "; declare the input as [L, C], or put a Reshape in front");
        }
    }

    /** One column wide. */
    static Value image(GraphBuilder g, Value x) {
        Shape s = x.shape();
        return g.add(new Reshape(Shape.of(s.size(0), s.size(1), 1, s.size(2))), x);
    }

    /** Back from images one column wide. */
    static Value sequence(GraphBuilder g, Value image) {
        Shape s = image.shape();
        return g.add(new Reshape(Shape.of(s.size(0), s.size(1), s.size(3))), image);
    }
}
