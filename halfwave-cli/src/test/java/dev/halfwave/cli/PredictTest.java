package dev.halfwave.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PredictTest {
    @TempDir
    private Path directory;

    private Path first;
    private Path second;

    @BeforeEach
    void writeSamples() {
        first = Trained.sample(directory, 0);
        second = Trained.sample(directory, 1);
    }

    @Test
    void namesTheMostProbableClasses() {
        Run run = Run.of("predict", "--model", Trained.model(), "--top", 2, first, second);

        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.lines()).hasSize(2);
        assertThat(run.lines().get(0)).matches("\\Q" + first + "\\E  \\d [01]\\.\\d{4}  \\d 0\\.\\d{4}");
        assertThat(run.lines().get(1)).startsWith(second + "  ");
    }

    @Test
    @SuppressWarnings("unchecked")
    void printsJson() {
        Run run = Run.of("predict", "--model", Trained.model(), "--top", 99, "--json", first);

        Map<String, Object> object = run.json().get(0);
        assertThat(object).containsEntry("image", first.toString());
        List<Map<String, Object>> classes = (List<Map<String, Object>>) object.get("classes");
        assertThat(classes).hasSize(10);
        assertThat(classes.stream()
                        .mapToDouble(guess -> (double) guess.get("probability"))
                        .sum())
                .isCloseTo(1, within(1e-5));
        assertThat(classes)
                .isSortedAccordingTo(
                        (a, b) -> Double.compare((double) b.get("probability"), (double) a.get("probability")));
    }

    @Test
    void exactlyItSaysTheSame() {
        Run exact = Run.of("predict", "--model", Trained.model(), "--exact", first);
        assertThat(exact.exitCode()).as(exact.err()).isZero();
        assertThat(exact.out())
                .isEqualTo(Run.of("predict", "--model", Trained.model(), first).out());
    }

    @Test
    void withinTheRangeOfImagesItSaysTheSame() {
        Run within = Run.of("predict", "--model", Trained.model(), "--range", "0..1", first);
        assertThat(within.exitCode()).as(within.err()).isZero();
        assertThat(within.out())
                .isEqualTo(Run.of("predict", "--model", Trained.model(), first).out());
    }

    @Test
    void refusesImagesOutsideTheRange() {
        Run outside = Run.of("predict", "--model", Trained.model(), "--range", "0..0.1", first);
        assertThat(outside.exitCode()).isEqualTo(1);
        assertThat(outside.err()).contains("lenet: expected pixels within the declared range 0.0..0.1", "in image 0");
    }

    @Test
    void takesAllImagesOfAFolderInOrder() throws IOException {
        Files.writeString(directory.resolve("notes.txt"), "no image");
        Run run = Run.of("predict", "--model", Trained.model(), directory);

        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.lines()).hasSize(2);
        assertThat(run.lines().get(0)).startsWith(first.toString());
    }

    @Test
    void takesImagesOfAnySize() {
        Run run =
                Run.of("predict", "--model", Trained.model(), ImageFiles.write(directory.resolve("wide.png"), 40, 90));
        assertThat(run.exitCode()).as(run.err()).isZero();
    }

    @Test
    void swapsBlackAndWhite() {
        Path ramp = ImageFiles.write(directory.resolve("ramp.png"), 28, 28);
        Run plain = Run.of("predict", "--model", Trained.model(), ramp);
        Run inverted = Run.of("predict", "--model", Trained.model(), "--invert", ramp);
        assertThat(inverted.exitCode()).isZero();
        assertThat(inverted.out()).isNotEqualTo(plain.out());
    }

    @Test
    void anUnreadableImageDoesNotStopTheOthers() throws IOException {
        Path broken = Files.write(
                directory.resolve("a-broken.png"), new byte[] {(byte) 0x89, 'P', 'N', 'G', 13, 10, 26, 10, 1});
        Run run = Run.of("predict", "--model", Trained.model(), directory, directory.resolve("missing.png"));

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.lines()).hasSize(2);
        assertThat(run.err().lines()).hasSize(2);
        assertThat(run.err())
                .contains("halfwave: " + broken + ": expected an image")
                .contains("halfwave: " + directory.resolve("missing.png")
                        + ": expected an image, received nothing there; check the path");
    }

    @Test
    void refusesAnEmptyFolder() throws IOException {
        Path empty = Files.createDirectory(directory.resolve("empty"));
        Run run = Run.of("predict", "--model", Trained.model(), empty);
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err())
                .isEqualTo("halfwave: " + empty + ": expected at least one PNG, JPEG, GIF or BMP image in the folder,"
                        + " received none; name the images, or the folder they are in" + System.lineSeparator());
    }

    @Test
    void refusesToNameNoClass() {
        Run run = Run.of("predict", "--model", Trained.model(), "--top", 0, first);
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).isEqualTo("halfwave: --top: expected 1 or more, received 0" + System.lineSeparator());
    }
}
