/**
 * Reverse-mode differentiation of graphs: gradients are graphs too, so rewrites and the memory plan treat them alike.
 *
 * <p>May import {@code graph}, {@code op} and {@code tensor}.
 */
@org.jspecify.annotations.NullMarked
package dev.halfwave.autodiff;
