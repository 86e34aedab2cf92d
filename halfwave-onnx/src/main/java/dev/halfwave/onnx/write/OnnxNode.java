package dev.halfwave.onnx.write;

import com.google.protobuf.ByteString;
import dev.halfwave.onnx.proto.AttributeProto;
import dev.halfwave.onnx.proto.AttributeProto.AttributeType;
import dev.halfwave.onnx.proto.NodeProto;
import java.util.Arrays;
import java.util.List;

/** A node of the model in the making: its operator, inputs and attributes. */
final class OnnxNode {
    private final NodeProto.Builder proto = NodeProto.newBuilder();

    private OnnxNode() {}

    static OnnxNode of(String operator, String... inputs) {
        return of(operator, List.of(inputs));
    }

    static OnnxNode of(String operator, List<String> inputs) {
        OnnxNode node = new OnnxNode();
        node.proto.setOpType(operator).addAllInput(inputs);
        return node;
    }

    OnnxNode input(String name) {
        proto.addInput(name);
        return this;
    }

    OnnxNode integer(String name, long value) {
        proto.addAttribute(attribute(name, AttributeType.INT).setI(value));
        return this;
    }

    OnnxNode integers(String name, int... values) {
        AttributeProto.Builder attribute = attribute(name, AttributeType.INTS);
        Arrays.stream(values).forEach(attribute::addInts);
        proto.addAttribute(attribute);
        return this;
    }

    OnnxNode integers(String name, List<Integer> values) {
        return integers(name, values.stream().mapToInt(Integer::intValue).toArray());
    }

    OnnxNode number(String name, double value) {
        proto.addAttribute(attribute(name, AttributeType.FLOAT).setF((float) value));
        return this;
    }

    OnnxNode text(String name, String value) {
        proto.addAttribute(attribute(name, AttributeType.STRING).setS(ByteString.copyFromUtf8(value)));
        return this;
    }

    OnnxNode numbers(String name, double... values) {
        AttributeProto.Builder attribute = attribute(name, AttributeType.FLOATS);
        Arrays.stream(values).forEach(value -> attribute.addFloats((float) value));
        proto.addAttribute(attribute);
        return this;
    }

    OnnxNode texts(String name, String... values) {
        AttributeProto.Builder attribute = attribute(name, AttributeType.STRINGS);
        Arrays.stream(values).forEach(value -> attribute.addStrings(ByteString.copyFromUtf8(value)));
        proto.addAttribute(attribute);
        return this;
    }

    private static AttributeProto.Builder attribute(String name, AttributeType type) {
        return AttributeProto.newBuilder().setName(name).setType(type);
    }

    NodeProto named(String name, List<String> outputs) {
        return proto.setName(name).addAllOutput(outputs).build();
    }
}
