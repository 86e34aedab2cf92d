package dev.halfwave.nn.init;

import dev.halfwave.graph.Initializer;
import dev.halfwave.tensor.Shape;
import java.util.Arrays;
import java.util.random.RandomGenerator;

/**
 * Every element starts at the same value.
 *
 * @param value the value
 */
public record Constant(double value) implements Initializer {
    @Override
    public void fill(Shape shape, float[] into, int offset, RandomGenerator random) {
        Arrays.fill(into, offset, offset + shape.elements(), (float) value);
    }
}
