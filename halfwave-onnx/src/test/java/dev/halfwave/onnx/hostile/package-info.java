/** Files that mean harm: what is done to them, and the proof that each ends in a typed error or a valid result. */
@org.jspecify.annotations.NullMarked
package dev.halfwave.onnx.hostile;
