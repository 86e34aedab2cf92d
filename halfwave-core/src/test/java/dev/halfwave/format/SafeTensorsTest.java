package dev.halfwave.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.halfwave.tensor.Shape;
import dev.halfwave.tensor.Tensor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SafeTensorsTest {
    @TempDir
    private Path directory;

    @Test
    void writesTheBytesOfTheFormat() throws IOException {
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        tensors.put("z", Tensor.of(Shape.of(2, 1), 1f, -2f));
        tensors.put("a", Tensor.of(Shape.of(), 3f));
        Path file = directory.resolve("two.safetensors");
        new SafeTensors(tensors, Map.of("format", "pt")).write(file);
        String json = "{\"__metadata__\":{\"format\":\"pt\"},"
                + "\"z\":{\"dtype\":\"F32\",\"shape\":[2,1],\"data_offsets\":[0,8]},"
                + "\"a\":{\"dtype\":\"F32\",\"shape\":[],\"data_offsets\":[8,12]}}";
        String padded = json + " ".repeat((8 - json.length() % 8) % 8);
        byte[] data = {0, 0, (byte) 0x80, 0x3f, 0, 0, 0, (byte) 0xc0, 0, 0, 0x40, 0x40};
        assertThat(json.length() % 8).as("the case has to show padding").isNotZero();
        assertThat(Files.readAllBytes(file)).isEqualTo(RawFile.of(padded, data));
    }

    @Test
    void writesNothingButAnEmptyObjectForNothing() throws IOException {
        Path file = directory.resolve("empty.safetensors");
        SafeTensors empty = new SafeTensors(Map.of(), Map.of());
        empty.write(file);
        assertThat(Files.readAllBytes(file)).isEqualTo(RawFile.of("{}      "));
        assertThat(SafeTensors.read(file)).isEqualTo(empty);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void readsWhatItWrote(long seed) throws IOException {
        SafeTensors content = random(seed);
        Path plain = directory.resolve("plain");
        Path sealed = directory.resolve("sealed");
        content.write(plain);
        content.writeSealed(sealed);
        for (SafeTensors read : new SafeTensors[] {
            SafeTensors.read(plain),
            SafeTensors.read(sealed),
            SafeTensors.readSealed(sealed),
            SafeTensors.read(Files.readAllBytes(plain), "memory"),
            SafeTensors.readSealed(Files.readAllBytes(sealed), "memory")
        }) {
            assertThat(read).as("seed %d", seed).isEqualTo(content);
            assertThat(read.tensors().keySet())
                    .containsExactlyElementsOf(content.tensors().keySet());
            assertThat(read.metadata().keySet())
                    .containsExactlyElementsOf(content.metadata().keySet());
        }
    }

    @Test
    void writesTheSameBytesAgain() throws IOException {
        random(9).writeSealed(directory.resolve("first"));
        random(9).writeSealed(directory.resolve("second"));
        SafeTensors.read(directory.resolve("first")).writeSealed(directory.resolve("third"));
        byte[] first = Files.readAllBytes(directory.resolve("first"));
        assertThat(Files.readAllBytes(directory.resolve("second"))).isEqualTo(first);
        assertThat(Files.readAllBytes(directory.resolve("third"))).isEqualTo(first);
    }

    @Test
    void keepsEveryBitOfEveryKindOfFloat() {
        int[] bits = {0, 1 << 31, 1, 0x7f800000, 0xff800000, 0x7fc00000, 0x7f800001, 0xffabcdef, 0x007fffff, 0x7f7fffff
        };
        float[] values = new float[bits.length];
        for (int i = 0; i < bits.length; i++) {
            values[i] = Float.intBitsToFloat(bits[i]);
        }
        Path file = directory.resolve("bits");
        new SafeTensors(Map.of("w", Tensor.of(Shape.of(bits.length), values)), Map.of()).write(file);
        float[] read = only(SafeTensors.read(file)).data();
        for (int i = 0; i < bits.length; i++) {
            assertThat(Float.floatToRawIntBits(read[i])).isEqualTo(Float.floatToRawIntBits(values[i]));
        }
    }

    @Test
    void readsAndWritesTensorsOfManyChunks() {
        Tensor large = random(new Random(10), Shape.of(7, 40_001));
        Path file = directory.resolve("large");
        new SafeTensors(Map.of("large", large), Map.of()).writeSealed(file);
        assertThat(only(SafeTensors.readSealed(file))).isEqualTo(large);
    }

    @Test
    void keepsTheOrderOfTheJsonWhateverTheOrderOfTheData() {
        byte[] file = RawFile.of(
                "{\"second\":{\"dtype\":\"U8\",\"shape\":[1],\"data_offsets\":[1,2]},"
                        + "\"none\":{\"data_offsets\":[1,1],\"shape\":[3,0],\"dtype\":\"F32\"},"
                        + "\"first\":{\"dtype\":\"U8\",\"shape\":[1],\"data_offsets\":[0,1]}}",
                (byte) 5,
                (byte) 6);
        SafeTensors read = SafeTensors.read(file, "memory");
        assertThat(read.tensors().keySet()).containsExactly("second", "none", "first");
        assertThat(read.tensors().get("first").data()).containsExactly(5f);
        assertThat(read.tensors().get("second").data()).containsExactly(6f);
        assertThat(read.tensors().get("none").shape()).isEqualTo(Shape.of(3, 0));
    }

    @Test
    void readsJsonWithWhitespaceAndEscapes() {
        byte[] file = RawFile.of("{ \"__metadata__\" : {\"\\u0061\\n\":\"\\ud83d\\ude00\"},\n\t\"\\\"w\\\"\": "
                + "{\"shape\":[0], \"dtype\":\"F64\", \"data_offsets\":[0,0]} }   ");
        SafeTensors read = SafeTensors.read(file, "memory");
        assertThat(read.metadata()).containsExactly(Map.entry("a\n", "😀"));
        assertThat(read.tensors()).containsOnlyKeys("\"w\"");
    }

    @Test
    void sharesTensorsAndCopiesMaps() {
        Map<String, Tensor> tensors = new LinkedHashMap<>(Map.of("w", Tensor.zeros(Shape.of(1))));
        SafeTensors content = new SafeTensors(tensors, Map.of());
        Tensor shared = tensors.remove("w");
        assertThat(content.tensors().get("w")).isSameAs(shared);
        assertThatThrownBy(() -> content.tensors().clear()).isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> content.metadata().put("a", "b")).isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void refusesContentThatNoFileCanHold() {
        Tensor tensor = Tensor.zeros(Shape.of(1));
        Tensor deep = Tensor.zeros(Shape.of(new int[17]));
        String half = "a\ud800";
        refuses(
                Map.of("__metadata__", tensor),
                Map.of(),
                "safetensors: expected a tensor's name of your own, received"
                        + " \"__metadata__\", which the format keeps for itself; choose another");
        refuses(
                Map.of(),
                Map.of("halfwave.sha256", ""),
                "safetensors: expected a metadata key of your own, received"
                        + " \"halfwave.sha256\", which the format keeps for itself; choose another");
        refuses(
                Map.of(half, tensor),
                Map.of(),
                "safetensors: expected Unicode text as a tensor's name, received \"a?\""
                        + " with half of a surrogate pair; leave it out");
        refuses(
                Map.of(),
                Map.of("k", half),
                "safetensors: expected Unicode text as a metadata value, received \"a?\""
                        + " with half of a surrogate pair; leave it out");
        refuses(
                Map.of("n".repeat(4097), tensor),
                Map.of(),
                "safetensors: expected a tensor's name of at most 4096" + " characters, received 4097; shorten it");
        refuses(
                Map.of("w", deep),
                Map.of(),
                "safetensors: expected at most 16 axes for tensor \"w\", received shape " + Arrays.toString(new int[17])
                        + "; reshape it");
        Map<String, String> many = new LinkedHashMap<>();
        for (int i = 0; i <= 100_000; i++) {
            many.put("key" + i, "");
        }
        refuses(Map.of(), many, "safetensors: expected at most 100000 metadata, received 100001; write several files");
    }

    @Test
    void refusesToWriteAHeaderThatNobodyMayRead() {
        Map<String, String> texts = new LinkedHashMap<>();
        for (int i = 0; i < 6; i++) {
            texts.put("k" + i, "x".repeat(1 << 24));
        }
        Path file = directory.resolve("large");
        assertThatThrownBy(() -> new SafeTensors(Map.of(), texts).write(file))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("safetensors: expected a header of at most 100000000 bytes, received 1006633")
                .hasMessageEndingWith("; use fewer tensors, or shorter names and metadata");
        assertThat(file).doesNotExist();
    }

    @Test
    void saysWhatStandsInTheWayOfReading() throws IOException {
        Path missing = directory.resolve("missing");
        assertThatThrownBy(() -> SafeTensors.read(missing))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessage(missing + ": expected a readable safetensors file, received nothing there; check the path");
        assertThatThrownBy(() -> SafeTensors.readSealed(directory))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessage(directory + ": expected a readable safetensors file, received a directory; check the path");
        Path empty = Files.createFile(directory.resolve("empty"));
        assertThatThrownBy(() -> SafeTensors.read(empty))
                .isInstanceOf(ModelFormatException.class)
                .hasMessageStartingWith(
                        empty + " (at byte 0): expected the 8 bytes of the header's length, received 0 of 8");
    }

    @Test
    void readsAndWritesInAnInterruptedThread() {
        Path file = directory.resolve("interrupted");
        SafeTensors content = random(11);
        Thread.currentThread().interrupt();
        content.writeSealed(file);
        SafeTensors read = SafeTensors.readSealed(file);
        assertThat(Thread.interrupted()).as("the interrupt is still there").isTrue();
        assertThat(read).isEqualTo(content);
    }

    private static void refuses(Map<String, Tensor> tensors, Map<String, String> metadata, String message) {
        assertThatThrownBy(() -> new SafeTensors(tensors, metadata))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
    }

    private static Tensor only(SafeTensors content) {
        assertThat(content.tensors()).hasSize(1);
        return content.tensors().values().iterator().next();
    }

    /** Tensors of ranks 0 to 4, some empty, with names and texts that want escaping. */
    static SafeTensors random(long seed) {
        Random random = new Random(seed);
        String[] odd = {"layer/weight", "ä \"quoted\"\\", "😀\n\u0001", "", "0".repeat(64), "b.bias"};
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        Map<String, String> metadata = new LinkedHashMap<>();
        for (int i = 0; i < random.nextInt(6) + 1; i++) {
            int[] sizes = random.ints(random.nextInt(5), 0, 5).toArray();
            tensors.put(odd[random.nextInt(odd.length)] + i, random(random, Shape.of(sizes)));
            metadata.put(i + odd[random.nextInt(odd.length)], odd[random.nextInt(odd.length)]);
        }
        return new SafeTensors(tensors, metadata);
    }

    private static Tensor random(Random random, Shape shape) {
        byte[] bytes = new byte[shape.elements() * Float.BYTES];
        random.nextBytes(bytes);
        Tensor tensor = Tensor.zeros(shape);
        ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(tensor.data());
        return tensor;
    }
}
