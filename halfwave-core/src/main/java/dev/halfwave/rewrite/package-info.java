/**
 * Rules that turn a graph into an equal but cheaper one, one file each, and the engine that applies them.
 *
 * <p>A rule states its law; a test checks the law numerically and counts the nodes it saves. May import {@code graph},
 * {@code op}, {@code activation} and {@code kernel}.
 */
@org.jspecify.annotations.NullMarked
package dev.halfwave.rewrite;
