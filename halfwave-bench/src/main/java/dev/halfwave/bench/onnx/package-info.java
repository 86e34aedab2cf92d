/**
 * Writes networks as ONNX models, as far as benchmarks need it: a few dozen lines of protobuf's wire format instead of a dependency. May
 * import core and {@code translate}.
 */
@org.jspecify.annotations.NullMarked
package dev.halfwave.bench.onnx;
