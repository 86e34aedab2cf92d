/**
 * From graph to program: rewrite rules, kernels, one arena with planned offsets, steps.
 *
 * <p>A {@link dev.halfwave.compile.Program} is immutable and shared; a {@link dev.halfwave.compile.Session} is one
 * caller's memory. May import {@code rewrite}, {@code graph}, {@code op}, {@code kernel} and {@code tensor}.
 */
@org.jspecify.annotations.NullMarked
package dev.halfwave.compile;
