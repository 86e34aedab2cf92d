package dev.halfwave.nn;

import dev.halfwave.graph.GraphBuilder;
import dev.halfwave.graph.Value;
import dev.halfwave.op.Reshape;
import dev.halfwave.tensor.Shape;

/**
 * Reads images {@code [N, H, W, C]} as sequences {@code [N, T, C′]}, from the top left to the bottom right.
 *
 * @param unit what comes at each step
 */
public record Scan(Unit unit) implements Layer {

    /** One pixel after the other: {@code [N, H·W, C]}. */
    public static Scan pixels() {
        return new Scan(Unit.PIXELS);
    }

    /** One row after the other: {@code [N, H, W·C]}. */
    public static Scan rows() {
        return new Scan(Unit.ROWS);
    }

    @Override
    public Value apply(GraphBuilder g, Value x) {
        try (GraphBuilder.Scope layer = g.layer("scan")) {
            Images.check("scan", g, x);
            Shape s = x.shape();
            Shape sequence = unit == Unit.PIXELS
                    ? Shape.of(s.size(0), Math.multiplyExact(s.size(1), s.size(2)), s.size(3))
                    : Shape.of(s.size(0), s.size(1), Math.multiplyExact(s.size(2), s.size(3)));
            return g.add(new Reshape(sequence), x);
        }
    }

    /** What comes at each step. */
    public enum Unit {
        /** A pixel. */
        PIXELS,
        /** A row of pixels. */
        ROWS
    }
}
