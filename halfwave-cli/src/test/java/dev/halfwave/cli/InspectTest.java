package dev.halfwave.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
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
        assertThat(run.err()).contains("--out: expected a page to write, or --effective-map or --dead, received none");
    }

    @Test
    void writesAPageThatNeedsNothingElse() throws IOException {
        Path out = directory.resolve("pages/report.html");
        Run run = Run.of(
                "inspect",
                "--model",
                Trained.model(),
                "--data",
                "strokes",
                "--limit",
                12,
                "--layer",
                "conv2d_1",
                "--regions",
                3,
                "--out",
                out);

        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.lines()).containsExactly("saved " + out);
        String page = Files.readString(out);
        assertThat(page).startsWith("<!doctype html>").contains("prefers-color-scheme: dark");
        assertThat(page)
                .contains("logits = W · x + b", "The line crosses more than 3 regions", "Layer conv2d_1")
                .contains("Strongest patches of 6 units of conv2d_1", "Over 12 images of", "What zeros would save")
                .doesNotContain("Layer conv2d_2", "http:", "https:", "<script", "<link");
        int pictures = page.split("<img ", -1).length - 1;
        assertThat(pictures).isGreaterThan(5);
        assertThat(page.split("<details><summary>", -1))
                .as("a table behind every picture")
                .hasSize(pictures + 1);
        assertThat(page.split("src=\"data:image/png;base64,", -1)).hasSize(pictures + 1);
        assertThat(page.split("srcset=\"data:image/png;base64,", -1))
                .as("dark ones")
                .hasSize(pictures + 1);
    }

    @Test
    void looksAtAnImageAlone() throws IOException {
        Path out = directory.resolve("seven.html");
        Path image = Trained.sample(directory, 7);
        Run run = Run.of("inspect", "--model", Trained.model(), "--image", image, "--out", out, "--json");

        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.json().get(0)).containsEntry("out", out.toString());
        assertThat(Files.readString(out))
                .contains("sample-7.png", "Layer dense_2")
                .doesNotContain("Over 12 images", "Strongest patches");
    }

    @Test
    void refusesLayersThatAreNotThere() {
        Run run = Run.of(
                "inspect",
                "--model",
                Trained.model(),
                "--limit",
                2,
                "--layer",
                "conv_1",
                "--out",
                directory.resolve("x"));

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err())
                .contains("--layer: unknown layer with an activation \"conv_1\": did you mean \"conv2d_1\"?");
    }

    @Test
    void saysWhyASmoothNetworkHasNoMap() throws IOException {
        Path folder = directory.resolve("sigmoid");
        Run.of(
                "train",
                "--limit",
                20,
                "--epochs",
                1,
                "--activation",
                "sigmoid",
                "--model",
                "mlp",
                "--threads",
                2,
                "--out",
                folder);
        Path out = directory.resolve("sigmoid.html");

        Run run = Run.of("inspect", "--model", folder.resolve("model.onnx"), "--limit", 5, "--out", out);

        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(Files.readString(out)).contains("No affine map", "dense_1.sigmoid: expected a piecewise linear op");
    }
}
