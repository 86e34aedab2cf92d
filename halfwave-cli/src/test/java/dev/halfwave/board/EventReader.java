package dev.halfwave.board;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.Message;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.tensorflow.util.EventProtos;

/** Reads event files by TensorFlow's own schema, and refuses whatever is not exactly as published. */
final class EventReader {
    private static final Descriptor EVENT = EventProtos.getDescriptor().findMessageTypeByName("Event");

    private EventReader() {}

    /** A number of a run. */
    record Point(long step, String tag, float value) {}

    /** The events of the only file in a folder. */
    static List<Message> only(Path folder) throws IOException {
        List<Path> files = files(folder);
        assertThat(files).hasSize(1);
        return read(files.get(0));
    }

    /** The files of a folder in the order in which TensorBoard reads them. */
    static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.sorted().toList();
        }
    }

    static List<Message> read(Path file) throws IOException {
        assertThat(file.getFileName().toString()).contains("tfevents"); // by which TensorBoard finds it
        ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
        List<Message> events = new ArrayList<>();
        while (bytes.hasRemaining()) {
            int start = bytes.position();
            int length = Math.toIntExact(bytes.getLong());
            assertThat(bytes.getInt()).as("checksum of a length").isEqualTo(masked(bytes.array(), start, 8));
            byte[] content = new byte[length];
            bytes.get(content);
            assertThat(bytes.getInt()).as("checksum of an event").isEqualTo(masked(content, 0, length));
            DynamicMessage event = DynamicMessage.parseFrom(EVENT, content);
            assertThat(known(event)).as("an event of known fields: %s", event).isTrue();
            events.add(event);
        }
        return events;
    }

    /** Castagnoli's CRC bit by bit, masked as TFRecord files are. */
    static int masked(byte[] bytes, int from, int count) {
        int crc = -1;
        for (int i = from; i < from + count; i++) {
            crc ^= bytes[i] & 0xff;
            for (int bit = 0; bit < 8; bit++) {
                crc = (crc & 1) == 1 ? crc >>> 1 ^ 0x82f63b78 : crc >>> 1;
            }
        }
        crc = ~crc;
        return (crc >>> 15 | crc << 17) + 0xa282ead8;
    }

    private static boolean known(Message message) {
        boolean here = message.getUnknownFields().asMap().isEmpty();
        return here
                && message.getAllFields().values().stream()
                        .flatMap(value -> value instanceof List<?> list ? list.stream() : Stream.of(value))
                        .filter(Message.class::isInstance)
                        .allMatch(value -> known((Message) value));
    }

    static Object field(Message message, String name) {
        FieldDescriptor field = message.getDescriptorForType().findFieldByName(name);
        return message.getField(field);
    }

    static boolean has(Message message, String name) {
        return message.hasField(message.getDescriptorForType().findFieldByName(name));
    }

    static long step(Message event) {
        return (long) field(event, "step");
    }

    /** The values of all summaries. */
    static List<Message> values(Message event) {
        return has(event, "summary")
                ? ((List<?>) field((Message) field(event, "summary"), "value"))
                        .stream().map(Message.class::cast).toList()
                : List.of();
    }

    /** All numbers of a file, in order. */
    static List<Point> points(List<Message> events) {
        return events.stream()
                .flatMap(event -> values(event).stream()
                        .filter(value -> has(value, "simple_value"))
                        .map(value -> new Point(
                                step(event), (String) field(value, "tag"), (float) field(value, "simple_value"))))
                .toList();
    }
}
