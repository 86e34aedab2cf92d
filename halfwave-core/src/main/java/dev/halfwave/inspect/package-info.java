/**
 * Looking at networks and at what happens in them: feature maps before and after the rectifier, layers and their sizes,
 * what units do on data and what is proved about them, the affine map that a network is around an image, its linear
 * regions, and what of an image speaks for a class. All of it looks at ops, so it works on any graph.
 *
 * <p>May import {@code nn}, {@code compile}, {@code data}, {@code format} and everything below them.
 */
@org.jspecify.annotations.NullMarked
package dev.halfwave.inspect;
