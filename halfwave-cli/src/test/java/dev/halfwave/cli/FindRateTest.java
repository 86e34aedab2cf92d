package dev.halfwave.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FindRateTest {
    @TempDir
    private Path directory;

    @Test
    void drawsAndSuggests() throws IOException {
        Path plot = directory.resolve("rates.png");
        Run run = Run.of("lr-find", "--limit=300", "--batch=8", "--model=mlp", "--optimizer=sgd", "--plot", plot);
        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.lines().get(0)).matches("rate +loss +smoothed");
        assertThat(run.lines().get(1)).startsWith("1.00e-06  ");
        assertThat(run.out()).contains("saved " + plot);
        assertThat(run.lastLine()).matches("try --lr [\\d.e-]+ to [\\d.e-]+");
        assertThat(ImageIO.read(plot.toFile()).getWidth()).isEqualTo(1600);
        assertThat(directory).isDirectoryContaining("glob:**.png").isDirectoryNotContaining("glob:**.onnx");
    }

    @Test
    void printsEveryPointForMachines() {
        List<Map<String, Object>> lines = Run.of(
                        "lr-find", "--limit=100", "--batch=10", "--model=mlp", "--validation=0", "--to=1e-4", "--json")
                .json();
        assertThat(lines).hasSize(11);
        assertThat(lines.get(0)).containsEntry("rate", 1e-6).containsKeys("loss", "smoothed");
        assertThat(lines.get(10)).containsEntry("diverged", false).containsEntry("points", 10L);
    }

    @Test
    void ratesHaveToRise() {
        Run run = Run.of("lr-find", "--from=1", "--to=0.1");
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err())
                .isEqualTo(
                        "halfwave: --from: rate finder: expected a first rate above 0 and a larger last one, received"
                                + " 1.0 and 0.1" + System.lineSeparator());
    }
}
