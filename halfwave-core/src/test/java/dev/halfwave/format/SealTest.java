package dev.halfwave.format;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.halfwave.tensor.Shape;
import dev.halfwave.tensor.Tensor;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SealTest {
    private static final String START = "{\"__metadata__\":{\"halfwave.sha256\":\"";

    @Test
    void isTheSumOfTheFileWithZerosInItsPlace() throws IOException, GeneralSecurityException {
        byte[] file = checkpoint();
        String text = new String(file, US_ASCII);
        assertThat(text.substring(8)).startsWith(START);
        String seal = text.substring(8 + START.length(), 8 + START.length() + 64);
        byte[] blank = file.clone();
        Arrays.fill(blank, 8 + START.length(), 8 + START.length() + 64, (byte) '0');
        byte[] sum = MessageDigest.getInstance("SHA-256").digest(blank);
        assertThat(seal).isEqualTo(HexFormat.of().formatHex(sum));
    }

    @Test
    void isLeftOutOfTheMetadata() throws IOException {
        assertThat(SafeTensors.readSealed(checkpoint(), "m").metadata()).containsExactly(Map.entry("step", "7"));
        assertThat(SafeTensors.read(checkpoint(), "m").metadata()).containsExactly(Map.entry("step", "7"));
    }

    @Test
    void isFoundWhereverItStands() throws IOException {
        SafeTensors content = SafeTensors.readSealed(checkpoint(), "m");
        String blank = "0".repeat(64);
        byte[] file = RawFile.of("{\"é\":{\"dtype\":\"F32\",\"shape\":[0],\"data_offsets\":[0,0]},\"__metadata__\":"
                + "{\"zeros\":\"" + blank + "\", \"halfwave.sha256\" : \"" + blank + "\"}}");
        Seal seal = new Seal();
        seal.update(file, file.length);
        int at = new String(file, ISO_8859_1).lastIndexOf(blank);
        Seal.stamp(file, at, seal.hex());
        assertThat(SafeTensors.readSealed(file, "m").metadata()).containsExactly(Map.entry("zeros", blank));
        assertThat(content.metadata()).doesNotContainKey(Seal.KEY);
    }

    @Test
    void mayNotBeMissing() throws IOException {
        ByteArrayOutputStream plain = new ByteArrayOutputStream();
        new SafeTensorsWriter(new SafeTensors(Map.of(), Map.of("a", "b")), false).writeTo(plain);
        assertThat(SafeTensors.read(plain.toByteArray(), "m").metadata()).containsExactly(Map.entry("a", "b"));
        assertThatThrownBy(() -> SafeTensors.readSealed(plain.toByteArray(), "m"))
                .isInstanceOf(ModelFormatException.class)
                .hasMessage("m (at byte 8): expected a Halfwave checkpoint, with \"halfwave.sha256\" in its metadata,"
                        + " received none; it is not a Halfwave checkpoint, or it is damaged: use another one");
    }

    @Test
    void isTakenWhileTheContentsAreUsed(@TempDir Path directory) throws IOException {
        Path path = directory.resolve("last.safetensors");
        Files.write(path, checkpoint());
        assertThat(SafeTensors.<String>readSealed(
                        path, content -> content.metadata().get("step")))
                .isEqualTo("7");
        assertThatThrownBy(() -> SafeTensors.readSealed(path, SealTest::refuse)).hasMessage("refused");
    }

    @Test
    void countsForMoreThanWhatBecameOfTheContents(@TempDir Path directory) throws IOException {
        byte[] file = checkpoint();
        file[file.length - 1] ^= 1;
        Path path = directory.resolve("last.safetensors");
        Files.write(path, file);
        assertThatThrownBy(() -> SafeTensors.readSealed(path, content -> "used"))
                .isInstanceOf(ModelFormatException.class)
                .hasMessageContaining("the file is damaged");
        assertThatThrownBy(() -> SafeTensors.readSealed(path, SealTest::refuse))
                .isInstanceOf(ModelFormatException.class)
                .hasMessageContaining("the file is damaged");
    }

    @Test
    void isTakenInAThreadThatWasInterrupted(@TempDir Path directory) throws IOException {
        Path path = directory.resolve("last.safetensors");
        Files.write(path, checkpoint());
        Thread.currentThread().interrupt();
        SafeTensors read = SafeTensors.readSealed(path);
        assertThat(Thread.interrupted()).isTrue();
        assertThat(read.metadata()).containsExactly(Map.entry("step", "7"));
    }

    private static String refuse(SafeTensors content) {
        throw new IllegalArgumentException("refused");
    }

    @Test
    void saysThatTheFileIsDamaged(@TempDir Path directory) throws IOException {
        byte[] file = checkpoint();
        String seal = new String(file, US_ASCII).substring(8 + START.length(), 8 + START.length() + 64);
        file[file.length - 1] ^= 1;
        Path path = directory.resolve("last.safetensors");
        Files.write(path, file);
        for (boolean sealed : new boolean[] {true, false}) {
            assertThatThrownBy(() -> read(path, sealed))
                    .isInstanceOf(ModelFormatException.class)
                    .hasMessageMatching(
                            "\\Q" + path + "\\E \\(at byte 44\\): expected content with the SHA-256 of its seal,"
                                    + " \"" + seal
                                    + "\", received [0-9a-f]{64}; the file is damaged: use an earlier checkpoint,"
                                    + " or copy it again from where it came");
        }
    }

    @Test
    void isNoSealIfItsDigitsAreWrittenOtherwise() throws IOException {
        byte[] file = checkpoint();
        int at = 8 + START.length();
        byte[] capitals = file.clone();
        byte[] upper =
                new String(file, at, 64, US_ASCII).toUpperCase(Locale.ROOT).getBytes(US_ASCII);
        System.arraycopy(upper, 0, capitals, at, 64);
        refused(capitals, "capitals");
        String escaped =
                String.format("\\u%04x", (int) file[at]) + new String(file, at + 1, file.length - at - 1, UTF_8);
        refused(RawFile.of(new String(file, 8, START.length(), UTF_8) + escaped), "an escaped digit");
    }

    @Test
    void noticesEveryFlippedBitOfTheHeader() throws IOException {
        byte[] file = checkpoint();
        int data = new String(file, US_ASCII).lastIndexOf('}') + 1;
        for (int bit = 0; bit < 8 * data; bit++) {
            byte[] damaged = file.clone();
            damaged[bit / 8] ^= (byte) (1 << bit % 8);
            refused(damaged, "bit " + bit);
        }
    }

    @Test
    void noticesFlippedBitsOfPaddingAndData() throws IOException {
        byte[] file = checkpoint();
        Random random = new Random(12);
        int data = new String(file, US_ASCII).lastIndexOf('}') + 1;
        for (int i = 0; i < 4000; i++) {
            int bit = 8 * data + random.nextInt(8 * (file.length - data));
            byte[] damaged = file.clone();
            damaged[bit / 8] ^= (byte) (1 << bit % 8);
            refused(damaged, "bit " + bit);
        }
    }

    @Test
    void noticesEveryTruncationAndAnExtension() throws IOException {
        byte[] file = checkpoint();
        for (int length = 0; length < file.length; length++) {
            refused(Arrays.copyOf(file, length), "length " + length);
        }
        refused(Arrays.copyOf(file, file.length + 1), "one byte more");
    }

    @Test
    void noticesSwappedTensorsAndTexts() throws IOException {
        byte[] file = checkpoint();
        String text = new String(file, ISO_8859_1);
        for (String[] swap : new String[][] {{"\"conv\"", "\"vonc\""}, {"[2,3]", "[3,2]"}, {"\"7\"", "\"8\""}}) {
            assertThat(text).contains(swap[0]);
            refused(text.replace(swap[0], swap[1]).getBytes(ISO_8859_1), String.join(" to ", swap));
        }
    }

    private static SafeTensors read(Path path, boolean sealed) {
        return sealed ? SafeTensors.readSealed(path) : SafeTensors.read(path);
    }

    private static void refused(byte[] file, String what) {
        assertThatThrownBy(() -> SafeTensors.readSealed(file, "m"))
                .as(what)
                .isInstanceOf(ModelFormatException.class)
                .hasMessageStartingWith("m (at byte ")
                .hasMessageContaining("): expected ");
    }

    private static byte[] checkpoint() throws IOException {
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        tensors.put("conv", Tensor.of(Shape.of(2, 3), 1f, 2f, 3f, 4f, 5f, 6f));
        tensors.put("bias", Tensor.zeros(Shape.of(64)));
        return bytes(new SafeTensors(tensors, Map.of("step", "7")));
    }

    /** The sealed file. */
    static byte[] bytes(SafeTensors content) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        new SafeTensorsWriter(content, true).writeTo(bytes);
        return bytes.toByteArray();
    }
}
