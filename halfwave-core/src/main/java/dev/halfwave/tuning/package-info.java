/**
 * Convolutions' algorithms by measurement instead of by their sizes: timing, and a file that remembers.
 *
 * <p>{@link dev.halfwave.tuning.Tuning} is what {@link dev.halfwave.kernel.Kernels#tuned} takes. May import {@code kernel}
 * and {@code format}.
 */
@org.jspecify.annotations.NullMarked
package dev.halfwave.tuning;
