/**
 * Labelled images: where they come from, how they are cut into batches.
 *
 * <p>A {@link dev.halfwave.data.Dataset} is a source ({@link dev.halfwave.data.Mnist}, {@link
 * dev.halfwave.data.ImageFolder}, {@link dev.halfwave.data.Strokes}, and what {@link dev.halfwave.data.Datasets} finds by
 * name or path) or a view on one. A {@link
 * dev.halfwave.data.Loader} cuts it into batches, in the same order for the same seed whether or not a thread works
 * ahead. Pixels are scaled to 0..1, channels last.
 *
 * <p>May import {@code dev.halfwave.tensor}, {@code dev.halfwave.name}, {@code dev.halfwave.format} for its exception,
 * {@code dev.halfwave.archive}, {@code dev.halfwave.download}, {@code dev.halfwave.data.augment}, and the JDK with
 * {@code javax.imageio}.
 */
@org.jspecify.annotations.NullMarked
package dev.halfwave.data;
