package dev.halfwave.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ResamplingTest {

    private static int[] row(int newWidth, int... values) {
        byte[] bytes = new byte[values.length];
        for (int i = 0; i < values.length; i++) {
            bytes[i] = (byte) values[i];
        }
        byte[] result =
                new Pixels(bytes, 1, values.length, 1).resized(1, newWidth).bytes();
        int[] row = new int[result.length];
        Arrays.setAll(row, i -> result[i] & 0xff);
        return row;
    }

    @Test
    void growsLinearly() {
        assertThat(row(4, 0, 255)).containsExactly(0, 64, 191, 255);
        assertThat(row(3, 200)).containsExactly(200, 200, 200);
        assertThat(row(6, 0, 60, 120)).containsExactly(0, 15, 45, 75, 105, 120);
    }

    @Test
    void shrinksByAMeanThatMissesNothing() {
        assertThat(row(1, 0, 255)).containsExactly(128);
        assertThat(row(2, 0, 0, 255, 255)).containsExactly(36, 219); // 1/7 and 6/7: weights 3 3 1, over 7
        for (int i = 0; i < 64; i++) {
            int[] dot = new int[64];
            dot[i] = 255;
            assertThat(Arrays.stream(row(8, dot)).sum())
                    .as("a white dot at %d", i)
                    .isBetween(18, 40);
        }
    }

    @Test
    void sameSizeIsTheSameImage() {
        Pixels image = new Pixels(new byte[6], 2, 3, 1);
        assertThat(image.resized(2, 3)).isSameAs(image);
    }

    @ParameterizedTest
    @CsvSource({
        "1, 1, 1, 5, 7",
        "3, 4, 3, 7, 2",
        "17, 9, 1, 5, 31",
        "16, 16, 3, 8, 8",
        "31, 33, 3, 28, 28",
        "2, 2, 1, 1, 1"
    })
    void agreesWithTheDefinitionInDouble(int height, int width, int channels, int newHeight, int newWidth) {
        for (long seed = 0; seed < 5; seed++) {
            byte[] bytes = new byte[height * width * channels];
            SplitMix random = new SplitMix(seed);
            for (int i = 0; i < bytes.length; i++) {
                bytes[i] = (byte) random.next();
            }
            byte[] actual = new Pixels(bytes, height, width, channels)
                    .resized(newHeight, newWidth)
                    .bytes();
            for (int i = 0; i < actual.length; i++) {
                int c = i % channels;
                double expected = defined(
                        bytes,
                        height,
                        width,
                        channels,
                        newHeight,
                        newWidth,
                        i / channels / newWidth,
                        i / channels % newWidth,
                        c);
                // each of the two passes rounds by at most a half
                assertThat((double) (actual[i] & 0xff))
                        .as("seed %d, value %d", seed, i)
                        .isBetween(expected - 1.001, expected + 1.001);
            }
        }
    }

    /** The mean of all old pixels, weighted by triangles around the new pixel's centre. */
    private static double defined(
            byte[] bytes, int height, int width, int channels, int newHeight, int newWidth, int y, int x, int c) {
        double sum = 0;
        double weights = 0;
        for (int v = 0; v < height; v++) {
            for (int u = 0; u < width; u++) {
                double weight = weight(v, y, height, newHeight) * weight(u, x, width, newWidth);
                sum += weight * (bytes[(v * width + u) * channels + c] & 0xff);
                weights += weight;
            }
        }
        return sum / weights;
    }

    private static double weight(int old, int fresh, int oldSize, int newSize) {
        double scale = (double) oldSize / newSize;
        return Math.max(0, 1 - Math.abs(old + 0.5 - (fresh + 0.5) * scale) / Math.max(1, scale));
    }
}
