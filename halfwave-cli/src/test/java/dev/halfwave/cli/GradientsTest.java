package dev.halfwave.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GradientsTest {
    @TempDir
    private Path directory;

    @Test
    void writesAPageOfMagnitudesByLayerAndStep() throws IOException {
        Path page = directory.resolve("gradients.html");
        Run run = train(page, "adamw", 0.002);
        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.err()).contains("saved " + page);
        String html = Files.readString(page);
        assertThat(html.split("<picture>", -1)).hasSize(5);
        assertThat(html.replaceAll("data:image/[^\"]*", "")) // pictures may spell anything
                .contains("<h1>Gradients in lenet</h1>", "<td>conv2d_1</td>", "<td>dense_3</td>")
                .contains("<h2>Update over weight</h2>", "prefers-color-scheme: dark", "<th>ever</th>")
                .doesNotContain("http:", "https:", "NaN", "Infinity");
    }

    @Test
    void flagsWhatJumps() throws IOException {
        Path page = directory.resolve("hot.html");
        Run run = train(page, "sgd", 1.5);
        assertThat(run.err()).containsPattern("jumps in \\d+ of \\d+ measurements: \\[.*conv2d_1.*\\]");
        assertThat(Files.readString(page)).contains("jumps in");
    }

    private Run train(Path page, String optimizer, double rate) {
        List<Object> arguments = new ArrayList<>(List.of("train", "--limit", 600, "--epochs", 2, "--batch", 20));
        arguments.addAll(List.of("--optimizer", optimizer, "--lr", rate, "--schedule", "constant"));
        arguments.addAll(List.of("--validation", 0, "--gradients", page, "--out", directory));
        return Run.of(arguments.toArray());
    }
}
