package dev.halfwave.bench.onnx;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** A protobuf message read back: its fields in order, each a Long, a Float or bytes. */
record Fields(List<Field> all) {
    record Field(int number, Object value) {}

    static Fields of(Message message) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        message.writeTo(out);
        return parse(ByteBuffer.wrap(out.toByteArray()));
    }

    private static Fields parse(ByteBuffer in) {
        in.order(ByteOrder.LITTLE_ENDIAN);
        List<Field> fields = new ArrayList<>();
        while (in.hasRemaining()) {
            long tag = varint(in);
            fields.add(new Field(
                    (int) (tag >>> 3),
                    switch ((int) (tag & 7)) {
                        case 0 -> varint(in);
                        case 2 -> bytes(in);
                        case 5 -> in.getFloat();
                        default -> throw new IllegalStateException("expected a known wire type, received tag " + tag);
                    }));
        }
        return new Fields(fields);
    }

    private static byte[] bytes(ByteBuffer in) {
        byte[] bytes = new byte[(int) varint(in)];
        in.get(bytes);
        return bytes;
    }

    private static long varint(ByteBuffer in) {
        long value = 0;
        for (int shift = 0; ; shift += 7) {
            byte next = in.get();
            value |= (next & 0x7fL) << shift;
            if (next >= 0) {
                return value;
            }
        }
    }

    private List<Object> values(int number) {
        return all.stream()
                .filter(field -> field.number() == number)
                .map(Field::value)
                .toList();
    }

    List<Long> numbers(int number) {
        return values(number).stream().map(Long.class::cast).toList();
    }

    List<byte[]> bytes(int number) {
        return values(number).stream().map(byte[].class::cast).toList();
    }

    List<String> texts(int number) {
        return bytes(number).stream()
                .map(bytes -> new String(bytes, StandardCharsets.UTF_8))
                .toList();
    }

    List<Fields> messages(int number) {
        return bytes(number).stream().map(ByteBuffer::wrap).map(Fields::parse).toList();
    }

    Fields message(int number) {
        return messages(number).get(0);
    }
}
