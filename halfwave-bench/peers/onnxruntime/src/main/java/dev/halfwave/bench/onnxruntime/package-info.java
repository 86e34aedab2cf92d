/** ONNX Runtime beside Halfwave. */
@org.jspecify.annotations.NullMarked
package dev.halfwave.bench.onnxruntime;
