package dev.halfwave.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CrossValidateTest {
    private static Run validate(Object... more) {
        Object[] all = new Object[more.length + 9];
        List.of("cross-validate", "--limit", 60, "--model", "mlp", "--epochs", 1, "--folds", 3)
                .toArray(all);
        System.arraycopy(more, 0, all, 9, more.length);
        return Run.of(all);
    }

    @Test
    void endsWithTheMeanAndItsInterval() {
        Run run = validate("--json");
        assertThat(run.exitCode()).as(run.err()).isZero();
        List<Map<String, Object>> objects = run.json();
        assertThat(objects).hasSize(4);
        double[] accuracies = new double[3];
        for (int i = 0; i < 3; i++) {
            assertThat(objects.get(i)).containsEntry("fold", i + 1L).containsEntry("samples", 20L);
            accuracies[i] = (double) objects.get(i).get("accuracy");
        }
        double mean = (accuracies[0] + accuracies[1] + accuracies[2]) / 3;
        double squares = 0;
        for (double accuracy : accuracies) {
            squares += (accuracy - mean) * (accuracy - mean);
        }
        Map<String, Object> last = objects.get(3);
        assertThat((double) last.get("meanAccuracy")).isCloseTo(mean, within(1e-12));
        assertThat((double) last.get("accuracyReach95"))
                .isCloseTo(4.302653 * Math.sqrt(squares / 2) / Math.sqrt(3), within(1e-6));
        assertThat(run.err()).contains("fold 3/3: 40 images to train on, 20 to judge by");
        assertThat(validate("--json", "--threads", 1).out())
                .as("the number of threads makes no difference")
                .isEqualTo(run.out());
        assertThat(validate("--json", "--seed", 7).out()).isNotEqualTo(run.out());
    }

    @Test
    void readsAsLines() {
        Run run = validate("--keep", "best", "--validation", 0.2);
        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.lines()).hasSize(5);
        assertThat(run.lines().get(0)).matches("fold 1/3  loss \\d\\.\\d{4}  accuracy [01]\\.\\d{4}");
        assertThat(run.lastLine())
                .matches("mean accuracy [01]\\.\\d{4} ± \\d\\.\\d{4}"
                        + " \\(95 %, Student's t with 2 degrees of freedom\\)");
    }

    @Test
    void refusesWhatItCannotDo() {
        refuses(2, "--folds: expected 2 or more, received 1", "--folds", 1);
        refuses(2, "--threads: expected 1 to 1024, received 0", "--threads", 0);
        refuses(
                2,
                "--validation: expected --early-stop or --keep best with it, received 0.2",
                "--folds",
                2,
                "--validation",
                0.2);
        refuses(
                1,
                "strokes train: expected a number of folds from 2 to the number of samples, 60, received 61",
                "--limit",
                60,
                "--folds",
                61);
    }

    private static void refuses(int exitCode, String message, Object... options) {
        Object[] all = new Object[options.length + 1];
        all[0] = "cross-validate";
        System.arraycopy(options, 0, all, 1, options.length);
        Run run = Run.of(all);
        assertThat(run.exitCode()).as(run.err()).isEqualTo(exitCode);
        assertThat(run.err()).startsWith("halfwave: " + message).hasLineCount(1);
    }
}
