/**
 * Activation functions, one file each, every one a formula with its facts: range, derivative, kinks, saturation.
 *
 * <p>A formula is data. Kernels evaluate it over vectors, the reference interpreter in double, the cheat sheet prints
 * it, and the tests hold the stated facts against it. May import {@code tensor} only.
 */
@org.jspecify.annotations.NullMarked
package dev.halfwave.activation;
