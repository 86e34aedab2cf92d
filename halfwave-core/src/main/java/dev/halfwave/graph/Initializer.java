package dev.halfwave.graph;

import dev.halfwave.tensor.Shape;
import java.util.random.RandomGenerator;

/** How a parameter gets its first values. */
@FunctionalInterface
public interface Initializer {
    /**
     * Writes the first values of a parameter.
     *
     * @param shape the parameter's sizes; the last axis is the outputs, everything before it feeds one output
     * @param into where to write {@code shape.elements()} values, from {@code offset}
     * @param random this parameter's own stream of random numbers
     */
    void fill(Shape shape, float[] into, int offset, RandomGenerator random);
}
