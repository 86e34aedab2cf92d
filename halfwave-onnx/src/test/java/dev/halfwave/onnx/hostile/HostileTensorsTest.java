package dev.halfwave.onnx.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import dev.halfwave.onnx.proto.StringStringEntryProto;
import dev.halfwave.onnx.proto.TensorProto;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Initializers whose numbers do not fit their sizes, and external data where none may lie. */
class HostileTensorsTest {
    @TempDir
    Path folder;

    @Test
    void numbersThatDoNotFitTheirSizesAreRefused() throws Exception {
        Folder files = new Folder(folder);
        for (int type = -1; type <= 24; type++) {
            for (int count : new int[] {0, 1, 3, 5, 100}) {
                files.add(
                        "raw-" + type + "-" + count,
                        model(tensor(type).setRawData(ByteString.copyFrom(new byte[count]))));
                TensorProto.Builder floats = tensor(type);
                TensorProto.Builder ints = tensor(type);
                TensorProto.Builder longs = tensor(type);
                for (int i = 0; i < count; i++) {
                    floats.addFloatData(i).addDoubleData(i);
                    ints.addInt32Data(i).addUint64Data(i);
                    longs.addInt64Data(i);
                }
                files.add("floats-" + type + "-" + count, model(floats));
                files.add("ints-" + type + "-" + count, model(ints));
                files.add("longs-" + type + "-" + count, model(longs));
            }
        }
        Map<String, String> ends = Trial.of(files.files());
        assertThat(ends).hasSizeGreaterThan(500);
        assertThat(ends.get("raw-1-3.onnx")).contains("expected 8 bytes of raw data for sizes [2], received 3");
        assertThat(ends.get("floats-1-5.onnx")).contains("expected 2 numbers for sizes [2], received 5");
    }

    @Test
    void sizesThatNoTensorHasAreRefused() throws Exception {
        Folder files = new Folder(folder);
        long[][] sizes = {
            {-1},
            {1L << 62},
            {Long.MIN_VALUE},
            {1L << 31},
            {1 << 16, 1 << 16},
            {1L << 32, 1L << 32},
            {1L << 62, 4},
            {3_000_000_000L, 0},
            {0, 1L << 62},
            {Integer.MAX_VALUE},
            {1 << 30},
            new long[100],
            new long[100_000]
        };
        for (long[] dims : sizes) {
            for (int type : new int[] {1, 7, 10, 11}) {
                TensorProto.Builder tensor =
                        TensorProto.newBuilder().setName("w").setDataType(type);
                for (long dim : dims) {
                    tensor.addDims(dim);
                }
                files.add("sizes-" + files.files().size(), model(tensor));
                files.add("sizes-" + files.files().size(), model(tensor.setRawData(ByteString.copyFrom(new byte[8]))));
                files.add(
                        "sizes-" + files.files().size(),
                        new Sketch()
                                .node("Constant", "", "y", Sketch.tensor("value", tensor))
                                .output("y"));
            }
        }
        assertThat(Trial.of(files.files()).values()).allMatch(end -> end.contains("expected"));
    }

    @Test
    void externalDataStayInTheModelsFolder() throws Exception {
        Path inside = Files.createDirectory(folder.resolve("model"));
        Files.write(folder.resolve("outside.bin"), new byte[100]);
        Files.write(inside.resolve("data.bin"), new byte[100]);
        Files.createDirectory(inside.resolve("directory"));
        Folder files = new Folder(inside);
        for (String place : new String[] {
            "../outside.bin",
            "directory/../../outside.bin",
            folder.resolve("outside.bin").toString(),
            "/etc/passwd",
            "directory",
            ".",
            "..",
            "",
            "nothing.bin",
            "a\0b",
            "data.bin/",
            "x".repeat(10_000),
            "file:data.bin",
            "~/x",
            "C:\\x"
        }) {
            files.add("place-" + files.files().size(), external(place, null, null));
        }
        for (String number : new String[] {
            "-1", "93", "100", "9223372036854775807", "99999999999999999999", "x", "", "1.5", "0x10", " 1"
        }) {
            files.add("offset-" + files.files().size(), external("data.bin", number, null));
            files.add("length-" + files.files().size(), external("data.bin", null, number));
        }
        files.add("no-location", model(tensor(1).setDataLocation(TensorProto.DataLocation.EXTERNAL)));
        Map<String, String> ends = Trial.of(files.files());
        ends.remove("place-10.onnx"); // "data.bin/" names the same file
        assertThat(ends.values()).allMatch(end -> end.startsWith("fine ") && !end.contains("run: outputs"));
    }

    @Test
    void externalDataInTheFolderAreRead() throws Exception {
        Files.write(folder.resolve("data.bin"), new byte[100]);
        Map<String, String> ends = Trial.of(
                new Folder(folder).add("sound", external("data.bin", "92", "8")).files());
        assertThat(ends.get("sound.onnx")).contains("run: outputs [y]");
    }

    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "links need rights there, and there are no pipes with names")
    void linksThatLeadOutAndPipesAreNotOpened() throws Exception {
        Path inside = Files.createDirectory(folder.resolve("model"));
        Path outside = Files.createDirectory(folder.resolve("outside"));
        Files.write(outside.resolve("data.bin"), new byte[100]);
        Files.createSymbolicLink(inside.resolve("link.bin"), outside.resolve("data.bin"));
        Files.createSymbolicLink(inside.resolve("folder"), outside);
        Files.createSymbolicLink(inside.resolve("circle"), inside.resolve("circle"));
        assertThat(new ProcessBuilder("mkfifo", inside.resolve("pipe").toString())
                        .start()
                        .waitFor())
                .isZero();
        Folder files = new Folder(inside);
        for (String place : new String[] {"link.bin", "folder/data.bin", "circle", "pipe"}) {
            files.add("place-" + files.files().size(), external(place, null, null));
        }
        Map<String, String> ends = Trial.of(files.files());
        assertThat(ends.values())
                .allMatch(end ->
                        end.contains("expected a file inside the model's folder") && !end.contains("run: outputs"));
        Folder devices = new Folder(inside);
        devices.files().add(inside.resolve("pipe"));
        devices.files().add(inside.resolve("directory"));
        devices.files().add(Path.of("/dev/zero"));
        Files.createDirectory(inside.resolve("directory"));
        assertThat(Trial.of(devices.files()).values())
                .allMatch(end -> end.startsWith("fine load") || end.startsWith("unreadable"));
    }

    private static TensorProto.Builder tensor(int type) {
        return TensorProto.newBuilder().setName("w").setDataType(type).addDims(2);
    }

    private static Sketch model(TensorProto.Builder weights) {
        return new Sketch()
                .input("x", 1, 2)
                .tensor(weights)
                .node("Mul", "x w", "y")
                .output("y");
    }

    private static byte[] external(String place, @Nullable String offset, @Nullable String length) {
        TensorProto.Builder tensor =
                tensor(1).setDataLocation(TensorProto.DataLocation.EXTERNAL).addExternalData(entry("location", place));
        if (offset != null) {
            tensor.addExternalData(entry("offset", offset));
        }
        if (length != null) {
            tensor.addExternalData(entry("length", length));
        }
        return model(tensor).bytes();
    }

    private static StringStringEntryProto entry(String key, String value) {
        return StringStringEntryProto.newBuilder().setKey(key).setValue(value).build();
    }
}
