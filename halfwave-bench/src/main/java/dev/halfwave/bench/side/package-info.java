/**
 * Halfwave and its peers side by side: {@link dev.halfwave.bench.side.SideBySide} starts a process for each, has them work in turn and
 * reports ratios. No peer's class is loaded in this process. May import {@code work} and {@code peer}.
 */
@org.jspecify.annotations.NullMarked
package dev.halfwave.bench.side;
