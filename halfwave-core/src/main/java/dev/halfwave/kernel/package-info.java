/**
 * The seam between what is computed and how: small interfaces over {@code float[]} plus offset, the choice of a
 * provider, and the worker pool.
 *
 * <p>Every kernel method runs on the calling thread over the range it is given and allocates nothing; the caller
 * divides the work. Nothing here knows of graphs. May import {@code tensor} and {@code activation}.
 */
@org.jspecify.annotations.NullMarked
package dev.halfwave.kernel;
