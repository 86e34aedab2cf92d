package dev.halfwave.data;

import dev.halfwave.tensor.Shape;
import dev.halfwave.tensor.Tensor;

/**
 * How the images of a batch are mixed: each is to {@code shares} of the class in {@link Batch#labels()}, and otherwise of
 * another's.
 *
 * @param others the other classes' numbers as floats, {@code [N]}
 * @param shares how much of each image is its own, {@code [N]}, from 0.5 to 1
 */
public record Mixture(Tensor others, Tensor shares) {

    /** @throws IllegalArgumentException if the shapes are not both {@code [N]} */
    public Mixture {
        if (others.shape().rank() != 1 || !shares.shape().equals(others.shape())) {
            throw new IllegalArgumentException("mixture: expected others [N] and shares [N], received " + others.shape()
                    + " and " + shares.shape());
        }
    }

    /** Every image is its own. */
    static Mixture none(int size) {
        return new Mixture(Tensor.zeros(Shape.of(size)), Tensor.full(Shape.of(size), 1));
    }
}
