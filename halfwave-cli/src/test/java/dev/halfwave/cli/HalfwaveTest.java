package dev.halfwave.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HalfwaveTest {
    @Test
    void saysItsVersionAndJava() {
        Run run = Run.of("--version");
        assertThat(run.exitCode()).isZero();
        assertThat(run.out()).startsWith("halfwave ").contains("Java " + Runtime.version());
    }

    @Test
    void explainsItself() {
        Run run = Run.of("--help");
        assertThat(run.exitCode()).isZero();
        assertThat(run.out())
                .contains("Usage: halfwave")
                .contains(
                        "train",
                        "lr-find",
                        "evaluate",
                        "predict",
                        "rectify",
                        "inspect",
                        "sample",
                        "export",
                        "run",
                        "info",
                        "bench")
                .containsPattern("2 +a command line that cannot be understood")
                .doesNotContain("rehearse");
    }

    @Test
    void rehearsesEveryCommandInSilence() {
        Run run = Run.of("rehearse");
        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.out() + run.err()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "train",
                "lr-find",
                "evaluate",
                "predict",
                "rectify",
                "inspect",
                "sample",
                "compare",
                "claims",
                "info",
                "bench",
                "cross-validate"
            })
    void everyCommandExplainsItselfWithAnExample(String command) {
        Run run = Run.of(command, "--help");
        assertThat(run.exitCode()).isZero();
        assertThat(run.err()).isEmpty();
        assertThat(run.out()).startsWith("Usage: halfwave " + command).contains("Example: halfwave " + command);
        assertThat(run.out()).doesNotContain("DEFAULT-VALUE", "COMPLETION-CANDIDATES");
    }

    @Test
    void helpShowsDefaults() {
        assertThat(Run.of("train", "--help").out().replaceAll("\\s+", " "))
                .contains("(default: strokes)", "(default: lenet)", "(default: relu)", "(default: one-cycle)")
                .contains("lenet, keras-cnn, mlp")
                .contains("sgd, nesterov, adam, adamw");
    }

    @Test
    void withoutACommandItShowsTheUsageAndFails() {
        Run run = Run.of();
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.out()).isEmpty();
        assertThat(run.err()).contains("expected a command, received none").contains("Usage: halfwave");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "trian | unmatched argument at index 0: 'trian'; did you mean \"train\"? see halfwave --help",
                "train --epoch=3 | unknown option: '--epoch=3'; did you mean \"--epochs\"? see halfwave train --help",
                "train --epochs | missing required parameter for option '--epochs' (N); see halfwave train --help",
                "evaluate --data strokes | missing required option: '--model=FILE'; see halfwave evaluate --help",
            })
    void whatItCannotUnderstandIsOneLineThatSaysWhereToLook(String line, String message) {
        Run run = Run.of((Object[]) line.split(" ", -1));
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.out()).isEmpty();
        assertThat(run.err()).isEqualTo("halfwave: " + message + System.lineSeparator());
    }

    @Test
    void theStackTraceIsShownOnlyOnDemand() {
        Run plain = Run.of("info", "--model", "nowhere");
        assertThat(plain.exitCode()).isEqualTo(1);
        assertThat(plain.err()).startsWith("halfwave: nowhere: expected").hasLineCount(1);
        assertThat(Run.of("info", "--model", "nowhere", "--stacktrace").err())
                .startsWith(plain.err())
                .contains("\tat dev.halfwave.");
    }
}
