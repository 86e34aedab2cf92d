/**
 * Changing images at random, so that a network sees other ones in every epoch.
 *
 * <p>An {@link dev.halfwave.data.augment.Augmentation} is a record: a {@link dev.halfwave.data.augment.Transformation} of one
 * image, or a {@link dev.halfwave.data.augment.Mixing} of two. A {@link dev.halfwave.data.augment.Chain} is several, one after
 * the other; {@link dev.halfwave.data.augment.Augmentations} finds them by name. What is drawn depends on (seed, epoch, sample)
 * only.
 *
 * <p>Stands below {@code dev.halfwave.data}, whose loader applies it. May import {@code dev.halfwave.tensor}, {@code
 * dev.halfwave.name}, {@code dev.halfwave.kernel} for its random bits, and the JDK.
 */
@org.jspecify.annotations.NullMarked
package dev.halfwave.data.augment;
