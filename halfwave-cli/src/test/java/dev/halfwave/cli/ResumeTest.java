package dev.halfwave.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.halfwave.train.Checkpoint;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A process that is told to end in the middle of training, and what becomes of its checkpoint. */
class ResumeTest {
    private static final List<String> OPTIONS =
            List.of("train", "--limit", "320", "--epochs", "6", "--batch", "8", "--activation", "elu", "--seed", "11");

    @TempDir
    private Path directory;

    @Test
    void aRunThatWasInterruptedEndsWithTheBitsOfOneThatWasNot() throws Exception {
        Path interrupted = directory.resolve("interrupted");
        String message = interrupt(interrupted);
        Path checkpoint = interrupted.resolve("checkpoint.safetensors");
        assertThat(message).contains("halfwave: interrupted; to go on, run: halfwave train --resume " + checkpoint);
        assertThat(interrupted.resolve("model.onnx")).doesNotExist();

        Run resumed = Run.of("train", "--resume", checkpoint, "--threads", 1);
        assertThat(resumed.exitCode()).as(resumed.err()).isZero();
        assertThat(resumed.lines().size()).as(resumed.out()).isBetween(4, 8);
        Path whole = directory.resolve("whole");
        Run unbroken = Run.of(with("--out", whole));
        assertThat(unbroken.exitCode()).as(unbroken.err()).isZero();
        assertThat(resumed.lastLine()).isEqualTo(unbroken.lastLine());
        assertThat(interrupted.resolve("model.onnx")).hasSameBinaryContentAs(whole.resolve("model.onnx"));
    }

    /** Trains in a process of its own, ends it politely after the first epoch, and returns what it said. */
    private static String interrupt(Path out) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--add-modules",
                "jdk.incubator.vector",
                "-Dhalfwave.terminal=true", // with a bar, which must not come between the signal and the checkpoint
                "-cp",
                System.getProperty("java.class.path"),
                Halfwave.class.getName()));
        Arrays.stream(with("--out", out)).forEach(argument -> command.add(argument.toString()));
        Process process = new ProcessBuilder(command).start();
        try (BufferedReader output = process.inputReader(StandardCharsets.UTF_8);
                BufferedReader errors = process.errorReader(StandardCharsets.UTF_8)) {
            assertThat(output.readLine()).startsWith("epoch 1/6");
            process.toHandle().destroy(); // the Process itself would close the streams as well
            String said = String.join("\n", errors.lines().toList());
            assertThat(process.waitFor()).as(said).isNotZero();
            return said;
        } finally {
            process.destroyForcibly();
        }
    }

    private static Object[] with(Object... more) {
        List<Object> all = new ArrayList<>(OPTIONS);
        all.addAll(List.of(more));
        return all.toArray();
    }

    @Test
    void aFinishedRunCanBeResumedForItsTest() {
        Run run = Run.of("train", "--resume", Trained.checkpoint(), "--limit", 150, "--epochs", 1, "--out", directory);
        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.lines()).hasSize(3);
        assertThat(run.lastLine()).startsWith("test accuracy ");
        assertThat(directory.resolve("model.onnx")).hasSameBinaryContentAs(Trained.model());
    }

    @Test
    void optionsThatContradictTheCheckpointAreRefused() {
        Run run = Run.of(
                "train",
                "--resume",
                Trained.checkpoint(),
                "--model",
                "mlp",
                "--epochs",
                1,
                "--lr",
                "0.5",
                "--limit",
                10);
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err())
                .isEqualTo("halfwave: --resume: expected the options that " + Trained.checkpoint()
                        + " was started with, received --limit 10 (not 150), --model mlp (not lenet),"
                        + " --lr 0.5 (not 0.003); leave them out, or start anew without --resume"
                        + System.lineSeparator());
    }

    @Test
    void aCheckpointWithoutTheCommandsNotesIsRefused() {
        Path bare = directory.resolve("bare.safetensors");
        Checkpoint.load(Trained.checkpoint()).withNotes(Map.of()).save(bare);
        Run run = Run.of("train", "--resume", bare);
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err())
                .isEqualTo("halfwave: " + bare + ": expected a note on \"image-height\", received none at all;"
                        + " resume it with the program that wrote it, which was not halfwave train"
                        + System.lineSeparator());
    }

    @Test
    void whatIsNoCheckpointIsRefused() throws IOException {
        Run model = Run.of("train", "--resume", Trained.model());
        assertThat(model.exitCode()).isEqualTo(1);
        assertThat(model.err()).contains("expected a checkpoint to resume from, received an ONNX model");

        Path cut = directory.resolve("cut.safetensors");
        byte[] bytes = Files.readAllBytes(Trained.checkpoint());
        Files.write(cut, Arrays.copyOf(bytes, bytes.length / 2));
        Run truncated = Run.of("train", "--resume", cut);
        assertThat(truncated.exitCode()).isEqualTo(1);
        assertThat(truncated.err())
                .startsWith("halfwave: " + cut)
                .contains("expected", "received")
                .hasLineCount(1);

        Run missing = Run.of("train", "--resume", directory.resolve("missing"));
        assertThat(missing.exitCode()).isEqualTo(1);
        assertThat(missing.err()).startsWith("halfwave: " + directory.resolve("missing") + ": expected");
    }
}
