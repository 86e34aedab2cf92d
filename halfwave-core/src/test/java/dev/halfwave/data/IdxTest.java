package dev.halfwave.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.halfwave.format.ModelFormatException;
import dev.halfwave.tensor.Shape;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IdxTest {
    private static final List<String> CLASSES = List.of("zero", "one", "two");
    private static final byte[] IMAGES = idx(8, new int[] {3, 2, 2}, 0, 51, 102, 153, 204, 255, 1, 2, 3, 4, 5, 6);
    private static final byte[] LABELS = idx(8, new int[] {3}, 2, 0, 1);

    @TempDir
    Path folder;

    private Path images;
    private Path labels;

    @BeforeEach
    void writeGoodFiles() throws IOException {
        images = Files.write(folder.resolve("images"), IMAGES);
        labels = Files.write(folder.resolve("labels"), LABELS);
    }

    static byte[] idx(int type, int[] sizes, int... elements) {
        ByteBuffer buffer = ByteBuffer.allocate(4 + 4 * sizes.length + elements.length);
        buffer.put((byte) 0).put((byte) 0).put((byte) type).put((byte) sizes.length);
        Arrays.stream(sizes).forEach(buffer::putInt);
        Arrays.stream(elements).forEach(element -> buffer.put((byte) element));
        return buffer.array();
    }

    static byte[] gzip(byte[] bytes) throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
            out.write(bytes);
        }
        return packed.toByteArray();
    }

    private AbstractThrowableAssert<?, ? extends Throwable> refused(byte[] bytes) throws IOException {
        Files.write(images, bytes);
        return assertThatThrownBy(() -> Idx.read(images, 3)).isInstanceOf(ModelFormatException.class);
    }

    private Dataset open() {
        return Idx.dataset("tiny", images, labels, CLASSES);
    }

    @ParameterizedTest
    @ValueSource(strings = {"plain", "gzip", "gzip in two members"})
    void readsImagesAndLabels(String packing) throws IOException {
        if (packing.equals("gzip")) {
            Files.write(images, gzip(IMAGES));
            Files.write(labels, gzip(LABELS));
        } else if (packing.equals("gzip in two members")) {
            Files.write(images, gzip(Arrays.copyOf(IMAGES, 20)));
            byte[] rest = gzip(Arrays.copyOfRange(IMAGES, 20, IMAGES.length));
            Files.write(images, rest, StandardOpenOption.APPEND);
        }
        Dataset tiny = open();

        assertThat(tiny.name()).isEqualTo("tiny");
        assertThat(tiny.size()).isEqualTo(3);
        assertThat(tiny.sampleShape()).isEqualTo(Shape.of(2, 2, 1));
        assertThat(tiny.classes()).isEqualTo(CLASSES);
        assertThat(new int[] {tiny.label(0), tiny.label(1), tiny.label(2)}).containsExactly(2, 0, 1);
        float[] into = new float[6];
        tiny.read(0, into, 1);
        assertThat(into).containsExactly(0, 0, 0.2f, 0.4f, 0.6f, 0);
        tiny.read(1, into, 0);
        assertThat(into).containsExactly(0.8f, 1, 1 / 255f, 2 / 255f, 0.6f, 0);
    }

    @Test
    void refusesSamplesOutsideTheDataset() {
        Dataset tiny = open();
        assertThatThrownBy(() -> tiny.read(3, new float[4], 0)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> tiny.read(-1, new float[4], 0)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> tiny.label(3)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> tiny.read(0, new float[4], 1)).isInstanceOf(IndexOutOfBoundsException.class);
    }

    @Test
    void everyTruncationIsRefusedWithItsPlace() throws IOException {
        for (int length = 0; length < IMAGES.length; length++) {
            String expected = length < 4
                    ? "expected the magic number in 4 bytes, received the end of the file after " + length
                    : length < 16
                            ? "expected the size of axis " + (length - 4) / 4
                                    + " in 4 bytes, received the end of the file" + " after " + length % 4
                            : "expected sizes that make at most " + (length - 16)
                                    + " elements, which is all that this file can hold, received [3, 2, 2]";
            int at = length < 16 ? length : 4;
            refused(Arrays.copyOf(IMAGES, length))
                    .hasMessage(images + " (at byte " + at + "): " + expected
                            + "; get the file again, it is damaged or incomplete");
        }
    }

    @Test
    void truncatedContentsInGzipAreRefused() throws IOException {
        refused(gzip(Arrays.copyOf(IMAGES, 21)))
                .hasMessage(images
                        + ", unpacked (at byte 21): expected elements of shape [3, 2, 2] in 12 bytes,"
                        + " received the end of the file after 5; get the file again, it is damaged or incomplete");
    }

    @Test
    void everyTruncationOfGzipIsRefused() throws IOException {
        byte[] packed = gzip(IMAGES);
        for (int length = 2; length < packed.length; length++) {
            refused(Arrays.copyOf(packed, length))
                    .hasMessageStartingWith(images.toString())
                    .hasMessageEndingWith(
                            "received gzip data that ends too soon; get the file again, it is damaged or incomplete")
                    .hasCauseInstanceOf(IOException.class);
        }
    }

    @Test
    void gzipWithAnErrorIsRefused() throws IOException {
        byte[] packed = gzip(IMAGES);
        packed[packed.length - 6] ^= 1; // in the checksum
        refused(packed)
                .hasMessage(images
                        + ", unpacked (at byte 28): expected the end of the file, received gzip data with"
                        + " an error (Corrupt GZIP trailer); get the file again, it is damaged or incomplete");
    }

    @Test
    void wrongMagicIsRefused() throws IOException {
        refused("PNG, not IDX".getBytes(StandardCharsets.US_ASCII))
                .hasMessage(
                        images + " (at byte 0): expected the two zero bytes that begin an IDX file, received 0x50 0x4e;"
                                + " give an IDX file, plain or gzip");
    }

    @Test
    void wrongElementTypeIsRefused() throws IOException {
        refused(idx(0x0d, new int[] {1, 1, 1}, 0, 0, 0, 0))
                .hasMessage(images + " (at byte 2): expected element type 0x08 (unsigned byte), received 0x0d;"
                        + " convert the elements to unsigned bytes");
    }

    @Test
    void wrongRankIsRefused() throws IOException {
        refused(LABELS)
                .hasMessage(images + " (at byte 3): expected the number of axes to be 3, received 1;"
                        + " check that images and labels are not exchanged");
        refused(idx(8, new int[255])).hasMessageContaining("expected the number of axes to be 3, received 255;");
    }

    @Test
    void emptyAxesAreRefused() throws IOException {
        refused(idx(8, new int[] {0, 2, 2}))
                .hasMessage(images + " (at byte 4): expected a size from 1 to 2147483647 for axis 0, received 0;"
                        + " get the file again, it is damaged or incomplete");
        refused(idx(8, new int[] {1, 2, -1}))
                .hasMessage(
                        images + " (at byte 12): expected a size from 1 to 2147483647 for axis 2, received 4294967295;"
                                + " get the file again, it is damaged or incomplete");
    }

    @Test
    void trailingBytesAreRefused() throws IOException {
        byte[] longer = Arrays.copyOf(IMAGES, IMAGES.length + 1);
        String message =
                ": expected the end of the file after elements of shape [3, 2, 2], received more bytes; get the file"
                        + " again, it is damaged or incomplete";
        refused(longer).hasMessage(images + " (at byte 28)" + message);
        refused(gzip(longer)).hasMessage(images + ", unpacked (at byte 28)" + message);
    }

    @Test
    void sizesThatOverflowAreRefused() throws IOException {
        int most = Integer.MAX_VALUE;
        refused(idx(8, new int[] {most, most, most}, 1, 2, 3))
                .hasMessage(images
                        + " (at byte 4): expected sizes that make at most 3 elements, which is all that this"
                        + " file can hold, received [2147483647, 2147483647, 2147483647]; get the file again,"
                        + " it is damaged or incomplete");
        refused(idx(8, new int[] {1 << 16, 1 << 16, 1 << 16})).hasMessageContaining("at most 0 elements");
    }

    @Test
    void gzipThatPromisesMoreThanItCanHoldIsRefusedUnread() throws IOException {
        byte[] lie = gzip(idx(8, new int[] {2_000_000_000, 1, 1}, 1));
        refused(lie)
                .hasMessage(images + ", unpacked (at byte 4): expected sizes that make at most "
                        + (lie.length * 1032L - 16)
                        + " elements, which is all that this file can hold, received [2000000000, 1, 1]; get the file"
                        + " again, it is damaged or incomplete");
    }

    @Test
    void sizesBeyondOneArrayAreRefusedWhereTheFileCouldHoldThem() throws IOException {
        // 4 MiB that deflate cannot make smaller could be 4 GiB of contents, going by the file's length alone.
        byte[] noise = new byte[4 << 20];
        SplitMix random = new SplitMix(3);
        for (int i = 0; i < noise.length; i++) {
            noise[i] = (byte) random.next();
        }
        System.arraycopy(idx(8, new int[] {1 << 16, 1 << 15, 2}), 0, noise, 0, 16);
        refused(gzip(noise))
                .hasMessageContaining(
                        "expected sizes that make at most 2147483583 elements, which is what fits one array,"
                                + " received [65536, 32768, 2]");
    }

    @Test
    void labelsWithoutAClassAreRefused() throws IOException {
        Files.write(labels, idx(8, new int[] {3}, 0, 3, 1));
        assertThatThrownBy(this::open)
                .isInstanceOf(ModelFormatException.class)
                .hasMessage(labels
                        + " (at byte 9): expected a label from 0 to 2, received 3; give the dataset as many classes as"
                        + " it has labels, or take another labels file");
        Files.write(labels, idx(8, new int[] {3}, 0, 1, 255));
        assertThatThrownBy(this::open).hasMessageContaining("(at byte 10): expected a label from 0 to 2, received 255");
    }

    @Test
    void differingNumbersAreRefused() throws IOException {
        Files.write(labels, idx(8, new int[] {2}, 0, 1));
        assertThatThrownBy(this::open)
                .isInstanceOf(ModelFormatException.class)
                .hasMessage(labels + ": expected 3 labels, one for every image in " + images
                        + ", received 2; take both files from the same dataset");
    }

    @Test
    void missingFilesAreRefused() {
        assertThatThrownBy(() -> Idx.read(folder.resolve("none"), 1))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessage(folder.resolve("none") + ": expected a file, received nothing there; check the path");
        assertThatThrownBy(() -> Idx.read(folder, 1))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessage(folder + ": expected a file, received a folder; check the path");
    }

    @Test
    void anInterruptedThreadCanStillRead() {
        Thread.currentThread().interrupt();
        assertThat(Idx.read(images, 3).shape()).isEqualTo(Shape.of(3, 2, 2));
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void classesAreFewEnoughForABytePerLabel() {
        assertThatThrownBy(() -> Idx.dataset("tiny", images, labels, List.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("tiny: expected 1 to 256 classes, received 0");
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void damageAnywhereIsRefusedOrHarmless(long seed) throws IOException {
        SplitMix random = new SplitMix(seed);
        for (int round = 0; round < 200; round++) {
            byte[] damaged = random.below(2) == 0 ? IMAGES.clone() : gzip(IMAGES);
            damaged[random.below(damaged.length)] ^= (byte) (1 << random.below(8));
            Files.write(images, damaged);
            try {
                assertThat(Idx.read(images, 3).bytes())
                        .as("seed %d, round %d", seed, round)
                        .hasSizeBetween(1, 12);
            } catch (ModelFormatException e) {
                assertThat(e).as("seed %d, round %d", seed, round).hasMessageStartingWith(images.toString());
            }
        }
    }
}
