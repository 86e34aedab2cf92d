/**
 * What a network is: a graph of ops. Values, nodes, the builder, and what an op must be able to do.
 *
 * <p>A graph is immutable and pure structure; the numbers of its parameters live in {@link Parameters}. The contract
 * between an op and the compiler ({@link Lowering}, {@link Step}, {@link Slot}) stands here too, so that ops need not
 * know the compiler. May import {@code tensor}, and {@code kernel} for that contract.
 */
@org.jspecify.annotations.NullMarked
package dev.halfwave.graph;
