package dev.halfwave.bench.onnx;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * A protobuf message on its way to a file: fields in the order they are added. Large fields are kept as they are, not copied.
 *
 * @see <a href="https://protobuf.dev/programming-guides/encoding/">Encoding</a>
 */
final class Message {
    private static final int VARINT = 0;
    private static final int LENGTH_DELIMITED = 2;
    private static final int FIXED_32 = 5;

    private final List<byte[]> pieces = new ArrayList<>();
    private long length;

    /** An integer, a truth value or an enum. */
    Message number(int field, long value) {
        return varint(tag(field, VARINT)).varint(value);
    }

    /** A float. */
    Message real(int field, float value) {
        ByteBuffer bytes = ByteBuffer.allocate(Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        return varint(tag(field, FIXED_32)).append(bytes.putFloat(value).array());
    }

    /** Text. */
    Message text(int field, String value) {
        return bytes(field, value.getBytes(StandardCharsets.UTF_8));
    }

    /** Bytes. */
    Message bytes(int field, byte[] value) {
        return varint(tag(field, LENGTH_DELIMITED)).varint(value.length).append(value);
    }

    /** Floats as bytes, least significant first. */
    Message floats(int field, float[] values) {
        ByteBuffer bytes = ByteBuffer.allocate(Math.multiplyExact(values.length, Float.BYTES));
        bytes.order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().put(values);
        return bytes(field, bytes.array());
    }

    /** A message within this one; added as it is now. */
    Message message(int field, Message inner) {
        varint(tag(field, LENGTH_DELIMITED)).varint(inner.length);
        inner.pieces.forEach(this::append);
        return this;
    }

    /** Everything, in order. */
    void writeTo(OutputStream out) throws IOException {
        for (byte[] piece : pieces) {
            out.write(piece);
        }
    }

    private static long tag(int field, int type) {
        return ((long) field << 3) | type;
    }

    private Message varint(long value) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(10);
        long rest = value;
        for (; (rest & ~0x7fL) != 0; rest >>>= 7) {
            out.write((int) (rest & 0x7f) | 0x80);
        }
        out.write((int) rest);
        return append(out.toByteArray());
    }

    private Message append(byte[] piece) {
        pieces.add(piece);
        length += piece.length;
        return this;
    }
}
