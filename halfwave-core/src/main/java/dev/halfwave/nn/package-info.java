/**
 * Networks as users write them: layers are records that add ops to a graph, made of one another.
 *
 * <p>May import {@code graph}, {@code op}, {@code activation}, {@code bounds}, {@code rewrite}, {@code compile},
 * {@code kernel}, {@code format} and {@code tensor}.
 */
@org.jspecify.annotations.NullMarked
package dev.halfwave.nn;
