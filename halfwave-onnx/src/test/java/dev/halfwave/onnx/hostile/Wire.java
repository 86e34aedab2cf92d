package dev.halfwave.onnx.hostile;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** Bytes in the wire format of protocol buffers, put down by hand where a library would refuse. */
final class Wire {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    /** A field whose content has a length: a text, a message, packed numbers. */
    Wire field(int number, byte[] content) {
        return claimed(number, content.length, content);
    }

    Wire field(int number, String text) {
        return field(number, text.getBytes(StandardCharsets.UTF_8));
    }

    Wire field(int number, Wire message) {
        return field(number, message.bytes());
    }

    /** A field that says it is of another length than it is. */
    Wire claimed(int number, long length, byte[] content) {
        return tag(number, 2).varint(length).raw(content);
    }

    Wire number(int number, long value) {
        return tag(number, 0).varint(value);
    }

    Wire tag(int number, int type) {
        return varint((long) number << 3 | type);
    }

    Wire varint(long value) {
        long rest = value;
        while ((rest & ~0x7fL) != 0) {
            bytes.write((int) (rest & 0x7f | 0x80));
            rest >>>= 7;
        }
        bytes.write((int) rest);
        return this;
    }

    Wire raw(byte[] content) {
        bytes.writeBytes(content);
        return this;
    }

    Wire raw(int... content) {
        for (int each : content) {
            bytes.write(each);
        }
        return this;
    }

    byte[] bytes() {
        return bytes.toByteArray();
    }

    /** A message within itself, built from the inside; {@code fields} are the field's numbers from the outside in, over and over. */
    static byte[] nested(int depth, int... fields) {
        byte[] buffer = new byte[depth * 8 + 16];
        int at = buffer.length;
        for (int level = depth - 1; level >= 0; level--) {
            byte[] head = new Wire()
                    .tag(fields[level % fields.length], 2)
                    .varint(buffer.length - at)
                    .bytes();
            at -= head.length;
            System.arraycopy(head, 0, buffer, at, head.length);
        }
        return java.util.Arrays.copyOfRange(buffer, at, buffer.length);
    }
}
