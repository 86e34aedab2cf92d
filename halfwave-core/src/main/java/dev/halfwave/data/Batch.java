package dev.halfwave.data;

import dev.halfwave.tensor.Shape;
import dev.halfwave.tensor.Tensor;

/**
 * Some samples, ready for a network.
 *
 * @param images the pixels, {@code [N, H, W, C]}, from 0 to 1
 * @param labels the class numbers as floats, {@code [N]}
 */
public record Batch(Tensor images, Tensor labels) {

    /** @throws IllegalArgumentException if the shapes are not {@code [N, H, W, C]} and {@code [N]} */
    public Batch {
        if (images.shape().rank() != 4
                || !labels.shape().equals(Shape.of(images.shape().size(0)))) {
            throw new IllegalArgumentException("batch: expected images [N, H, W, C] and labels [N], received "
                    + images.shape() + " and " + labels.shape());
        }
    }

    /** The number of samples, N. */
    public int size() {
        return labels.shape().elements();
    }
}
