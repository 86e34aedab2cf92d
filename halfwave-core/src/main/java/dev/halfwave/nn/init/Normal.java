package dev.halfwave.nn.init;

import dev.halfwave.graph.Initializer;
import dev.halfwave.tensor.Shape;
import java.util.random.RandomGenerator;

/**
 * Normal around zero, whatever the fan-in.
 *
 * @param deviation the standard deviation, 0 or more
 */
public record Normal(double deviation) implements Initializer {

    /** @throws IllegalArgumentException if the deviation is negative or not finite */
    public Normal {
        if (!(deviation >= 0 && deviation < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("normal: expected a deviation of 0 or more, received " + deviation);
        }
    }

    @Override
    public void fill(Shape shape, float[] into, int offset, RandomGenerator random) {
        for (int i = 0; i < shape.elements(); i++) {
            into[offset + i] = (float) (deviation * random.nextGaussian());
        }
    }
}
