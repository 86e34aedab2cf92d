package dev.halfwave.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RectifyTest {
    @TempDir
    private Path directory;

    private Path ramp;
    private Path out;

    @BeforeEach
    void writeImage() {
        ramp = ImageFiles.write(directory.resolve("ramp.png"), 6, 9);
        out = directory.resolve("pictures/out.png");
    }

    @Test
    void saysHowMuchIsCut() throws IOException {
        Path filter = Files.writeString(directory.resolve("darker.txt"), "1 -1 # darker to the right\n");
        Run brighter = Run.of("rectify", ramp, "--filter", "sobel-x", "--out", out);
        assertThat(brighter.exitCode()).as(brighter.err()).isZero();
        assertThat(brighter.lines())
                .containsExactly("saved " + out, "0.0 % of the values are below zero: the rectifier cuts them to 0.");

        Map<String, Object> darker = Run.of("rectify", ramp, "--filter", filter, "--out", out, "--json")
                .json()
                .get(0);
        assertThat(darker)
                .containsEntry("cutShare", 1.0)
                .containsEntry("activation", "relu")
                .containsEntry("height", 6L)
                .containsEntry("width", 8L)
                .containsEntry("channels", 1L)
                .containsEntry("out", out.toString());
    }

    @Test
    void paintsWhatIsBelowZeroBlueAndWhatIsAboveOrange() throws IOException {
        Path filter = Files.writeString(directory.resolve("darker.txt"), "1 -1\n");
        Path sixSteps = ImageFiles.write(directory.resolve("six.png"), 6, 6); // all steps equal, in whole 255ths
        Run.of("rectify", sixSteps, "--filter", filter, "--out", out);

        BufferedImage picture = ImageIO.read(out.toFile());
        DivergingScale scale = new DivergingScale(1);
        int row = picture.getHeight() / 2 + 60;
        assertThat(picture.getRGB(1090, row)).as("the feature map").isEqualTo(scale.argb(-1));
        assertThat(picture.getRGB(1800, row)).as("the rectified map").isEqualTo(scale.argb(0));
    }

    @Test
    void looksIntoTheLayersOfAModel() throws IOException {
        Path sample = Trained.sample(directory, 2);
        Run all = Run.of("rectify", sample, "--model", Trained.model(), "--layer", "conv2d_2", "--out", out, "--json");
        assertThat(all.exitCode()).as(all.err()).isZero();
        assertThat(all.json().get(0)).containsEntry("channels", 16L).containsEntry("height", 10L);
        assertThat((double) all.json().get(0).get("cutShare")).isBetween(0.05, 0.95);
        assertThat(ImageIO.read(out.toFile()).getWidth()).isGreaterThan(1000);

        Run one = Run.of("rectify", sample, "--model", Trained.model(), "--channel", 3, "--out", out, "--json");
        assertThat(one.json().get(0)).containsEntry("channels", 1L).containsEntry("height", 28L);
        Run dense = Run.of("rectify", sample, "--model", Trained.model(), "--layer", "dense_1", "--out", out, "--json");
        assertThat(dense.json().get(0)).containsEntry("height", 10L).containsEntry("width", 12L);
    }

    @Test
    void drawsLargeAndTinyAndEvenImages() throws IOException {
        Path large = ImageFiles.write(directory.resolve("large.png"), 90, 1500);
        assertThat(Run.of("rectify", large, "--filter", "laplacian", "--out", out)
                        .exitCode())
                .isZero();
        Path tiny = ImageFiles.write(directory.resolve("tiny.png"), 3, 3);
        assertThat(Run.of("rectify", tiny, "--filter", "emboss", "--out", out).exitCode())
                .isZero();
        Path zero = Files.writeString(directory.resolve("zero.txt"), "0\n");
        assertThat(Run.of("rectify", tiny, "--filter", zero, "--out", out).exitCode())
                .isZero();
        assertThat(ImageIO.read(out.toFile())).isNotNull();
    }

    @Test
    void refusesWhatDoesNotFitTogether() throws IOException {
        refuses(2, "--filter: unknown filter \"sobel\": did you mean \"sobel-x\"?", "--filter", "sobel");
        refuses(2, "--filter: expected a filter or a --model, received both", "--filter", "emboss", "--model", "x");
        refuses(2, "--layer: expected a --model whose layer to show, received none", "--layer", "conv2d_1");
        refuses(2, "--channel: expected a --model whose layer to show, received none", "--channel", 1);
        refuses(
                2,
                "--layer: unknown layer with an activation \"conv_1\": did you mean \"conv2d_1\"?",
                "--model",
                Trained.model(),
                "--layer",
                "conv_1");
        refuses(
                2,
                "--channel: channel: expected 0 to 5, received 6; there are 6, counted from 0",
                "--model",
                Trained.model(),
                "--channel",
                6);
        Path words = Files.writeString(directory.resolve("words.txt"), "1 2\nthree 4\n");
        refuses(1, words + " (line 2): expected a number, received \"three\"", "--filter", words);
        assertThat(out).doesNotExist();
    }

    private void refuses(int exitCode, String message, Object... options) {
        Object[] all = new Object[options.length + 4];
        System.arraycopy(new Object[] {"rectify", ramp, "--out", out}, 0, all, 0, 4);
        System.arraycopy(options, 0, all, 4, options.length);
        Run run = Run.of(all);
        assertThat(run.exitCode()).as(run.err()).isEqualTo(exitCode);
        assertThat(run.out()).isEmpty();
        assertThat(run.err()).startsWith("halfwave: " + message).hasLineCount(1);
    }

    @Test
    void refusesImagesItCannotRead() {
        Run missing = Run.of("rectify", directory.resolve("none.png"), "--out", out);
        assertThat(missing.exitCode()).isEqualTo(1);
        assertThat(missing.err())
                .isEqualTo("halfwave: " + directory.resolve("none.png")
                        + ": expected an image, received nothing there; check the path" + System.lineSeparator());
        Path tiny = ImageFiles.write(directory.resolve("tiny.png"), 2, 2);
        Run small = Run.of("rectify", tiny, "--out", out);
        assertThat(small.exitCode()).isEqualTo(1);
        assertThat(small.err()).contains("expected an axis of at least 3 for a window of 3, received 2");
    }
}
