package dev.halfwave.onnx.peer;

import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import dev.halfwave.onnx.file.ElementType;
import dev.halfwave.onnx.file.Literal;
import dev.halfwave.onnx.file.TensorReader;
import dev.halfwave.onnx.proto.TensorProto;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.function.IntToDoubleFunction;

/**
 * A tensor that is given to both sides, or comes from one of them.
 *
 * @param type float, double, int32, int64 or bool
 * @param sizes its shape
 * @param values its elements
 */
record Numbers(ElementType type, long[] sizes, double[] values) {

    static Numbers of(ElementType type, long[] sizes, IntToDoubleFunction element) {
        double[] values = new double[(int) Arrays.stream(sizes).reduce(1, Math::multiplyExact)];
        Arrays.setAll(values, element);
        return new Numbers(type, sizes, values);
    }

    /** Whole numbers on one axis. */
    static Numbers integers(long... values) {
        return of(ElementType.INT64, new long[] {values.length}, i -> values[i]);
    }

    /** Floating point numbers on one axis. */
    static Numbers floats(double... values) {
        return of(ElementType.FLOAT, new long[] {values.length}, i -> values[i]);
    }

    static Numbers scalar(ElementType type, double value) {
        return of(type, new long[0], i -> value);
    }

    int rank() {
        return sizes.length;
    }

    private ByteBuffer raw() {
        ByteBuffer bytes =
                ByteBuffer.allocateDirect(values.length * type.bytes()).order(ByteOrder.LITTLE_ENDIAN);
        for (double value : values) {
            switch (type) {
                case FLOAT -> bytes.putFloat((float) value);
                case DOUBLE -> bytes.putDouble(value);
                case INT32 -> bytes.putInt((int) value);
                case INT64 -> bytes.putLong((long) value);
                case BOOL -> bytes.put((byte) value);
                default -> throw new IllegalArgumentException("expected a type that is drawn, received " + type);
            }
        }
        return bytes.flip();
    }

    TensorProto proto(String name) {
        return TensorProto.newBuilder()
                .setName(name)
                .setDataType(type.code())
                .addAllDims(Arrays.stream(sizes).boxed().toList())
                .setRawData(com.google.protobuf.ByteString.copyFrom(raw()))
                .build();
    }

    Literal literal() {
        return new TensorReader().read(proto("x"), "a test");
    }

    static Numbers of(Literal literal) {
        long[] sizes = Arrays.stream(literal.shape().sizes()).asLongStream().toArray();
        return new Numbers(literal.type(), sizes, literal.wide().data());
    }

    OnnxTensor tensor(OrtEnvironment environment) throws OrtException {
        OnnxJavaType java = switch (type) {
            case FLOAT -> OnnxJavaType.FLOAT;
            case DOUBLE -> OnnxJavaType.DOUBLE;
            case INT32 -> OnnxJavaType.INT32;
            case INT64 -> OnnxJavaType.INT64;
            default -> OnnxJavaType.BOOL;
        };
        return OnnxTensor.createTensor(environment, raw(), sizes, java);
    }

    static Numbers of(OnnxTensor tensor) {
        long[] sizes = tensor.getInfo().getShape();
        return switch (tensor.getInfo().type) {
            case FLOAT -> of(ElementType.FLOAT, sizes, tensor.getFloatBuffer()::get);
            case DOUBLE -> of(ElementType.DOUBLE, sizes, tensor.getDoubleBuffer()::get);
            case INT32 -> of(ElementType.INT32, sizes, tensor.getIntBuffer()::get);
            case INT64 -> of(ElementType.INT64, sizes, tensor.getLongBuffer()::get);
            case BOOL -> of(ElementType.BOOL, sizes, tensor.getByteBuffer()::get);
            default ->
                throw new IllegalArgumentException("expected a type that is drawn, received " + tensor.getInfo());
        };
    }

    @Override
    public String toString() {
        String text = type + Arrays.toString(sizes);
        return values.length > 12 ? text : text + Arrays.toString(values);
    }
}
