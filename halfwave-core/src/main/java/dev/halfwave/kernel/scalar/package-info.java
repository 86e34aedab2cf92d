/**
 * Plain Java: the definition of every kernel, and the fallback where the Vector API is missing.
 *
 * <p>Written to be read. Inner loops run over consecutive floats, so that the compiler can vectorise them by itself.
 * May import {@code tensor}, {@code activation} and {@code kernel}.
 */
@org.jspecify.annotations.NullMarked
package dev.halfwave.kernel.scalar;
