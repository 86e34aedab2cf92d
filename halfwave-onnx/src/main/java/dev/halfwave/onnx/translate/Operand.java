package dev.halfwave.onnx.translate;

import dev.halfwave.graph.Value;
import dev.halfwave.onnx.file.ElementType;
import dev.halfwave.tensor.Shape;

/**
 * A value of the graph with what ONNX says its elements are. In the graph they are float32 all the same: booleans 0 and
 * 1, whole numbers exact up to 2²⁴ (and in double precision where they are constants that decide shapes).
 *
 * @param value the value
 * @param type ONNX's type of its elements
 */
public record Operand(Value value, ElementType type) {
    /** The sizes. */
    public Shape shape() {
        return value.shape();
    }
}
