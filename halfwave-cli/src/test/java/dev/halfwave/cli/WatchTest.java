package dev.halfwave.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.halfwave.train.Checkpoint;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WatchTest {
    @TempDir
    private Path directory;

    @Test
    void revives() {
        Run run = train("--revive");
        assertThat(run.err())
                .containsPattern(
                        "step \\d+: dense_1\\.relu has \\d+ of 128 units \\(.* %\\) silent on at least 256 images: "
                                + "\\[.*\\]; \\d+ revived");
    }

    @Test
    void switchesToLeakyAndRemembersThatInItsCheckpoint() {
        Run run = train("--leaky");
        assertThat(run.err())
                .containsPattern("step \\d+: dense_1\\.relu has \\d+ of 128 units .*\\]; leaky from now on");
        Checkpoint checkpoint = Checkpoint.load(directory.resolve("checkpoint.safetensors"));
        assertThat(checkpoint.notes()).containsEntry("dead-units", "--leaky").containsEntry("activation", "relu");
        assertThat(checkpoint.model().network().body().toString()).contains("LeakyRelu[slope=0.01]");
        assertThat(Run.of("info", "--model", directory.resolve("model.onnx")).out())
                .contains("leaky");

        Run resumed = Run.of("train", "--resume", directory.resolve("checkpoint.safetensors"));
        assertThat(resumed.exitCode()).as(resumed.err()).isZero();
        assertThat(resumed.lines().get(2)).isEqualTo(run.lines().get(run.lines().size() - 1));
    }

    @Test
    void goesOnAsItBegan() {
        train("--revive", "--leaky", "--lower-rate");
        Checkpoint checkpoint = Checkpoint.load(directory.resolve("checkpoint.safetensors"));
        WatchOptions options = new WatchOptions();
        assertThat(options.notes()).isEmpty();
        options.goOn(checkpoint.notes());
        assertThat(options.notes()).containsEntry("dead-units", "--revive--leaky--lower-rate");
        assertThat(checkpoint.rateScale()).isLessThan(1);
    }

    private Run train(String... how) {
        List<Object> arguments = new ArrayList<>(List.of("train", "--limit", 4000, "--epochs", 1, "--lr", 0.05));
        arguments.addAll(List.of("--schedule", "constant", "--validation", 0, "--batch", 20, "--model", "mlp"));
        arguments.addAll(List.of("--threads", 2, "--out", directory));
        arguments.addAll(List.of(how));
        Run run = Run.of(arguments.toArray());
        assertThat(run.exitCode()).as(run.err()).isZero();
        return run;
    }
}
