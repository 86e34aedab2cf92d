package dev.halfwave.onnx.peer;

import com.google.protobuf.ByteString;
import dev.halfwave.onnx.proto.AttributeProto;
import dev.halfwave.onnx.proto.AttributeProto.AttributeType;
import dev.halfwave.onnx.proto.GraphProto;
import dev.halfwave.onnx.proto.ModelProto;
import dev.halfwave.onnx.proto.NodeProto;
import dev.halfwave.onnx.proto.OperatorSetIdProto;
import dev.halfwave.onnx.proto.TensorProto;
import dev.halfwave.onnx.proto.TensorShapeProto;
import dev.halfwave.onnx.proto.TypeProto;
import dev.halfwave.onnx.proto.ValueInfoProto;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A model of one node, and what is fed to it. */
final class NodeModel {
    private final NodeProto.Builder node;
    private final long opset;
    private final List<TensorProto> held = new ArrayList<>();
    private final Map<String, Numbers> fed = new LinkedHashMap<>();
    private final StringBuilder text = new StringBuilder();
    private int outputs = 1;

    NodeModel(String type, long opset) {
        this.node = NodeProto.newBuilder().setOpType(type).setName("it");
        this.opset = opset;
        text.append(type).append(" of opset ").append(opset);
    }

    String type() {
        return node.getOpType();
    }

    long opset() {
        return opset;
    }

    // Attributes

    private NodeModel with(AttributeProto.Builder attribute, String name, Object value) {
        node.addAttribute(attribute.setName(name));
        text.append(", ").append(name).append(' ').append(value);
        return this;
    }

    NodeModel with(String name, long value) {
        return with(AttributeProto.newBuilder().setType(AttributeType.INT).setI(value), name, value);
    }

    NodeModel with(String name, boolean value) {
        return with(name, value ? 1 : 0);
    }

    NodeModel with(String name, double value) {
        return with(AttributeProto.newBuilder().setType(AttributeType.FLOAT).setF((float) value), name, value);
    }

    NodeModel with(String name, String value) {
        AttributeProto.Builder attribute =
                AttributeProto.newBuilder().setType(AttributeType.STRING).setS(ByteString.copyFromUtf8(value));
        return with(attribute, name, value);
    }

    NodeModel with(String name, long[] values) {
        AttributeProto.Builder attribute = AttributeProto.newBuilder().setType(AttributeType.INTS);
        Arrays.stream(values).forEach(attribute::addInts);
        return with(attribute, name, Arrays.toString(values));
    }

    NodeModel with(String name, float[] values) {
        AttributeProto.Builder attribute = AttributeProto.newBuilder().setType(AttributeType.FLOATS);
        for (float value : values) {
            attribute.addFloats(value);
        }
        return with(attribute, name, Arrays.toString(values));
    }

    NodeModel with(String name, List<String> values) {
        AttributeProto.Builder attribute = AttributeProto.newBuilder().setType(AttributeType.STRINGS);
        values.forEach(value -> attribute.addStrings(ByteString.copyFromUtf8(value)));
        return with(attribute, name, values);
    }

    NodeModel with(String name, Numbers value) {
        AttributeProto.Builder attribute =
                AttributeProto.newBuilder().setType(AttributeType.TENSOR).setT(value.proto(name));
        return with(attribute, name, value);
    }

    // Inputs and outputs

    /** An input that is fed in. */
    NodeModel fed(Numbers numbers) {
        String name = "x" + node.getInputCount();
        node.addInput(name);
        fed.put(name, numbers);
        text.append(", fed ").append(numbers);
        return this;
    }

    /** An input that the file holds. */
    NodeModel held(Numbers numbers) {
        String name = "x" + node.getInputCount();
        node.addInput(name);
        held.add(numbers.proto(name));
        text.append(", held ").append(numbers);
        return this;
    }

    /** An input that is left out. */
    NodeModel absent() {
        node.addInput("");
        text.append(", none");
        return this;
    }

    NodeModel outputs(int count) {
        outputs = count;
        return this;
    }

    Map<String, Numbers> inputs() {
        return fed;
    }

    // As a file

    byte[] bytes() {
        GraphProto.Builder graph = GraphProto.newBuilder().setName("one").addAllInitializer(held);
        NodeProto.Builder whole = node.clone();
        for (int i = 0; i < outputs; i++) {
            whole.addOutput("y" + i);
            graph.addOutput(ValueInfoProto.newBuilder().setName("y" + i));
        }
        fed.forEach((name, numbers) -> graph.addInput(port(name, numbers)));
        return ModelProto.newBuilder()
                .setIrVersion(opset < 21 ? 8 : 10)
                .addOpsetImport(OperatorSetIdProto.newBuilder().setDomain("").setVersion(opset))
                .setGraph(graph.addNode(whole))
                .build()
                .toByteArray();
    }

    private static ValueInfoProto port(String name, Numbers numbers) {
        TensorShapeProto.Builder shape = TensorShapeProto.newBuilder();
        for (long size : numbers.sizes()) {
            shape.addDim(TensorShapeProto.Dimension.newBuilder().setDimValue(size));
        }
        TypeProto.Tensor tensor = TypeProto.Tensor.newBuilder()
                .setElemType(numbers.type().code())
                .setShape(shape)
                .build();
        return ValueInfoProto.newBuilder()
                .setName(name)
                .setType(TypeProto.newBuilder().setTensorType(tensor))
                .build();
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
