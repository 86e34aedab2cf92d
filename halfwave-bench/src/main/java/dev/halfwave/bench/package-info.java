/** Timings of kernels and layers, each a main class that prints a table; may import anything. */
@org.jspecify.annotations.NullMarked
package dev.halfwave.bench;
