package dev.halfwave.onnx.write;

import dev.halfwave.graph.Node;
import dev.halfwave.graph.Op;

/** Writes the nodes of one op. */
@FunctionalInterface
interface Exporter<O extends Op> {
    /**
     * Adds the ONNX nodes that compute the node's outputs, and says which tensors these are.
     *
     * @throws IllegalArgumentException if ONNX has no form for this node; the text says why
     */
    void write(O op, Node node, Writing out);
}
