/** Other people's test cases: models with inputs and the outputs they ought to give. */
@org.jspecify.annotations.NullMarked
package dev.halfwave.onnx.conformance;
