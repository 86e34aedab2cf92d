package dev.halfwave.bounds;

import dev.halfwave.tensor.DoubleTensor;
import dev.halfwave.tensor.Shape;
import java.util.Arrays;

/**
 * Two numbers for every element of a value, between which it lies for all inputs of a range.
 *
 * @param low the lower ones
 * @param high the upper ones, of the same shape
 */
public record Bounds(DoubleTensor low, DoubleTensor high) {

    /** @throws IllegalArgumentException if the shapes differ */
    public Bounds {
        if (!low.shape().equals(high.shape())) {
            throw new IllegalArgumentException(
                    "bounds: expected two tensors of one shape, received " + low.shape() + " and " + high.shape());
        }
    }

    /** The same two numbers for every element. */
    static Bounds everywhere(Shape shape, double low, double high) {
        Bounds bounds = new Bounds(DoubleTensor.zeros(shape), DoubleTensor.zeros(shape));
        Arrays.fill(bounds.low.data(), low);
        Arrays.fill(bounds.high.data(), high);
        return bounds;
    }

    /** A value that is known. */
    static Bounds exactly(DoubleTensor value) {
        return new Bounds(value, value);
    }

    /** Whether every element of the tensor lies between its numbers. */
    public boolean cover(DoubleTensor value) {
        for (int i = 0; i < value.data().length; i++) {
            if (!(value.data()[i] >= low.data()[i] && value.data()[i] <= high.data()[i])) {
                return false;
            }
        }
        return true;
    }
}
