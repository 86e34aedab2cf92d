package dev.halfwave.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.halfwave.archive.Packed;
import dev.halfwave.format.ModelFormatException;
import dev.halfwave.tensor.Shape;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CsvImagesTest {
    private static final ImageOptions AS_THEY_ARE = ImageOptions.asTheyAre();

    @TempDir
    Path folder;

    private Path table(String text) throws IOException {
        return Files.writeString(folder.resolve("digits.csv"), text);
    }

    private Dataset read(String text) throws IOException {
        return CsvImages.read(table(text), AS_THEY_ARE);
    }

    private AbstractThrowableAssert<?, ? extends Throwable> refused(String text) throws IOException {
        Path file = table(text);
        return assertThatThrownBy(() -> CsvImages.read(file, AS_THEY_ARE)).isInstanceOf(ModelFormatException.class);
    }

    private static float[] image(Dataset dataset, int index) {
        float[] image = new float[dataset.sampleShape().elements()];
        dataset.read(index, image, 0);
        return image;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "label,pixel0,pixel1,pixel2,pixel3\n7,0,51,102,255\n3,0,0,0,51\n",
                "7,0,51,102,255\n3,0,0,0,51",
                "\ufefflabel;1x1;1x2;2x1;2x2\r\n7;0;51;102;255\r\n\r\n3;0;0;0;51\r\n",
                "\"a\"\t\"Label\"\t\"b\"\t\"c\"\t\"d\"\n0\t7\t\"51\"\t 102\t255.0\n0\t\"3\"\t0\t00\t51",
                "p0,p1,p2,p3,y\n0,51,102,255,7\n0,0,0,51,3"
            })
    void tablesAreReadInTheirSeveralForms(String text) throws IOException {
        Dataset digits = read(text);

        assertThat(digits.sampleShape()).isEqualTo(Shape.of(2, 2, 1));
        assertThat(digits.classes()).containsExactly("3", "7");
        assertThat(digits.size()).isEqualTo(2);
        assertThat(new int[] {digits.label(0), digits.label(1)}).containsExactly(1, 0);
        assertThat(image(digits, 0)).containsExactly(0, 0.2f, 0.4f, 1);
        assertThat(image(digits, 1)).containsExactly(0, 0, 0, 0.2f);
    }

    @Test
    void tablesArePackedOrLong() throws IOException {
        Random random = new Random(3);
        int[][] pixels = IntStream.range(0, 300)
                .mapToObj(i -> random.ints(784, 0, 256).toArray())
                .toArray(int[][]::new);
        String text = IntStream.range(0, pixels.length)
                .mapToObj(i -> i % 10 + ","
                        + IntStream.of(pixels[i]).mapToObj(Integer::toString).collect(Collectors.joining(",")))
                .collect(Collectors.joining("\n"));
        Path file = Files.write(folder.resolve("a.csv.gz"), Packed.gzip(text.getBytes(StandardCharsets.UTF_8)));

        Splits digits = Datasets.open(file.toString(), folder);
        assertThat(digits.train().size()).isEqualTo(240);
        assertThat(digits.test().size()).isEqualTo(60);
        Dataset whole = CsvImages.read(file, AS_THEY_ARE);
        for (int i = 0; i < pixels.length; i++) {
            assertThat(whole.classes().get(whole.label(i))).isEqualTo(Integer.toString(i % 10));
            assertThat(image(whole, i)[783]).as("image %d", i).isEqualTo(pixels[i][783] / 255f);
        }
    }

    @Test
    void threeTimesASquareIsColour() throws IOException {
        Dataset colours = read("red,255,0,0\nblue,0,0,255\nred,254,0,0\n");
        assertThat(colours.sampleShape()).isEqualTo(Shape.of(1, 1, 3));
        assertThat(colours.classes()).containsExactly("blue", "red");
        assertThat(image(colours, 1)).containsExactly(0, 0, 1);
    }

    @Test
    void labelsAreSortedAsNumbersWhereTheyAreSome() throws IOException {
        assertThat(read("10,1\n9,1\nx,1\n100,1\n").classes()).containsExactly("9", "10", "100", "x");
    }

    @Test
    void imagesAreBroughtIntoTheFormAskedFor() throws IOException {
        Path file = table("0,255,0,0\n1,255,255,255\n");
        Dataset grey = CsvImages.read(file, AS_THEY_ARE.grey().sized(2, 3));
        assertThat(grey.sampleShape()).isEqualTo(Shape.of(2, 3, 1));
        assertThat(image(grey, 0)).containsOnly(76 / 255f);
    }

    @Test
    void aMissingColumnIsNamedByItsLine() throws IOException {
        refused("label,a,b,c,d\n1,0,0,0,0\n\n2,0,0,0\n")
                .hasMessage(
                        folder.resolve("digits.csv") + " (line 4): expected 5 columns as in the first line, received 4;"
                                + " check that no value is missing and that the line is complete");
        refused("1,0,0,0,0\n2,0,0,0,0,0\n")
                .hasMessageContaining("(line 2): expected 5 columns as in the first line, received 6");
    }

    @Test
    void aTableWithoutLabelsIsRefused() throws IOException {
        refused("pixel0,pixel1,pixel2,pixel3,pixel4\n1,2,3,4,5\n")
                .hasMessage(
                        folder.resolve("digits.csv") + " (line 1): expected a column named label (or class, target, y),"
                                + " received pixel0, pixel1, pixel2, …; add the labels; a test table without any cannot be"
                                + " trained on or measured with");
    }

    @Test
    void pixelsHaveToMakeASquare() throws IOException {
        refused("1,0,0\n2,0,0\n")
                .hasMessage(folder.resolve("digits.csv")
                        + " (line 1): expected a label and the pixels of a square image, as"
                        + " in 1 + 784 = 1 + 28×28 columns, received 3 columns; check that no column is missing and"
                        + " that they are divided by commas");
        refused("hello\n").hasMessageContaining("received 1 column;");
    }

    @ParameterizedTest
    @ValueSource(strings = {"256", "-1", "0.5", "", "x", "1e2", "99999999999"})
    void pixelsAreBytes(String pixel) throws IOException {
        refused("1,0,0,0,0\n2,0," + pixel + ",0,0\n")
                .hasMessage(folder.resolve("digits.csv")
                        + " (line 2): expected a whole number from 0 to 255 in column 3," + " received "
                        + (pixel.isEmpty() ? "nothing" : pixel) + "; write pixels as 8-bit values");
    }

    @Test
    void oneClassOnlyIsRefused() throws IOException {
        refused("1,0\n1,5\n")
                .hasMessage(
                        folder.resolve("digits.csv") + ": expected 2 to 256 different labels, received only 1; check"
                                + " that the first column, or the one named label, holds the class");
        String many = IntStream.range(0, 300).mapToObj(i -> i + ",0\n").collect(Collectors.joining());
        refused(many).hasMessageContaining("received 300;");
    }

    @Test
    void emptyTablesAreRefused() throws IOException {
        refused("").hasMessageContaining("expected a line with a label and pixels, received an empty file");
        refused("label,a\n").hasMessageContaining("expected one image a line, received none");
        refused("1,0\n ,5\n").hasMessageContaining("(line 2): expected a label in column 1, received nothing");
    }

    @Test
    void aLineWithoutEndIsStopped() throws IOException {
        refused("1".repeat(17_000_000)).hasMessageContaining("(line 1): expected lines of at most 16777216 bytes");
    }
}
