package dev.halfwave.onnx.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files that are damaged, cut off, or of another format altogether. */
class HostileBytesTest {
    @TempDir
    Path folder;

    @Test
    void modelsCutOffAtEveryByteAreRefused() throws Exception {
        byte[] whole = Seeds.images().bytes();
        Folder files = new Folder(folder);
        for (int length = 0; length < whole.length; length++) {
            files.add("cut-" + length, Arrays.copyOf(whole, length));
        }
        files.add("whole", whole);
        Map<String, String> ends = Trial.of(files.files());
        assertThat(ends).hasSizeGreaterThan(300);
        assertThat(ends.get("whole.onnx")).contains("run: outputs [y]").endsWith("classifier: [3]");
        assertThat(ends.get("cut-0.onnx")).contains("load: ");
    }

    @Test
    void everyByteMayBeAnother() throws Exception {
        byte[] whole = Seeds.images().bytes();
        Folder files = new Folder(folder);
        for (int at = 0; at < whole.length; at++) {
            byte[] changed = whole.clone();
            changed[at] = (byte) (at % 2 == 0 ? changed[at] ^ 1 << at % 8 : 0xff);
            files.add("changed-" + at, changed);
        }
        assertThat(Trial.of(files.files())).hasSizeGreaterThan(300);
    }

    @Test
    void otherFilesAreRefused() throws Exception {
        Folder files = new Folder(folder)
                .add("empty", new byte[0])
                .add("text", "It is no model.\n".repeat(100).getBytes(StandardCharsets.UTF_8))
                .add("json", "{\"graph\": {\"node\": []}}".getBytes(StandardCharsets.UTF_8))
                .add("gzip", zipped(Seeds.perceptron().bytes()))
                .add("safetensors", safetensors())
                .add("zeros", new byte[1 << 20])
                .add("ones", filled(1 << 20, 0xff))
                .add("spaces", filled(1 << 20, ' '))
                .add("newlines", filled(1 << 20, '\n'));
        assertThat(Trial.of(files.files()).values()).allMatch(end -> end.startsWith("fine load: "));
    }

    @Test
    void damagedFieldsAreRefused() throws Exception {
        byte[] overlong = new byte[] {-1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, 1};
        Folder files = new Folder(folder)
                .add("overlong-varint-as-tag", overlong)
                .add("overlong-varint-as-number", new Wire().tag(1, 0).raw(overlong))
                .add("overlong-varint-as-length", new Wire().tag(7, 2).raw(overlong))
                .add("varint-without-end", new Wire().tag(1, 0).raw(filled(100, 0x80)))
                .add("field-zero", new Wire().number(0, 1))
                .add("group-without-end", new Wire().tag(7, 3).raw(new byte[] {8, 1}))
                .add("end-without-group", new Wire().tag(7, 4))
                .add("groups-10000-deep", groups(10_000))
                .add("unknown-groups-100000-deep", groups(100_000))
                .add("wire-type-6", new Wire().tag(7, 6))
                .add("wire-type-7", new Wire().tag(7, 7))
                .add("graph-as-number", new Wire().number(7, 5))
                .add("graph-as-fixed64", new Wire().tag(7, 1).raw(new byte[8]))
                .add("graph-as-fixed32", new Wire().tag(7, 5).raw(new byte[4]))
                .add("version-as-text", new Wire().field(1, "eight").field(7, new Wire()))
                .add("name-no-utf8", new Wire().field(7, new Wire().field(2, new byte[] {-1, -2, -64, -128})))
                .add("claims-a-terabyte", new Wire().claimed(7, 1L << 40, new byte[10]))
                .add("claims-two-gigabytes", new Wire().claimed(7, Integer.MAX_VALUE, new byte[10]))
                .add("claims-negative", new Wire().claimed(7, -1, new byte[10]))
                .add(
                        "raw-data-claims",
                        new Wire().field(7, new Wire().field(5, new Wire().claimed(9, 1L << 31, new byte[10]))))
                .add(
                        "packed-claims",
                        new Wire().field(7, new Wire().field(5, new Wire().claimed(4, 1L << 30, new byte[10]))))
                .add("packed-no-multiple", new Wire().field(7, new Wire().field(5, new Wire().field(4, new byte[7]))))
                .add("no-graph", new Wire().number(1, 8))
                .add("empty-graph", new Wire().field(7, new Wire()))
                .add(
                        "two-graphs",
                        new Wire()
                                .raw(Seeds.perceptron().bytes())
                                .raw(Seeds.perceptron().bytes()))
                .add("rest-behind", new Wire().raw(Seeds.perceptron().bytes()).raw(new byte[10]));
        assertThat(Trial.of(files.files()).values()).allMatch(end -> end.startsWith("fine load: "));
    }

    @Test
    void messagesDeepInOneAnotherAreRefused() throws Exception {
        Folder files = new Folder(folder)
                // model.graph, then node.attribute.graph over and over
                .add("graphs-100-deep", new Wire().field(7, Wire.nested(300, 1, 5, 6)))
                .add("graphs-10000-deep", new Wire().field(7, Wire.nested(30_000, 1, 5, 6)))
                .add("graphs-1000000-deep", new Wire().field(7, Wire.nested(3_000_000, 1, 5, 6)))
                .add("graph-lists-10000-deep", new Wire().field(7, Wire.nested(30_000, 1, 5, 11)))
                .add("unknown-10000-deep", new Wire().field(7, Wire.nested(10_000, 99)))
                .add(
                        "types-10000-deep",
                        new Wire().field(7, new Wire().field(11, new Wire().field(2, Wire.nested(20_000, 4, 1)))));
        Map<String, String> ends = Trial.of(files.files());
        assertThat(ends.values()).allMatch(end -> end.startsWith("fine load: "));
        assertThat(ends.get("graphs-10000-deep.onnx")).contains("nest");
    }

    private static byte[] groups(int depth) {
        Wire wire = new Wire();
        for (int i = 0; i < depth; i++) {
            wire.tag(100, 3);
        }
        return wire.bytes();
    }

    private static byte[] filled(int length, int value) {
        byte[] bytes = new byte[length];
        Arrays.fill(bytes, (byte) value);
        return bytes;
    }

    private static byte[] zipped(byte[] content) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream zip = new GZIPOutputStream(bytes)) {
            zip.write(content);
        }
        return bytes.toByteArray();
    }

    private static byte[] safetensors() {
        String header = "{\"w\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]}}";
        byte[] bytes = new byte[8 + header.length() + 4];
        bytes[0] = (byte) header.length();
        System.arraycopy(header.getBytes(StandardCharsets.UTF_8), 0, bytes, 8, header.length());
        return bytes;
    }
}
