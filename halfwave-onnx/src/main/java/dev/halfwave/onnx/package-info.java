/** ONNX in and out: models that others made run, are inspected and trained here; ours run in other tools. */
@org.jspecify.annotations.NullMarked
package dev.halfwave.onnx;
