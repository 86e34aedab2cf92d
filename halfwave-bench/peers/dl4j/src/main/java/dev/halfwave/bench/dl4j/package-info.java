/** Deeplearning4j beside Halfwave. */
@org.jspecify.annotations.NullMarked
package dev.halfwave.bench.dl4j;
