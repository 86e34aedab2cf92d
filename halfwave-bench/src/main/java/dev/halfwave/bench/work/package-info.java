/**
 * What is timed side by side: kinds of work, each a record, and the list of all in {@link dev.halfwave.bench.work.Works}. May import core
 * and {@code peer}.
 */
@org.jspecify.annotations.NullMarked
package dev.halfwave.bench.work;
