package dev.halfwave.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.halfwave.format.SafeTensors;
import dev.halfwave.nn.Model;
import dev.halfwave.onnx.ModelFiles;
import dev.halfwave.train.Checkpoint;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** When training ends early, which weights become the model, and that both survive an interruption. */
class KeepTest {
    private static final List<Object> OPTIONS = List.of(
            "train", "--limit", 60, "--model", "mlp", "--validation", 0.3, "--schedule", "constant", "--lr", 0.01);

    @TempDir
    private Path directory;

    private static Run train(Object... more) {
        List<Object> all = new ArrayList<>(OPTIONS);
        all.addAll(List.of(more));
        return Run.of(all.toArray());
    }

    @Test
    void endsEarlyWithTheBestWeights() throws IOException {
        Path csv = directory.resolve("log.csv");
        Path out = directory.resolve("out");
        Run run = train("--epochs", 40, "--early-stop", 2, "--json", "--csv", csv, "--out", out);

        assertThat(run.exitCode()).as(run.err()).isZero();
        Map<String, Object> last = run.json().get(run.json().size() - 1);
        List<Double> losses = new ArrayList<>();
        run.json().subList(0, run.json().size() - 1).forEach(epoch -> losses.add((Double) epoch.get("validationLoss")));
        double least = losses.stream().mapToDouble(x -> x).min().orElseThrow();
        long best = losses.indexOf(least) + 1L;
        assertThat(last).containsEntry("keptEpoch", best).containsEntry("epochs", best + 2);
        assertThat(losses).hasSize((int) best + 2).hasSizeLessThan(40);
        assertThat(run.err()).contains("halfwave: training ended early: validation-loss no better for 2 epochs");
        assertThat(Files.readAllLines(csv)).hasSize(losses.size() + 1);
        assertThat(ModelFiles.load(out.resolve("model.onnx")).parameters().data())
                .isEqualTo(
                        Model.load(out.resolve("best.safetensors")).parameters().data())
                .isNotEqualTo(Model.load(out.resolve("checkpoint.safetensors"))
                        .parameters()
                        .data());

        Run again = Run.of("train", "--resume", out.resolve("checkpoint.safetensors"), "--json");
        assertThat(again.json()).hasSize(1);
        assertThat(again.json().get(0))
                .containsEntry("testAccuracy", last.get("testAccuracy"))
                .containsEntry("keptEpoch", best)
                .containsEntry("epochs", best + 2);
    }

    @Test
    void theLastWeightsAreKeptWhereThatIsAskedFor() {
        Path out = directory.resolve("out");
        Run run = train("--epochs", 3, "--early-stop", 1, "--keep", "last", "--out", out);
        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.out()).doesNotContain("kept the weights");
        assertThat(out.resolve("best.safetensors")).doesNotExist();
        Run best = Run.of(
                "train",
                "--limit",
                40,
                "--model",
                "mlp",
                "--epochs",
                2,
                "--keep",
                "best",
                "--criterion",
                "accuracy",
                "--validation",
                0,
                "--out",
                out);
        assertThat(best.exitCode()).as(best.err()).isZero();
        assertThat(best.out()).containsPattern("kept the weights of epoch [12], accuracy [01]\\.\\d{4}\\R");
    }

    /** Every epoch's checkpoint, with what was beside it, resumed elsewhere: the same model. */
    @Test
    void aRunResumedFromAnyEpochEndsTheSame() throws IOException {
        Path whole = directory.resolve("whole");
        Run unbroken = train("--epochs", 12, "--early-stop", 3, "--min-improvement", 0.01, "--out", whole);
        assertThat(unbroken.exitCode()).as(unbroken.err()).isZero();
        Path elsewhere = directory.resolve("elsewhere");
        for (int epochs : new int[] {1, 3}) {
            Path stopped = stoppedAfter(epochs);
            Run resumed = Run.of("train", "--resume", stopped.resolve("checkpoint.safetensors"), "--out", elsewhere);
            assertThat(resumed.exitCode()).as(resumed.err()).isZero();
            assertThat(resumed.lastLine()).isEqualTo(unbroken.lastLine());
            assertThat(elsewhere.resolve("model.onnx")).hasSameBinaryContentAs(whole.resolve("model.onnx"));
            assertThat(elsewhere.resolve("best.safetensors")).hasSameBinaryContentAs(whole.resolve("best.safetensors"));
        }
    }

    /** A run of fewer epochs whose checkpoint says there are more: at a constant rate that makes no difference so far. */
    private Path stoppedAfter(int epochs) {
        Path folder = directory.resolve("after-" + epochs);
        Run run = train("--epochs", epochs, "--early-stop", 3, "--min-improvement", 0.01, "--out", folder);
        assertThat(run.exitCode()).as(run.err()).isZero();
        Path file = folder.resolve("checkpoint.safetensors");
        SafeTensors content = SafeTensors.readSealed(file);
        Map<String, String> metadata = new HashMap<>(content.metadata());
        assertThat(metadata.put("halfwave.training.epochs", "12")).isEqualTo(Integer.toString(epochs));
        new SafeTensors(content.tensors(), metadata).writeSealed(file);
        return folder;
    }

    @Test
    void otherOptionsThanTheCheckpointsAreRefused() {
        Path out = directory.resolve("out");
        train("--epochs", 1, "--keep", "best", "--out", out);
        Path checkpoint = out.resolve("checkpoint.safetensors");
        Run run = Run.of("train", "--resume", checkpoint, "--keep", "last", "--early-stop", 4);
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err())
                .isEqualTo("halfwave: --resume: expected the options that " + checkpoint
                        + " was started with, received --early-stop 4 (not never), --keep last (not best);"
                        + " leave them out, or start anew without --resume" + System.lineSeparator());
        assertThat(Run.of("train", "--resume", checkpoint, "--keep", "best").exitCode())
                .isZero();
    }

    @Test
    void anOlderCheckpointIsResumedAsItWas() {
        Path out = directory.resolve("out");
        Run whole = train("--epochs", 1, "--out", out);
        Path file = out.resolve("checkpoint.safetensors");
        Checkpoint checkpoint = Checkpoint.load(file);
        Map<String, String> notes = new HashMap<>(checkpoint.notes());
        notes.keySet().removeAll(Keeping.NOTHING.notes().keySet());
        checkpoint.withNotes(notes).save(file);
        Run resumed = Run.of("train", "--resume", file);
        assertThat(resumed.exitCode()).as(resumed.err()).isZero();
        assertThat(resumed.lastLine()).isEqualTo(whole.lastLine());
    }

    @Test
    void refusesWhatCannotBeMeant() {
        refuses("--early-stop: expected 1 or more, received 0", "--early-stop", 0);
        refuses("--min-improvement: expected 0 or more, received -1.0", "--early-stop", 2, "--min-improvement", -1);
        refuses("--min-improvement: expected --early-stop with it, received none", "--min-improvement", 0.1);
        refuses("--criterion: expected --early-stop or --keep best with it, received none", "--criterion", "loss");
        refuses(
                "--criterion: unknown criterion \"validation-lose\": did you mean \"validation-loss\"?",
                "--keep",
                "best",
                "--criterion",
                "validation-lose");
        refuses("--keep: expected best or last, received first", "--keep", "first");
        refuses(
                "--validation: expected some images held back to go by validation-loss, received 0;"
                        + " hold some back, or go by --criterion loss",
                "--validation",
                0,
                "--keep",
                "best");
    }

    private void refuses(String message, Object... options) {
        List<Object> all = new ArrayList<>(List.of("train", "--out", directory.resolve("none")));
        all.addAll(List.of(options));
        Run run = Run.of(all.toArray());
        assertThat(run.exitCode()).as(run.err()).isEqualTo(2);
        assertThat(run.err()).startsWith("halfwave: " + message).hasLineCount(1);
        assertThat(directory.resolve("none")).doesNotExist();
    }
}
