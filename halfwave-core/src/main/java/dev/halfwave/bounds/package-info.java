/**
 * Interval arithmetic over graphs: between which two numbers every value lies for all inputs of a range.
 *
 * <p>May import {@code graph}, {@code op}, {@code activation} and {@code tensor}.
 */
@org.jspecify.annotations.NullMarked
package dev.halfwave.bounds;
