package dev.halfwave.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.halfwave.format.ModelFormatException;
import dev.halfwave.tensor.Shape;
import dev.halfwave.tensor.Tensor;
import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ImagesTest {

    @TempDir
    Path folder;

    private Path write(BufferedImage image, String format) throws IOException {
        return Files.write(folder.resolve("image"), TestImages.encode(image, format));
    }

    /** The image's values as whole numbers from 0 to 255. */
    private static int[] values(Tensor tensor) {
        int[] values = new int[tensor.data().length];
        for (int i = 0; i < values.length; i++) {
            values[i] = Math.round(tensor.data()[i] * 255);
            assertThat(tensor.data()[i]).as("steps of 1/255").isEqualTo(values[i] / 255f);
        }
        return values;
    }

    @ParameterizedTest
    @ValueSource(strings = {"png", "bmp", "tiff"})
    void greyIsTakenAsStored(String format) throws IOException {
        Path file = write(TestImages.stored(BufferedImage.TYPE_BYTE_GRAY, 3, 2, 0, 1, 64, 128, 200, 255), format);

        Tensor image = Images.read(file);
        assertThat(image.shape()).isEqualTo(Shape.of(2, 3, 1));
        assertThat(values(image)).containsExactly(0, 1, 64, 128, 200, 255);
        assertThat(values(Images.read(file, Shape.of(2, 3, 3))))
                .containsExactly(0, 0, 0, 1, 1, 1, 64, 64, 64, 128, 128, 128, 200, 200, 200, 255, 255, 255);
    }

    @ParameterizedTest
    @ValueSource(strings = {"png", "bmp", "tiff", "gif"})
    void colourIsRedGreenBlue(String format) throws IOException {
        BufferedImage stored = TestImages.stored(BufferedImage.TYPE_3BYTE_BGR, 2, 1, 255, 0, 51, 10, 20, 30);
        Path file = write(stored, format);

        Tensor image = Images.read(file);
        assertThat(image.shape()).isEqualTo(Shape.of(1, 2, 3));
        assertThat(values(image)).containsExactly(255, 0, 51, 10, 20, 30);
    }

    @Test
    void colourBecomesGreyByLuma() throws IOException {
        int[] colours = {255, 0, 0, 0, 255, 0, 0, 0, 255, 255, 255, 255, 10, 20, 30};
        Path file = write(TestImages.stored(BufferedImage.TYPE_3BYTE_BGR, 5, 1, colours), "png");

        // 76.245, 149.685, 29.07, 255 and 18.15
        assertThat(values(Images.read(file, Shape.of(1, 5, 1)))).containsExactly(76, 150, 29, 255, 18);
    }

    @Test
    void jpegIsReadInGreyAndColour() throws IOException {
        Path file = write(TestImages.plain(16, 16, 0x3060c0), "jpeg");
        Tensor colour = Images.read(file);
        assertThat(colour.shape()).isEqualTo(Shape.of(16, 16, 3));
        assertThat(values(colour)[0]).isBetween(0x2e, 0x32);
        assertThat(values(colour)[1]).isBetween(0x5e, 0x62);
        assertThat(values(colour)[2]).isBetween(0xbe, 0xc2);

        int[] constant = new int[256];
        Arrays.fill(constant, 77);
        Path grey = write(TestImages.stored(BufferedImage.TYPE_BYTE_GRAY, 16, 16, constant), "jpeg");
        assertThat(values(Images.read(grey))).containsOnly(77).hasSize(256);
    }

    @ParameterizedTest
    @ValueSource(strings = {"png", "tiff"})
    void sixteenBitsAreRoundedToEight(String format) throws IOException {
        int[] stored = {0, 128, 129, 257 * 100, 257 * 100 + 128, 257 * 100 + 129, 65535};
        Path file = write(TestImages.stored(BufferedImage.TYPE_USHORT_GRAY, 7, 1, stored), format);

        assertThat(values(Images.read(file))).containsExactly(0, 0, 1, 100, 100, 101, 255);
    }

    @Test
    void transparencyIsLaidOnBlack() throws IOException {
        int[] stored = {255, 100, 0, 255, 255, 100, 0, 51, 255, 255, 255, 0};
        Path file = write(TestImages.stored(BufferedImage.TYPE_4BYTE_ABGR, 3, 1, stored), "png");

        assertThat(values(Images.read(file))).containsExactly(255, 100, 0, 51, 20, 0, 0, 0, 0);
    }

    @Test
    void palettesAreLookedUpWithTheirTransparency() throws IOException {
        byte[] red = {0, (byte) 200, 100, 50};
        byte[] green = {0, 10, 100, 50};
        byte[] blue = {0, 20, 100, 50};
        byte[] alpha = {(byte) 255, (byte) 255, 51, 0};
        IndexColorModel palette = new IndexColorModel(2, 4, red, green, blue, alpha);
        BufferedImage image = new BufferedImage(4, 1, BufferedImage.TYPE_BYTE_BINARY, palette);
        image.getRaster().setPixels(0, 0, 4, 1, new int[] {0, 1, 2, 3});

        Tensor read = Images.read(write(image, "png"));
        assertThat(values(read)).containsExactly(0, 0, 0, 200, 10, 20, 20, 20, 20, 0, 0, 0);
    }

    @ParameterizedTest
    @ValueSource(strings = {"png", "bmp", "gif"})
    void blackAndWhiteIsGrey(String format) throws IOException {
        Path file = write(TestImages.stored(BufferedImage.TYPE_BYTE_BINARY, 3, 1, 1, 0, 1), format);

        Tensor image = Images.read(file);
        assertThat(image.shape()).isEqualTo(Shape.of(1, 3, 1));
        assertThat(values(image)).containsExactly(255, 0, 255);
    }

    @Test
    void valuesPackedIntoOneNumberAreUnpacked() throws IOException {
        Path file = write(TestImages.stored(BufferedImage.TYPE_USHORT_565_RGB, 2, 1, 31, 63, 31, 31, 0, 0), "bmp");

        assertThat(values(Images.read(file))).containsExactly(255, 255, 255, 255, 0, 0);
    }

    @Test
    void isResizedToTheShapeAskedFor() throws IOException {
        Path file = write(TestImages.stored(BufferedImage.TYPE_BYTE_GRAY, 2, 2, 0, 100, 100, 200), "png");

        assertThat(values(Images.read(file, Shape.of(1, 1, 1)))).containsExactly(100);
        assertThat(values(Images.read(file, Shape.of(1, 4, 3))))
                .containsExactly(50, 50, 50, 75, 75, 75, 125, 125, 125, 150, 150, 150);
    }

    @ParameterizedTest
    @CsvSource({"'28,28'", "'28,28,2'", "'0,28,1'", "'1,28,28,1'"})
    void refusesShapesThatAreNotOfAnImage(String sizes) {
        Shape shape = Shape.of(
                Arrays.stream(sizes.split(",")).mapToInt(Integer::parseInt).toArray());
        assertThatThrownBy(() -> Images.read(folder.resolve("image"), shape))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("images: expected a shape [H, W, 1] or [H, W, 3], received " + shape
                        + "; give the shape of one image");
    }

    @Test
    void refusesPathsThatAreNotFiles() {
        assertThatThrownBy(() -> Images.read(folder.resolve("none.png")))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessage(folder.resolve("none.png") + ": expected an image, received nothing there; check the path");
        assertThatThrownBy(() -> Images.read(folder))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessage(folder + ": expected an image, received a folder; check the path");
    }

    private AbstractThrowableAssert<?, ? extends Throwable> refused(byte[] bytes) throws IOException {
        Path file = Files.write(folder.resolve("image"), bytes);
        return assertThatThrownBy(() -> Images.read(file)).isInstanceOf(ModelFormatException.class);
    }

    @Test
    void refusesFilesThatAreNoImages() throws IOException {
        String expected = folder.resolve("image")
                + ": expected an image in a format of the JDK, such as PNG, JPEG, GIF or BMP, received ";
        refused(new byte[] {'R', 'I', 'F', 'F', 1, 2, 3, 4, 'W', 'E', 'B', 'P'})
                .hasMessage(expected
                        + "a file that begins with the bytes 52 49 46 46 01 02 03 04; convert the file to PNG");
        refused(new byte[0]).hasMessage(expected + "an empty file; convert the file to PNG");
    }

    @ParameterizedTest
    @ValueSource(strings = {"png", "jpeg", "gif", "bmp", "tiff"})
    void refusesImagesCutShort(String format) throws IOException {
        BufferedImage noise = new BufferedImage(40, 30, BufferedImage.TYPE_3BYTE_BGR);
        SplitMix random = new SplitMix(1);
        for (int i = 0; i < 1200; i++) {
            noise.setRGB(i % 40, i / 40, (int) random.next());
        }
        byte[] whole = TestImages.encode(noise, format);
        for (int length = 12; length < whole.length - 20; length += whole.length / 23) {
            refused(Arrays.copyOf(whole, length))
                    .as("%d of %d bytes", length, whole.length)
                    .hasMessageStartingWith(folder.resolve("image") + ": expected ")
                    .hasMessageEndingWith("; get the file again or save it anew as PNG");
        }
    }

    @Test
    void saysWhatIsWrongWithAnImageCutShort() throws IOException {
        byte[] jpeg = TestImages.encode(TestImages.plain(64, 64, 0x123456), "jpeg");
        refused(Arrays.copyOf(jpeg, jpeg.length - 10))
                .hasMessage(folder.resolve("image")
                        + ": expected a complete image, received a damaged one (Truncated File -"
                        + " Missing EOI marker); get the file again or save it anew as PNG");
        byte[] png = TestImages.encode(TestImages.plain(64, 64, 0x123456), "png");
        refused(Arrays.copyOf(png, 60))
                .hasMessageStartingWith(
                        folder.resolve("image") + ": expected an image, received one that cannot be read (")
                .hasCauseInstanceOf(IOException.class);
    }

    @Test
    void refusesHugeImagesBeforeDecoding() throws IOException {
        byte[] png = TestImages.encode(TestImages.plain(2, 2, 0), "png");
        ByteBuffer.wrap(png)
                .putInt(16, 8193)
                .putInt(20, 8192); // the width and height in the header; its checksum is not looked at
        refused(png)
                .hasMessage(folder.resolve("image")
                        + ": expected an image of at most 67108864 pixels, received 8193×8192;" + " scale it down");
        ByteBuffer.wrap(png).putInt(16, Integer.MAX_VALUE).putInt(20, Integer.MAX_VALUE);
        refused(png).hasMessageContaining("received 2147483647×2147483647;");
    }

    /** As they are, and with the mark of Adobe's programs that says they are YCCK. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void refusesCmyk(boolean marked) throws IOException {
        byte[] cmyk = TestImages.cmykJpeg();
        byte[] mark = {(byte) 0xff, (byte) 0xee, 0, 14, 'A', 'd', 'o', 'b', 'e', 0, 100, 0, 0, 0, 0, 2};
        int markLength = marked ? mark.length : 0;
        ByteBuffer jpeg = ByteBuffer.allocate(cmyk.length + markLength);
        jpeg.put(cmyk, 0, 2).put(mark, 0, markLength).put(cmyk, 2, cmyk.length - 2);

        refused(jpeg.array())
                .hasMessage(folder.resolve("image")
                        + ": expected an image in grey or RGB of up to 16 bits, received 4 colour"
                        + " components that are neither grey nor RGB, as in CMYK; convert the file to RGB");
    }

    @ParameterizedTest
    @ValueSource(strings = {"png", "jpeg", "gif", "bmp", "tiff"})
    void damageAnywhereIsRefusedOrHarmless(String format) throws IOException {
        byte[] whole = TestImages.encode(TestImages.plain(9, 7, 0x123456), format);
        for (long seed = 0; seed < 300; seed++) {
            SplitMix random = new SplitMix(seed);
            byte[] damaged = whole.clone();
            damaged[random.below(damaged.length)] ^= (byte) (1 << random.below(8));
            Path file = Files.write(folder.resolve("image"), damaged);
            try {
                assertThat(Images.read(file, Shape.of(2, 2, 1)).data())
                        .as("seed %d", seed)
                        .hasSize(4);
            } catch (ModelFormatException e) {
                assertThat(e).as("seed %d", seed).hasMessageStartingWith(file + ": expected ");
            }
        }
    }

    /**
     * A stream over a file is not closed by the image stream over it; where the system shows open files, none must pile
     * up.
     */
    @Test
    void filesAreClosed() throws IOException {
        Path file = write(TestImages.plain(2, 2, 0), "png");
        Images.read(file);
        long before = openFiles();
        for (int i = 0; i < 500; i++) {
            Images.read(file);
        }
        assertThat(openFiles()).isLessThan(before + 250);
    }

    private static long openFiles() throws IOException {
        Path descriptors = Path.of("/proc/self/fd");
        if (!Files.isDirectory(descriptors)) {
            return 0;
        }
        try (Stream<Path> open = Files.list(descriptors)) {
            return open.count();
        }
    }
}
