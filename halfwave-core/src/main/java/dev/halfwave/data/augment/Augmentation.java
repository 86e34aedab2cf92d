package dev.halfwave.data.augment;

/**
 * A random change of images: a {@link Transformation} of one, or a {@link Mixing} of two.
 *
 * <p>To add one: a record in this package, and its line in {@link Augmentations}.
 */
public sealed interface Augmentation permits Transformation, Mixing {
    /** What users call it, as in {@code shift}. */
    String name();
}
