package dev.halfwave.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.halfwave.data.Dataset;
import dev.halfwave.data.Datasets;
import dev.halfwave.data.Images;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SampleTest {
    @TempDir
    private Path directory;

    @Test
    void writesTheImageAndPrintsItsClass() {
        Path out = directory.resolve("seven.png");
        Run run = Run.of("sample", "--data", "strokes", "--part", "train", "--index", 7, "--out", out);

        Dataset train = Datasets.open("strokes", directory).train();
        float[] pixels = new float[28 * 28];
        train.read(7, pixels, 0);
        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.out()).isEqualTo(train.classes().get(train.label(7)) + System.lineSeparator());
        assertThat(Images.read(out, train.sampleShape()).data()).containsExactly(pixels);
    }

    @Test
    void printsJson() {
        Run run = Run.of("sample", "--index", 3, "--json", "--out", directory.resolve("a.png"));
        assertThat(run.json().get(0))
                .containsEntry("index", 3L)
                .containsEntry("part", "test")
                .containsEntry("out", directory.resolve("a.png").toString())
                .containsKey("class");
    }

    @Test
    void refusesWhatIsNotThere() {
        Path out = directory.resolve("a.png");
        assertThat(Run.of("sample", "--index", 10_000, "--out", out).err())
                .isEqualTo("halfwave: --index: expected 0 to 9999, received 10000" + System.lineSeparator());
        Run part = Run.of("sample", "--part", "tests", "--out", out);
        assertThat(part.exitCode()).isEqualTo(2);
        assertThat(part.err())
                .isEqualTo("halfwave: --part: expected train or test, received tests" + System.lineSeparator());
        assertThat(out).doesNotExist();
        assertThat(Run.of("sample").err())
                .isEqualTo("halfwave: --out: expected a file to write, or --speed, received neither"
                        + System.lineSeparator());
    }

    @Test
    void tellsHowFastImagesCome() {
        Run run = Run.of("sample", "--limit", 300, "--speed");
        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.lines().get(0)).isEqualTo("strokes test: 300 images of [28, 28, 1]");
        assertThat(run.lines().get(1)).matches("read and decoded [\\d,]+ images/s");
        assertThat(run.lines().get(2)).matches("from memory [\\d,]+ images/s");

        assertThat(Run.of("sample", "--limit", 20, "--speed", "--json").json().get(0))
                .containsEntry("images", 20L)
                .containsKeys("firstImagesPerSecond", "imagesPerSecond");
    }
}
