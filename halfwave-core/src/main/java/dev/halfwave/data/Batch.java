package dev.halfwave.data;

import dev.halfwave.tensor.Shape;
import dev.halfwave.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * Some samples, ready for a network.
 *
 * @param images the pixels, {@code [N, H, W, C]}, from 0 to 1
 * @param labels the class numbers as floats, {@code [N]}
 * @param mixture how the images are mixed, or null if they are not
 */
public record Batch(Tensor images, Tensor labels, @Nullable Mixture mixture) {

    /** @throws IllegalArgumentException if the shapes are not {@code [N, H, W, C]} and {@code [N]} */
    public Batch {
        if (images.shape().rank() != 4
                || !labels.shape().equals(Shape.of(images.shape().size(0)))) {
            throw new IllegalArgumentException("batch: expected images [N, H, W, C] and labels [N], received "
                    + images.shape() + " and " + labels.shape());
        }
        if (mixture != null && !mixture.others().shape().equals(labels.shape())) {
            throw new IllegalArgumentException("batch: expected a mixture of as many images as labels " + labels.shape()
                    + ", received " + mixture.others().shape());
        }
    }

    /** Samples that are not mixed. */
    public Batch(Tensor images, Tensor labels) {
        this(images, labels, null);
    }

    /** The same samples, mixed like this. */
    Batch mixed(Mixture how) {
        return new Batch(images, labels, how);
    }

    /** The number of samples, N. */
    public int size() {
        return labels.shape().elements();
    }
}
