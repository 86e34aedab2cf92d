package dev.halfwave.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EvaluateTest {
    @TempDir
    private Path directory;

    @Test
    void endsWithTheAccuracy() {
        Run run = Run.of("evaluate", "--model", Trained.model(), "--data", "strokes", "--limit", 100);

        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.lines()).hasSize(5);
        assertThat(run.lines()).startsWith("data strokes test", "samples 100");
        assertThat(run.lastLine()).matches("accuracy [01]\\.\\d{4}");
    }

    @Test
    void theBatchSizeAndTheFormMakeNoDifference() {
        Run lines = Run.of("evaluate", "--model", Trained.model(), "--limit", 90, "--batch", 7);
        Run json = Run.of("evaluate", "--model", Trained.checkpoint(), "--limit", 90, "--json");

        assertThat(json.exitCode()).as(json.err()).isZero();
        Map<String, Object> object = json.json().get(0);
        assertThat(object)
                .containsOnlyKeys("accuracy", "loss", "samples", "imagesPerSecond", "data", "model")
                .containsEntry("samples", 90L);
        double accuracy = (double) object.get("accuracy");
        assertThat(lines.lastLine()).isEqualTo(String.format(Locale.ROOT, "accuracy %.4f", accuracy));
    }

    @Test
    void exactlyItComesToTheSame() {
        Run fast = Run.of("evaluate", "--model", Trained.model(), "--limit", 90);
        Run exact = Run.of("evaluate", "--model", Trained.model(), "--limit", 90, "--exact");
        assertThat(exact.exitCode()).as(exact.err()).isZero();
        assertThat(exact.lastLine()).isEqualTo(fast.lastLine());
    }

    @Test
    void refusesWhatItCannotUse() throws IOException {
        Path cut = directory.resolve("cut.safetensors");
        byte[] bytes = Files.readAllBytes(Trained.model());
        Files.write(cut, Arrays.copyOf(bytes, bytes.length - 5));
        refuses(1, cut.toString(), "--model", cut);
        refuses(1, directory.resolve("none") + ": expected", "--model", directory.resolve("none"));
        refuses(2, "--batch: expected 1 or more, received 0", "--model", Trained.model(), "--batch", 0);
        refuses(2, "--limit: expected 1 or more, received -1", "--model", Trained.model(), "--limit", -1);
        refuses(2, "--loss: unknown loss \"smv\": did you mean \"svm\"?", "--model", Trained.model(), "--loss", "smv");
        refuses(2, "--data: unknown dataset \"mnits\"", "--model", Trained.model(), "--data", "mnits");
    }

    private static void refuses(int exitCode, String message, Object... options) {
        Object[] all = new Object[options.length + 1];
        all[0] = "evaluate";
        System.arraycopy(options, 0, all, 1, options.length);
        Run run = Run.of(all);
        assertThat(run.exitCode()).isEqualTo(exitCode);
        assertThat(run.out()).isEmpty();
        assertThat(run.err()).startsWith("halfwave: " + message).hasLineCount(1);
    }

    @Test
    void refusesImagesOfOtherClasses() throws IOException {
        ImageFiles.classes(directory, 5, 8, "cat", "dog");
        Run run = Run.of("evaluate", "--model", Trained.model(), "--data", directory);
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err())
                .contains("expected the model's classes [0, 1, 2, 3, 4, 5, 6, 7, 8, 9], received [cat, dog]");
    }
}
