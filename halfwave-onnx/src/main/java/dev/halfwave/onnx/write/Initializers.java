package dev.halfwave.onnx.write;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnsafeByteOperations;
import dev.halfwave.graph.Value;
import dev.halfwave.onnx.proto.GraphProto;
import dev.halfwave.onnx.proto.TensorProto;
import dev.halfwave.op.Transpose;
import dev.halfwave.tensor.Shape;
import dev.halfwave.tensor.Tensor;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The numbers that a model holds: weights under their parameters' keys, and constants that exporters need. */
final class Initializers {
    /** What protobuf can hold in one message, less a little for everything else. */
    private static final long MOST_BYTES = Integer.MAX_VALUE - (16L << 20);

    private static final int FLOAT = 1;
    private static final int INT64 = 7;

    private final GraphProto.Builder graph;
    private final Names names;
    private final Lasting lasting;
    private final Map<Key, String> known = new HashMap<>();
    private final Map<String, String> constants = new HashMap<>();
    private final List<Stored> stored = new ArrayList<>();
    private long bytes;

    Initializers(GraphProto.Builder graph, Names names, Lasting lasting) {
        this.graph = graph;
        this.names = names;
        this.lasting = lasting;
    }

    /** The name of a lasting value's numbers in the given form; asked for twice, they are written once. */
    String weight(Value given, Form asked) {
        Value value = given;
        Form form = asked;
        while (value.producer().op() instanceof Transpose transpose
                && form.view().equals(value.shape())) {
            value = value.producer().input(0); // so that what was read from a file returns under its name
            form = form.after(transpose.order(), value.shape());
        }
        Key key = new Key(value, form);
        String name = known.get(key);
        if (name == null) {
            String stem = Lasting.name(value);
            name = add(stem, form.apply(lasting.of(value)));
            known.put(key, name);
            stored.add(new Stored(stem, name, form));
        }
        return name;
    }

    /** What weights were written, in which form. */
    List<Stored> stored() {
        return stored;
    }

    /** The name of a new tensor. */
    String add(String stem, Tensor tensor) {
        ByteBuffer buffer = buffer(tensor.data().length, Float.BYTES);
        buffer.asFloatBuffer().put(tensor.data());
        return add(stem, tensor.shape(), FLOAT, UnsafeByteOperations.unsafeWrap(buffer));
    }

    /** The name of a number without axes. */
    String scalar(double value) {
        String stem = "number_" + (float) value;
        return constant(stem, () -> add(stem, Tensor.of(Shape.of(), (float) value)));
    }

    /** The name of a list of whole numbers. */
    String integers(List<Integer> values) {
        String stem = values.stream().map(String::valueOf).collect(Collectors.joining("_", "integers_", ""));
        return constant(stem, () -> {
            ByteBuffer buffer = buffer(values.size(), Long.BYTES);
            values.forEach(value -> buffer.putLong(value));
            buffer.rewind();
            return add(stem, Shape.of(values.size()), INT64, UnsafeByteOperations.unsafeWrap(buffer));
        });
    }

    private String constant(String stem, java.util.function.Supplier<String> made) {
        String name = constants.get(stem);
        if (name == null) {
            name = made.get();
            constants.put(stem, name);
        }
        return name;
    }

    private ByteBuffer buffer(int elements, int width) {
        bytes += (long) elements * width;
        if (bytes > MOST_BYTES) {
            throw new IllegalArgumentException("onnx: expected at most " + MOST_BYTES
                    + " bytes of weights, which is what one file of this format holds, received more");
        }
        return ByteBuffer.allocate(elements * width).order(ByteOrder.LITTLE_ENDIAN);
    }

    private String add(String stem, Shape shape, int type, ByteString raw) {
        String name = names.unique(stem);
        TensorProto.Builder tensor =
                TensorProto.newBuilder().setName(name).setDataType(type).setRawData(raw);
        for (int size : shape.sizes()) {
            tensor.addDims(size);
        }
        graph.addInitializer(tensor);
        return name;
    }

    /** A value in a form; values are told apart by identity. */
    private record Key(Value value, Form form) {}

    /**
     * Numbers that were written.
     *
     * @param key the parameter's key, or the name of another lasting value
     * @param name the initializer's
     * @param form how they stand in it
     */
    record Stored(String key, String name, Form form) {}
}
