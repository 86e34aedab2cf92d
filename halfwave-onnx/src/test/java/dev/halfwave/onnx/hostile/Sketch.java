package dev.halfwave.onnx.hostile;

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
import java.util.Arrays;
import java.util.List;

/** A model in a few words, right or wrong as the test wants it. */
final class Sketch {
    private final GraphProto.Builder graph = GraphProto.newBuilder();
    private long opset = 17;

    Sketch opset(long version) {
        opset = version;
        return this;
    }

    Sketch input(String name, long... dims) {
        return input(name, TensorType.FLOAT, dims);
    }

    Sketch input(String name, TensorType type, long... dims) {
        graph.addInput(port(name, type.code, dims));
        return this;
    }

    /** An initializer of zeros. */
    Sketch zeros(String name, int... dims) {
        TensorProto.Builder tensor = TensorProto.newBuilder()
                .setName(name)
                .setDataType(1)
                .setRawData(ByteString.copyFrom(new byte[4 * Arrays.stream(dims).reduce(1, (a, b) -> a * b)]));
        Arrays.stream(dims).forEach(tensor::addDims);
        return tensor(tensor);
    }

    /** An initializer of whole numbers. */
    Sketch longs(String name, long... numbers) {
        TensorProto.Builder tensor =
                TensorProto.newBuilder().setName(name).setDataType(7).addDims(numbers.length);
        Arrays.stream(numbers).forEach(tensor::addInt64Data);
        return tensor(tensor);
    }

    /** An initializer of numbers. */
    Sketch floats(String name, float... numbers) {
        TensorProto.Builder tensor =
                TensorProto.newBuilder().setName(name).setDataType(1).addDims(numbers.length);
        for (float number : numbers) {
            tensor.addFloatData(number);
        }
        return tensor(tensor);
    }

    /** One number without axes. */
    Sketch scalar(String name, long number) {
        return tensor(TensorProto.newBuilder().setName(name).setDataType(7).addInt64Data(number));
    }

    Sketch tensor(TensorProto.Builder tensor) {
        graph.addInitializer(tensor);
        return this;
    }

    /** A node with inputs and outputs between spaces; {@code -} stands for one left out. */
    Sketch node(String op, String inputs, String outputs, AttributeProto... attributes) {
        return node(NodeProto.newBuilder()
                .setOpType(op)
                .addAllInput(words(inputs))
                .addAllOutput(words(outputs))
                .addAllAttribute(List.of(attributes)));
    }

    Sketch node(NodeProto.Builder node) {
        graph.addNode(node);
        return this;
    }

    private static List<String> words(String text) {
        return text.isEmpty()
                ? List.of()
                : Arrays.stream(text.split(" "))
                        .map(word -> word.equals("-") ? "" : word)
                        .toList();
    }

    Sketch output(String name) {
        graph.addOutput(ValueInfoProto.newBuilder().setName(name));
        return this;
    }

    ModelProto model() {
        return ModelProto.newBuilder()
                .setIrVersion(8)
                .addOpsetImport(OperatorSetIdProto.newBuilder().setDomain("").setVersion(opset))
                .setGraph(graph)
                .build();
    }

    byte[] bytes() {
        return model().toByteArray();
    }

    static ValueInfoProto port(String name, int type, long... dims) {
        TensorShapeProto.Builder shape = TensorShapeProto.newBuilder();
        for (long dim : dims) {
            shape.addDim(TensorShapeProto.Dimension.newBuilder().setDimValue(dim));
        }
        return ValueInfoProto.newBuilder()
                .setName(name)
                .setType(TypeProto.newBuilder()
                        .setTensorType(
                                TypeProto.Tensor.newBuilder().setElemType(type).setShape(shape)))
                .build();
    }

    static AttributeProto integer(String name, long value) {
        return attribute(name, AttributeType.INT).setI(value).build();
    }

    static AttributeProto number(String name, float value) {
        return attribute(name, AttributeType.FLOAT).setF(value).build();
    }

    static AttributeProto text(String name, String value) {
        return attribute(name, AttributeType.STRING)
                .setS(ByteString.copyFromUtf8(value))
                .build();
    }

    static AttributeProto integers(String name, long... values) {
        AttributeProto.Builder attribute = attribute(name, AttributeType.INTS);
        Arrays.stream(values).forEach(attribute::addInts);
        return attribute.build();
    }

    static AttributeProto numbers(String name, float... values) {
        AttributeProto.Builder attribute = attribute(name, AttributeType.FLOATS);
        for (float value : values) {
            attribute.addFloats(value);
        }
        return attribute.build();
    }

    static AttributeProto tensor(String name, TensorProto.Builder value) {
        return attribute(name, AttributeType.TENSOR).setT(value).build();
    }

    private static AttributeProto.Builder attribute(String name, AttributeType type) {
        return AttributeProto.newBuilder().setName(name).setType(type);
    }

    /** Element types by their numbers in the format. */
    enum TensorType {
        FLOAT(1),
        INT64(7);

        private final int code;

        TensorType(int code) {
            this.code = code;
        }
    }
}
