/**
 * Looking at networks and at what happens in them: feature maps before and after the rectifier, layers and their sizes.
 *
 * <p>May import {@code nn}, {@code compile}, {@code data}, {@code format} and everything below them.
 */
@org.jspecify.annotations.NullMarked
package dev.halfwave.inspect;
