/**
 * Files and pictures: safetensors, PNG and SVG, TensorBoard events, and the one exception for files that are not what they should be.
 *
 * <p>May import {@code dev.halfwave.tensor}.
 */
@org.jspecify.annotations.NullMarked
package dev.halfwave.format;
