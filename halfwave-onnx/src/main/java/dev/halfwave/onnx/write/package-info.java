/**
 * Networks as ONNX models: one exporter for each family of core's ops, and what they share.
 *
 * <p>A graph's values are channels last; ONNX's are channels first around convolutions, pools and batch norms. A value
 * may exist in both layouts, and a {@code Transpose} is written only where an op asks for one that does not exist yet.
 * May import core and {@code dev.halfwave.onnx.proto}.
 */
@org.jspecify.annotations.NullMarked
package dev.halfwave.onnx.write;
