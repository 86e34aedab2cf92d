package dev.halfwave.onnx.write;

import java.io.Serial;
import java.util.List;

/**
 * A network holds ops that cannot be written as ONNX. The text lists all of them: each node's name, its op and the
 * reason.
 */
public final class UnwritableException extends IllegalArgumentException {
    @Serial
    private static final long serialVersionUID = 1L;

    private final List<String> nodes;

    UnwritableException(String network, List<String> nodes, List<String> complaints) {
        super(network + ": expected ops that ONNX has a form for, received " + complaints.size() + " others:\n  "
                + String.join("\n  ", complaints)
                + "\nbuild the network for inference and from other layers, or save it as safetensors");
        this.nodes = List.copyOf(nodes);
    }

    /** The names of the nodes that cannot be written. */
    public List<String> nodes() {
        return nodes;
    }
}
