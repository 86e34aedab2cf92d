/**
 * Takes Halfwave's graphs and numbers to libraries that think in other ops and with channels first: a walk over the graph that calls one
 * method of a {@link dev.halfwave.bench.translate.Target} for each layer. May import core.
 */
@org.jspecify.annotations.NullMarked
package dev.halfwave.bench.translate;
