package dev.halfwave.data.augment;

import java.util.List;
import java.util.Optional;

/**
 * Augmentations that are applied one after the other: first the transformations of single images in their order, then the
 * mixing, if there is one.
 *
 * @param steps any number of transformations and at most one mixing
 */
public record Chain(List<Augmentation> steps) {
    /** Leaves images as they are. */
    public static final Chain NONE = new Chain(List.of());

    /** @throws IllegalArgumentException if there is more than one mixing */
    public Chain {
        steps = List.copyOf(steps);
        List<String> mixings = steps.stream()
                .filter(Mixing.class::isInstance)
                .map(Augmentation::name)
                .toList();
        if (mixings.size() > 1) {
            throw new IllegalArgumentException("augment: expected at most one way to mix images, received "
                    + String.join(" and ", mixings) + "; keep one of them");
        }
    }

    /** A chain of the given augmentations. */
    public static Chain of(Augmentation... steps) {
        return new Chain(List.of(steps));
    }

    /** Whether nothing is changed. */
    public boolean isEmpty() {
        return steps.isEmpty();
    }

    /** How images are mixed, if they are. */
    public Optional<Mixing> mixing() {
        return steps.stream()
                .filter(Mixing.class::isInstance)
                .map(Mixing.class::cast)
                .findFirst();
    }

    /** What {@link Augmentations#of} makes the same chain of. */
    @Override
    public String toString() {
        return Augmentations.spec(this);
    }
}
