package dev.halfwave.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.halfwave.data.Images;
import dev.halfwave.tensor.Shape;
import dev.halfwave.tensor.Tensor;
import dev.halfwave.train.Checkpoint;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AugmentTest {
    @TempDir
    private Path directory;

    private byte[] train(String name, Object... more) throws IOException {
        Path folder = directory.resolve(name);
        Object[] all = new Object[11 + more.length];
        Object[] first = {"train", "--limit", 60, "--epochs", 2, "--model", "mlp", "--batch", 16, "--out", folder};
        System.arraycopy(first, 0, all, 0, first.length);
        System.arraycopy(more, 0, all, first.length, more.length);
        Run run = Run.of(all);
        assertThat(run.exitCode()).as(run.err()).isZero();
        return Files.readAllBytes(folder.resolve("model.onnx"));
    }

    @Test
    void changesTheImagesTrainedOnInTheSameWayOnAnyNumberOfThreads() throws IOException {
        byte[] one = train("one", "--augment", "default+cutmix", "--threads", 1);
        assertThat(train("three", "--augment", "default+cutmix", "--threads", 3))
                .isEqualTo(one);
        assertThat(train("none", "--augment", "none")).isNotEqualTo(one).isEqualTo(train("plain"));
    }

    @Test
    void theCheckpointKeepsItAndResumingComparesIt() throws IOException {
        byte[] model = train("run", "--augment", "shift(2) + cutout(chance=0.5)");
        Path checkpoint = directory.resolve("run").resolve("checkpoint.safetensors");
        assertThat(Checkpoint.load(checkpoint).notes()).containsEntry("augment", "shift(pixels=2)+cutout(chance=0.5)");
        assertThat(Checkpoint.load(checkpoint).data()).endsWith(", augmented by shift(pixels=2)+cutout(chance=0.5)");

        Run same = Run.of("train", "--resume", checkpoint, "--augment", "shift(pixels=2)+cutout(8,0.5)");
        assertThat(same.exitCode()).as(same.err()).isZero();
        assertThat(Files.readAllBytes(directory.resolve("run").resolve("model.onnx")))
                .isEqualTo(model);
        Run other = Run.of("train", "--resume", checkpoint, "--augment", "none");
        assertThat(other.exitCode()).isEqualTo(2);
        assertThat(other.err()).contains("received --augment none (not shift(pixels=2)+cutout(chance=0.5));");
    }

    @Test
    void aCheckpointFromBeforeThereWasAugmentationIsResumedWithout() throws IOException {
        train("run");
        Path checkpoint = directory.resolve("run").resolve("checkpoint.safetensors");
        Checkpoint loaded = Checkpoint.load(checkpoint);
        Map<String, String> notes = new LinkedHashMap<>(loaded.notes());
        notes.remove("augment");
        loaded.withNotes(notes).save(checkpoint);
        Run run = Run.of("train", "--resume", checkpoint);
        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(Run.of("train", "--resume", checkpoint, "--augment", "flip").err())
                .contains("received --augment flip (not none)");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "shfit | --augment: unknown augmentation \"shfit\": did you mean \"shift\"? Known: none, default, shift, flip,"
                        + " rotate, affine, elastic, cutout, brightness, contrast, saturation, mixup, cutmix",
                "shift(-1) | --augment: shift: expected pixels from 0 to 4096, received -1",
                "mixup+cutmix | --augment: augment: expected at most one way to mix images, received mixup and cutmix; keep one"
                        + " of them",
            })
    void aChainThatCannotBeIsAUsageError(String chain, String message) {
        Run run = Run.of("train", "--augment", chain, "--out", directory);
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).isEqualTo("halfwave: " + message + System.lineSeparator());
        assertThat(directory).isEmptyDirectory();
    }

    @Test
    void aLossThatCannotTakeMixedImagesIsRefused() {
        Run run = Run.of("train", "--limit", 40, "--loss", "svm", "--augment", "mixup", "--out", directory);
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err())
                .isEqualTo("halfwave: loss svm: expected images of one class each, received mixed ones; train with"
                        + " softmax, kl, one-vs-rest, mse or huber, or without mixup and cutmix"
                        + System.lineSeparator());
    }

    @ParameterizedTest
    @CsvSource({"3", "shift(1)", "2*shift(1)+rotate(5)"})
    void evaluatesOnSeveralChangesOfAnImage(String several) {
        Run run = Run.of("evaluate", "--model", Trained.model(), "--limit", 60, "--tta", several);
        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.lastLine()).matches("accuracy [01]\\.\\d{4}");
        assertThat(run.out()).doesNotContain("NaN");
        Run again = Run.of("evaluate", "--model", Trained.model(), "--limit", 60, "--tta", several, "--batch", 60);
        assertThat(again.lastLine()).isEqualTo(run.lastLine());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "0 | --tta: test-time augmentation: expected 1 or more copies, received 0; 8 is usual",
                "cutmix | --tta: test-time augmentation: expected changes of single images, received cutmix, which mixes two;"
                        + " leave it out",
                "4*shfit | --tta: unknown augmentation \"shfit\": did you mean \"shift\"?",
            })
    void changesThatCannotBeAveragedAreUsageErrors(String several, String message) {
        Run run = Run.of("evaluate", "--model", Trained.model(), "--limit", 20, "--tta", several);
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).startsWith("halfwave: " + message);
    }

    @ParameterizedTest
    @CsvSource({"default", "cutmix"})
    void aSheetShowsTheImageAndChangesOfIt(String chain) {
        Path alone = directory.resolve("alone.png");
        Path sheet = directory.resolve("sheet.png");
        Run.of("sample", "--index", 5, "--out", alone);
        Run run = Run.of("sample", "--index", 5, "--augment", chain, "--out", sheet);
        assertThat(run.exitCode()).as(run.err()).isZero();
        Tensor first = Images.read(alone, Shape.of(28, 28, 1));
        Tensor all = Images.read(sheet, Shape.of(4 * 84 + 3 * 2, 8 * 84 + 7 * 2, 1));
        for (int row = 0; row < 84; row++) {
            for (int column = 0; column < 84; column++) {
                assertThat(all.at(row, column, 0)).isEqualTo(first.at(row / 3, column / 3, 0));
            }
        }
        assertThat(all.at(0, 84, 0)).as("between two images").isEqualTo(128 / 255f);
    }
}
