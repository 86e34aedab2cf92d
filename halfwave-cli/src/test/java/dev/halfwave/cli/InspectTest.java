package dev.halfwave.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InspectTest {
    @TempDir
    private Path directory;

    @Test
    void checksTheEffectiveMapOfEveryTestImage() {
        Run run = Run.of("inspect", "--model", Trained.model(), "--limit", 10, "--effective-map", "--json");

        assertThat(run.exitCode()).as(run.err()).isZero();
        Map<String, Object> result = run.json().get(0);
        assertThat(result).containsEntry("images", 10L).containsEntry("withinBounds", true);
        assertThat((Double) result.get("worstResidualFloat")).isPositive().isLessThan(1e-4);
        assertThat((Double) result.get("worstResidualDouble")).isPositive().isLessThan(1e-10);
    }

    @Test
    void namesTheOpThatIsNotPiecewiseLinear() {
        Path folder = directory.resolve("smooth");
        Run.of("train", "--limit", 20, "--epochs", 1, "--activation", "tanh", "--threads", 2, "--out", folder);

        Run run = Run.of("inspect", "--model", folder.resolve("model.onnx"), "--limit", 1, "--effective-map");

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err()).contains("conv2d_1.tanh: expected a piecewise linear op, received tanh");
    }

    @Test
    void countsUnits() {
        Run run = Run.of("inspect", "--model", Trained.model(), "--limit", 20, "--dead", "--json");

        assertThat(run.exitCode()).as(run.err()).isZero();
        Map<String, Object> result = run.json().get(0);
        assertThat(result).containsEntry("examples", 20L);
        List<?> layers = (List<?>) result.get("layers");
        assertThat(layers).hasSize(4);
        Map<?, ?> first = (Map<?, ?>) layers.get(0);
        assertThat(first.get("layer")).isEqualTo("conv2d_1.relu");
        assertThat(first.get("units")).isEqualTo(6L);
        assertThat((Double) first.get("firingFraction")).isBetween(0.0, 1.0);
        assertThat((Double) result.get("savedShare")).isBetween(0.0, 1.0);
    }

    @Test
    void wantsToKnowWhatToDo() {
        Run run = Run.of("inspect", "--model", Trained.model());

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err())
                .contains("--out: expected a report to write, or --effective-map or --dead, received none");
    }

    @Test
    void watchesTrainingAndRevives() {
        Path folder = directory.resolve("hot");
        Run run = Run.of(
                "train",
                "--limit",
                2000,
                "--epochs",
                1,
                "--lr",
                0.05,
                "--schedule",
                "constant",
                "--revive",
                "--threads",
                2,
                "--validation",
                0,
                "--batch",
                20,
                "--model",
                "mlp",
                "--out",
                folder);

        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.err())
                .containsPattern(
                        "step \\d+: dense_1\\.relu has \\d+ of 128 units \\(.* %\\) silent on at least 256 images: "
                                + "\\[.*\\]; \\d+ revived");
    }
}
