package dev.halfwave.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.halfwave.format.ModelFormatException;
import dev.halfwave.kernel.Kernels;
import dev.halfwave.kernel.Providers;
import dev.halfwave.kernel.WorkerPool;
import dev.halfwave.train.Checkpoint;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Algorithms by measurement; keras-cnn has 3×3 filters by the dozen, so that there is something to choose. */
class TuneTest {
    private static final boolean SIMD = Providers.active().lanes() > 1;

    @TempDir
    private Path directory;

    private Path cache;

    @BeforeEach
    void nameCache() {
        cache = directory.resolve("cache").resolve("tuning.json");
    }

    private Run train(Path out, Object... more) {
        Object[] options = {
            "train", "--limit", 24, "--batch", 8, "--epochs", 1, "--model", "keras-cnn", "--validation", 0, "--out", out
        };
        Object[] all = new Object[options.length + more.length];
        System.arraycopy(options, 0, all, 0, options.length);
        System.arraycopy(more, 0, all, options.length, more.length);
        Run run = Run.of(all);
        assertThat(run.exitCode()).as(run.err()).isZero();
        return run;
    }

    @Test
    void aTunedRunIsResumedWithItsOwnChoices() throws IOException {
        Path tuned = directory.resolve("tuned");
        train(tuned, "--tune=" + cache);
        assertThat(Files.exists(cache)).isEqualTo(SIMD);
        Path checkpoint = tuned.resolve("checkpoint.safetensors");
        String note = Checkpoint.load(checkpoint).notes().getOrDefault("tuning", "none");
        if (SIMD) {
            assertThat(note).contains("backward filters 8x").containsPattern("groups 1=\\w");
        } else {
            assertThat(note).isEmpty();
        }

        Files.deleteIfExists(cache);
        Path elsewhere = directory.resolve("elsewhere.json");
        byte[] model = Files.readAllBytes(tuned.resolve("model.onnx"));
        Run resumed = Run.of("train", "--resume", checkpoint, "--tune=" + elsewhere);
        assertThat(resumed.exitCode()).as(resumed.err()).isZero();
        assertThat(tuned.resolve("model.onnx")).hasBinaryContent(model);
        assertThat(elsewhere).doesNotExist();
    }

    @Test
    void aRunThatGoesOnTakesItsChoicesFromTheCheckpoint() {
        Path out = directory.resolve("tuned");
        train(out, "--tune=" + cache);
        Checkpoint checkpoint = Checkpoint.load(out.resolve("checkpoint.safetensors"));
        Path elsewhere = directory.resolve("elsewhere.json");
        TuneOptions options = Words.parse("--tune=" + elsewhere).options;
        options.goOn(checkpoint.notes());

        StringWriter said = new StringWriter();
        Console console = new Console(new PrintWriter(said, true), new PrintWriter(said, true), false);
        Kernels kernels = options.trainingKernels(Providers.active(), WorkerPool.shared(), console);
        checkpoint.plan().program(checkpoint.model().network(), kernels);
        assertThat(options.notes()).containsEntry("tuning", checkpoint.notes().get("tuning"));
        assertThat(elsewhere).doesNotExist(); // nothing had to be measured
        assertThat(said.toString()).isEmpty();
        assertThat(options.again()).isEqualTo(" --tune=" + elsewhere);
    }

    @Test
    void aNoteThatIsNoneIsRefused() {
        TuneOptions options = new TuneOptions();
        options.goOn(Map.of("something", "else"));
        assertThat(options.wanted()).isFalse();
        assertThat(options.notes()).isEmpty();
        assertThatThrownBy(() -> options.goOn(Map.of("tuning", "pass=direct; nonsense")))
                .isInstanceOf(ModelFormatException.class)
                .hasMessage("checkpoint: expected a note on \"tuning\" of algorithms as in PASS=direct, received"
                        + " \"nonsense\"; use an undamaged one");
        options.goOn(Map.of("tuning", ""));
        assertThat(options.wanted()).isTrue();
    }

    @Test
    void theSameCacheGivesTheSameBits() throws IOException {
        Path one = directory.resolve("one");
        Path two = directory.resolve("two");
        train(one, "--tune=" + cache);
        String before = SIMD ? Files.readString(cache) : "";
        train(two, "--tune=" + cache);
        assertThat(two.resolve("model.onnx")).hasSameBinaryContentAs(one.resolve("model.onnx"));
        assertThat(SIMD ? Files.readString(cache) : "").isEqualTo(before); // nothing was measured again
    }

    @Test
    void aRunThatWasNotTunedIsNotResumedTuned() {
        Run run = Run.of("train", "--resume", Trained.checkpoint(), "--tune=" + cache);
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err())
                .startsWith("halfwave: --resume: expected the options that " + Trained.checkpoint()
                        + " was started with, received --tune true (not false); leave them out,");
    }

    @Test
    void explanationsSayWhatWasMeasured() {
        Path out = directory.resolve("untuned");
        train(out);
        Path model = out.resolve("model.onnx");
        Run run = Run.of("info", model, "--explain", "--batch", 8, "--tune=" + cache);
        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.out().contains(", measured ")).isEqualTo(SIMD);
        assertThat(Run.of("info", model, "--explain", "--batch", 8, "--training", "--tune=" + cache)
                        .out()
                        .contains(", measured "))
                .isEqualTo(SIMD);
        assertThat(Run.of("info", model, "--explain", "--tune=" + cache, "--exact")
                        .out())
                .doesNotContain("measured");
        assertThat(Run.of("info", model, "--explain").out()).doesNotContain("measured");

        Run plain = Run.of("evaluate", "--model", model, "--limit", 24, "--batch", 8);
        Run tuned = Run.of("evaluate", "--model", model, "--limit", 24, "--batch", 8, "--tune=" + cache);
        assertThat(tuned.exitCode()).as(tuned.err()).isZero();
        assertThat(tuned.lastLine()).isEqualTo(plain.lastLine());
    }

    @Test
    void whatIsNotAttachedIsNoCache() throws IOException {
        Path image = Trained.sample(directory, 0);
        byte[] bytes = Files.readAllBytes(image);
        Run run = Run.of("predict", "--model", Trained.model(), "--tune=" + cache, image);
        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(image).hasBinaryContent(bytes);

        Words words = Words.parse("--tune", "one", "two");
        assertThat(words.options.wanted()).isTrue();
        assertThat(words.options.again()).isEmpty();
        assertThat(words.words).containsExactly("one", "two");
    }

    /** A command that takes any words. */
    @Command
    private static final class Words {
        @Mixin
        private TuneOptions options = new TuneOptions();

        @Parameters
        private List<String> words = List.of();

        static Words parse(String... arguments) {
            return CommandLine.populateCommand(new Words(), arguments);
        }
    }

    @Test
    void aFileThatIsNoCacheIsLeftAlone() throws IOException {
        Path image = Trained.sample(directory, 0);
        byte[] bytes = Files.readAllBytes(image);
        Run run = Run.of("predict", "--model", Trained.model(), "--tune=" + image, image);
        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.err())
                .startsWith("halfwave: tuning: " + image)
                .contains("it is left as it is")
                .hasLineCount(1);
        assertThat(image).hasBinaryContent(bytes);
    }

    @Test
    void tuningWithoutAnExplanationIsRefused() {
        Run run = Run.of("info", Trained.model(), "--tune=" + cache);
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).startsWith("halfwave: --tune: expected --explain with it, received none");
    }

    @Test
    void theCacheIsWhereTheUsersCachesAre() {
        Path home = directory.resolve("home");
        assertThat(UserCache.directory(null, home.toString()))
                .isEqualTo(home.resolve(".cache").resolve("halfwave"));
        assertThat(UserCache.directory("relative", home.toString()))
                .isEqualTo(home.resolve(".cache").resolve("halfwave"));
        assertThat(UserCache.directory("", home.toString()))
                .isEqualTo(home.resolve(".cache").resolve("halfwave"));
        assertThat(UserCache.directory(cache.toString(), home.toString())).isEqualTo(cache.resolve("halfwave"));
        assertThat(UserCache.file("tuning.json").endsWith(Path.of("halfwave", "tuning.json")))
                .isTrue();
    }
}
