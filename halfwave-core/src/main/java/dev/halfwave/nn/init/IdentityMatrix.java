package dev.halfwave.nn.init;

import dev.halfwave.graph.Initializer;
import dev.halfwave.tensor.Shape;
import java.util.Arrays;
import java.util.random.RandomGenerator;

/**
 * The identity matrix times a scale, so that a layer begins by passing its input on: recurrent weights {@code [K, K]}, or
 * filters {@code [R, S, C, K]} whose middle element is the identity between channels.
 *
 * <p>Channels that are not on both sides stay unconnected. Groups count as one: filters of a grouped convolution connect
 * the first channels of the groups only.
 *
 * @param scale what the matrix is multiplied by; 1 by default, below 1 to forget
 * @see <a href="https://arxiv.org/abs/1504.00941">Le, Jaitly and Hinton 2015, section 2</a>
 */
public record IdentityMatrix(double scale) implements Initializer {
    /** With a scale of 1. */
    public IdentityMatrix() {
        this(1);
    }

    /** @throws IllegalArgumentException if the parameter has fewer than two axes */
    @Override
    public void fill(Shape shape, float[] into, int offset, RandomGenerator random) {
        if (shape.rank() < 2) {
            throw new IllegalArgumentException(
                    "identity: expected weights with at least 2 axes, received " + shape + "; use a constant");
        }
        Arrays.fill(into, offset, offset + shape.elements(), 0);
        int inputs = shape.size(-2);
        int outputs = shape.size(-1);
        int start = offset + middle(shape) * inputs * outputs;
        for (int i = 0; i < Math.min(inputs, outputs); i++) {
            into[start + i * outputs + i] = (float) scale;
        }
    }

    /** The number of the matrix in the middle of the window; of an even window the one before the middle. */
    private static int middle(Shape shape) {
        int middle = 0;
        for (int axis = 0; axis < shape.rank() - 2; axis++) {
            middle = middle * shape.size(axis) + (shape.size(axis) - 1) / 2;
        }
        return middle;
    }
}
