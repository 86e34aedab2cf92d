package dev.halfwave.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.halfwave.train.Checkpoint;
import dev.halfwave.train.Lookahead;
import dev.halfwave.train.UpdateRules;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UpdateOptionsTest {
    @TempDir
    private Path directory;

    @Test
    void whatIsAskedForIsDoneAndKeptAndCompared() {
        Run run = Run.of(
                "train",
                "--limit=150",
                "--epochs=1",
                "--accumulate=2",
                "--clip-norm=1",
                "--clip-value=0.5",
                "--ema=0.9",
                "--freeze=conv2d_1",
                "--no-decay=bias,norm",
                "--lookahead=2,0.8",
                "--class-weights=balanced",
                "--loss=kl",
                "--optimizer=lamb",
                "--out=" + directory);
        assertThat(run.exitCode()).as(run.err()).isZero();
        Path file = directory.resolve("checkpoint.safetensors");
        Checkpoint checkpoint = Checkpoint.load(file);
        assertThat(checkpoint.plan().updates())
                .isEqualTo(UpdateRules.usual()
                        .withAccumulation(2)
                        .withClipNorm(1)
                        .withClipValue(0.5)
                        .withAverage(0.9)
                        .withFrozen(List.of("conv2d_1"))
                        .withUndecayed(List.of("bias", "norm"))
                        .withLookahead(new Lookahead(2, 0.8)));

        Run same = Run.of("train", "--resume", file, "--ema=0.9", "--loss=kl", "--class-weights=balanced");
        assertThat(same.exitCode()).as(same.err()).isZero();
        assertThat(same.lastLine()).isEqualTo(run.lastLine());
        Run other = Run.of("train", "--resume", file, "--ema=0.8", "--freeze=conv2d_2");
        assertThat(other.exitCode()).isEqualTo(2);
        assertThat(other.err())
                .contains("received --ema 0.8 (not 0.9), --freeze conv2d_2 (not conv2d_1); leave them out");
    }

    @Test
    void unknownLayersGetASuggestion() {
        Run run = Run.of("train", "--limit=150", "--freeze=conv_1", "--out=" + directory);
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err())
                .contains("freeze: expected layers or parameters of the network, received \"conv_1\"; did you mean"
                        + " \"conv2d_1\"?");
    }

    @Test
    void aPlateauNeedsAValidationPart() {
        Run run = Run.of("train", "--schedule=plateau", "--validation=0", "--out=" + directory);
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err())
                .isEqualTo("halfwave: --schedule: expected a part for --validation with plateau, received none"
                        + System.lineSeparator());
    }
}
