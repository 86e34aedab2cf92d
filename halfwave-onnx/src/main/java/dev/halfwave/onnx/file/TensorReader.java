package dev.halfwave.onnx.file;

import dev.halfwave.format.Float16;
import dev.halfwave.format.ModelFormatException;
import dev.halfwave.onnx.proto.TensorProto;
import dev.halfwave.tensor.DoubleTensor;
import dev.halfwave.tensor.Shape;
import dev.halfwave.tensor.Tensor;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.function.IntToDoubleFunction;

/** Decodes tensors in every encoding: raw, in one of the typed fields, or in a file beside the model. */
public final class TensorReader {
    private final ExternalData external;

    TensorReader(ExternalData external) {
        this.external = external;
    }

    /** A reader of tensors that keep their numbers with them. */
    public TensorReader() {
        this(new ExternalData(null));
    }

    /**
     * The tensor's numbers.
     *
     * @param where what messages start with
     * @throws ModelFormatException if they do not fit their sizes or type
     */
    public Literal read(TensorProto tensor, String where) {
        ElementType type = ElementType.of(tensor.getDataType(), where);
        Shape shape = Sizes.shape(tensor.getDimsList(), where);
        long bytes = (long) shape.elements() * type.bytes();
        if (tensor.getDataLocation() == TensorProto.DataLocation.EXTERNAL) {
            return raw(type, shape, external.bytes(tensor, bytes, where).order(ByteOrder.LITTLE_ENDIAN));
        }
        if (tensor.hasRawData()) {
            check(bytes, tensor.getRawData().size(), "bytes of raw data", shape, where);
            return raw(type, shape, tensor.getRawData().asReadOnlyByteBuffer().order(ByteOrder.LITTLE_ENDIAN));
        }
        return typed(type, shape, tensor, where);
    }

    private static void check(long expected, long received, String what, Shape shape, String where) {
        if (expected != received) {
            throw new ModelFormatException(
                    where + ": expected " + expected + " " + what + " for sizes " + shape + ", received " + received);
        }
    }

    static Literal raw(ElementType type, Shape shape, ByteBuffer bytes) {
        ByteBuffer in = bytes;
        return switch (type) {
            case FLOAT -> {
                Tensor tensor = Tensor.zeros(shape);
                in.asFloatBuffer().get(tensor.data());
                yield Literal.of(type, tensor);
            }
            case FLOAT16 -> floats(type, shape, i -> Float16.toFloat(in.getShort(2 * i)));
            case BFLOAT16 -> floats(type, shape, i -> Float.intBitsToFloat(in.getShort(2 * i) << 16));
            case DOUBLE -> wide(type, shape, i -> in.getDouble(8 * i));
            case UINT8 -> wide(type, shape, i -> in.get(i) & 0xff);
            case INT8 -> wide(type, shape, in::get);
            case BOOL -> wide(type, shape, i -> in.get(i) == 0 ? 0 : 1);
            case UINT16 -> wide(type, shape, i -> in.getShort(2 * i) & 0xffff);
            case INT16 -> wide(type, shape, i -> in.getShort(2 * i));
            case INT32 -> wide(type, shape, i -> in.getInt(4 * i));
            case UINT32 -> wide(type, shape, i -> in.getInt(4 * i) & 0xffffffffL);
            case INT64 -> wide(type, shape, i -> in.getLong(8 * i));
            case UINT64 -> wide(type, shape, i -> unsigned(in.getLong(8 * i)));
        };
    }

    private static Literal typed(ElementType type, Shape shape, TensorProto t, String where) {
        List<? extends Number> field = switch (type) {
            case FLOAT -> t.getFloatDataList();
            case DOUBLE -> t.getDoubleDataList();
            case INT64 -> t.getInt64DataList();
            case UINT32, UINT64 -> t.getUint64DataList();
            default -> t.getInt32DataList();
        };
        check(shape.elements(), field.size(), "numbers", shape, where);
        return switch (type) {
            case FLOAT -> floats(type, shape, i -> t.getFloatData(i));
            case FLOAT16 -> floats(type, shape, i -> Float16.toFloat((short) t.getInt32Data(i)));
            case BFLOAT16 -> floats(type, shape, i -> Float.intBitsToFloat(t.getInt32Data(i) << 16));
            case UINT64 -> wide(type, shape, i -> unsigned(t.getUint64Data(i)));
            case BOOL -> wide(type, shape, i -> t.getInt32Data(i) == 0 ? 0 : 1);
            default -> wide(type, shape, i -> field.get(i).doubleValue());
        };
    }

    private static double unsigned(long bits) {
        return bits >= 0 ? bits : (bits >>> 1) * 2.0;
    }

    private static Literal floats(ElementType type, Shape shape, IntToDoubleFunction element) {
        Tensor tensor = Tensor.zeros(shape);
        for (int i = 0; i < tensor.data().length; i++) {
            tensor.data()[i] = (float) element.applyAsDouble(i);
        }
        return Literal.of(type, tensor);
    }

    private static Literal wide(ElementType type, Shape shape, IntToDoubleFunction element) {
        DoubleTensor tensor = DoubleTensor.zeros(shape);
        for (int i = 0; i < tensor.data().length; i++) {
            tensor.data()[i] = element.applyAsDouble(i);
        }
        return Literal.of(type, tensor);
    }
}
