package dev.halfwave.onnx.file;

import dev.halfwave.onnx.proto.TensorProto;
import java.util.List;
import java.util.Map;

/**
 * A model as it stands in its file, checked: every value has one maker, and nodes follow what they read.
 *
 * @param where what messages call the file
 * @param nodes in an order in which each follows its inputs
 * @param inputs what has to be fed in, without those that have a number in the file
 * @param outputs what is computed
 * @param initializers the tensors that have their numbers in the file
 * @param opset the version of ONNX's own ops
 * @param own whether Halfwave wrote the file, so that its nodes have the names they have in core
 * @param metadata what the file says about itself
 * @param reader decodes the initializers
 */
public record OnnxGraph(
        String where,
        List<OnnxNode> nodes,
        List<Port> inputs,
        List<Port> outputs,
        Map<String, TensorProto> initializers,
        long opset,
        boolean own,
        Map<String, String> metadata,
        TensorReader reader) {

    /** Whether the file has the sizes of an initializer, but not its numbers. */
    public boolean isBare(String name) {
        TensorProto tensor = initializers.get(name);
        return tensor != null
                && !tensor.hasRawData()
                && tensor.getDataLocation() == TensorProto.DataLocation.DEFAULT
                && tensor.getFloatDataCount() + tensor.getDoubleDataCount() + tensor.getInt32DataCount() == 0;
    }

    /** The numbers of an initializer. */
    public Literal literal(String name) {
        TensorProto tensor = initializers.get(name);
        if (tensor == null) {
            throw new IllegalArgumentException(where + ": expected an initializer, received \"" + name + "\"");
        }
        return reader.read(tensor, where + ", initializer \"" + name + "\"");
    }
}
