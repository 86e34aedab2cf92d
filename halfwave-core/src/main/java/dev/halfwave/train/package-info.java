/**
 * Training: the only training loop, and what it is made of: losses, optimizers, schedules, checkpoints, listeners.
 *
 * <p>May import {@code nn}, {@code compile}, {@code autodiff}, {@code data} and everything below them.
 */
@org.jspecify.annotations.NullMarked
package dev.halfwave.train;
