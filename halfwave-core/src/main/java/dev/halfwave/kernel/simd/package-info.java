/**
 * Kernels in vector instructions; the only package that imports {@code jdk.incubator.vector}.
 *
 * <p>Products and convolutions come down to tiles: a few rows by one or two vectors of columns whose sums stay in
 * registers while one loop runs along the summed axis. May import {@code tensor}, {@code activation} and {@code kernel}.
 */
@org.jspecify.annotations.NullMarked
package dev.halfwave.kernel.simd;
