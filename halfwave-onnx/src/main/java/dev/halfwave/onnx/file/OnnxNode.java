package dev.halfwave.onnx.file;

import dev.halfwave.onnx.proto.NodeProto;
import java.util.List;

/**
 * One node of the file.
 *
 * @param name unique in its graph; made up where the file has none
 * @param proto what the file says
 */
public record OnnxNode(String name, NodeProto proto) {
    /** What it computes, as in {@code Conv}; with its domain in front where that is not ONNX's own. */
    public String type() {
        return isStandard() ? proto.getOpType() : proto.getDomain() + "." + proto.getOpType();
    }

    private boolean isStandard() {
        return proto.getDomain().isEmpty() || proto.getDomain().equals("ai.onnx");
    }

    /** The names of what it reads; empty where an optional input is left out. */
    public List<String> inputs() {
        return proto.getInputList();
    }

    /** The names of what it makes; empty where nobody wants an output. */
    public List<String> outputs() {
        return proto.getOutputList();
    }

    /** What messages call it, as in {@code node "conv1" (Conv)}. */
    public String where() {
        return "node \"" + name + "\" (" + type() + ")";
    }
}
