/**
 * Every kernel in plain Java: the readable definition of what it computes, and the fallback where the Vector API is not
 * there.
 *
 * <p>The elementary functions here are those of the vector kernels too, step by step, so both providers give the same
 * bits. May import {@code kernel}, {@code activation} and {@code tensor}.
 */
@org.jspecify.annotations.NullMarked
package dev.halfwave.kernel.scalar;
