/**
 * What stands in an ONNX file: read, checked, and in terms of core's shapes and tensors. Knows nothing of what ops mean.
 *
 * <p>May import core's {@code tensor} and {@code format}, and the generated {@code proto}.
 */
@org.jspecify.annotations.NullMarked
package dev.halfwave.onnx.file;
