package dev.halfwave.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.halfwave.activation.Activations;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CompareTest {
    @TempDir
    private Path directory;

    private static Run compare(Object... more) {
        Object[] all = new Object[more.length + 9];
        List<Object> small =
                List.of("compare", "--limit", 120, "--model", "mlp", "--batch", 20, "--rates", "0.001,0.003");
        System.arraycopy(small.toArray(), 0, all, 0, small.size());
        System.arraycopy(more, 0, all, small.size(), more.length);
        return Run.of(all);
    }

    /** Of these, the second is the first, the third passes nothing on. */
    @Test
    void saysWhatTheDataCanTellAndWhatTheyCannot() {
        Run run = compare("--activations", "relu,relu,thresholded-relu(1000)", "--seeds", 3, "--epochs", 2);

        assertThat(run.exitCode()).as(run.err()).isZero();
        List<String> lines = run.lines();
        assertThat(lines).hasSize(8);
        assertThat(lines.get(0)).startsWith("activation").contains("learning rate", "seconds per epoch");
        assertThat(lines.get(1)).containsPattern("^relu +0\\.00\\d .* ± .* – +– +\\d");
        assertThat(lines.get(2)).containsPattern("^relu .* \\+0\\.00 ± 0\\.\\d\\d +cannot tell ");
        assertThat(lines.get(3))
                .containsPattern("^thresholded-relu\\(1000\\.0\\) .* 10\\.00 ± 0\\.00 .* worse .*not reached");
        assertThat(lines.get(5)).isEqualTo("relu: cannot tell from relu: the same accuracy on average.");
        assertThat(lines.get(6))
                .matches(
                        "thresholded-relu\\(1000\\.0\\): worse than relu by \\d\\d\\.\\d\\d ± \\d+\\.\\d\\d points\\.");
        assertThat(lines.get(7)).startsWith("thresholded-relu(1000.0): hardly better than guessing, perhaps still on");
        assertThat(run.err())
                .contains("mlp on strokes: 108 images to train on, 12 to tune with, 120 to test; adam, cosine, 2 epochs"
                        + " in batches of 20; seeds 1 to 3; learning rate chosen from 0.001, 0.003 by the validation"
                        + " error after 2 epochs;")
                .contains("tuning 1/6: relu at 0.001: validation error ")
                .contains("run 9/9: relu with seed 3: test error ");
    }

    @Test
    @SuppressWarnings("unchecked")
    void printsEverythingAsJson() {
        Run run = compare(
                "--activations",
                "tanh,relu",
                "--seeds",
                2,
                "--seed",
                7,
                "--epochs",
                3,
                "--tuning-epochs",
                1,
                "--target-error",
                0.9,
                "--json");

        assertThat(run.exitCode()).as(run.err()).isZero();
        Map<String, Object> object = run.json().get(0);
        assertThat(object)
                .containsEntry("model", "mlp")
                .containsEntry("data", "strokes")
                .containsEntry("trainImages", 108L)
                .containsEntry("validationImages", 12L)
                .containsEntry("testImages", 120L)
                .containsEntry("seeds", List.of(7L, 8L))
                .containsEntry("tuningSeed", 6L)
                .containsEntry("tuningEpochs", 1L)
                .containsEntry("rates", List.of(0.001, 0.003))
                .containsEntry("baseline", "tanh")
                .containsEntry("targetError", 0.9)
                .containsKeys("optimizer", "schedule", "epochs", "batch", "kernels", "threads", "cpu", "jvm");
        List<Map<String, Object>> all = (List<Map<String, Object>>) object.get("activations");
        assertThat(all).extracting(one -> one.get("name")).containsExactly("tanh", "relu");
        Map<String, Object> relu = all.get(1);
        assertThat(relu).containsEntry("diverged", 0L).containsEntry("reached", 2L);
        assertThat((List<Object>) relu.get("trials")).hasSize(2);
        assertThat((Map<String, Object>) relu.get("accuracy"))
                .containsEntry("runs", 2L)
                .containsOnlyKeys("mean", "margin", "deviation", "runs");
        assertThat((Map<String, Object>) relu.get("againstBaseline"))
                .containsOnlyKeys("mean", "margin", "chance", "comparisons", "verdict", "seedsNeeded")
                .containsEntry("comparisons", 1L);
        assertThat((Map<String, Object>) relu.get("timesFewerEpochsThanTanh")).containsEntry("pairs", 2L);
        assertThat(all.get(0)).containsEntry("againstBaseline", null);
        List<Map<String, Object>> runs = (List<Map<String, Object>>) relu.get("runs");
        assertThat(runs).extracting(r -> r.get("seed")).containsExactly(7L, 8L);
        assertThat((List<Object>) runs.get(0).get("testErrors")).hasSize(3);
        assertThat((List<Object>) runs.get(0).get("courseTrainingErrors"))
                .hasSameSizeAs((List<Object>) runs.get(0).get("courseEpochs"));
        assertThat((List<String>) object.get("verdicts"))
                .hasSize(2)
                .last()
                .asString()
                .matches("To a training error of 90 %, tanh takes .* times the epochs and .* times the seconds of relu"
                        + " \\(2 of 2 pairs\\).* Krizhevsky, Sutskever and Hinton 2012 \\(figure 1\\) .*");
    }

    @Test
    void oneSeedSaysNothingOfChance() {
        Run run = compare("--activations", "relu,tanh", "--seeds", 1, "--epochs", 1, "--target-error", 0.001);
        assertThat(run.out())
                .contains("tanh: cannot tell from relu: ", " points in a single run, which says nothing of chance;")
                .contains(
                        "To a training error of 0.1 %, relu came in 0 and tanh in 0 of 1 runs; with more --epochs or a"
                                + " larger --target-error both may.")
                .doesNotContain("∞", "NaN", "Infinity");
    }

    @Test
    void divergenceIsReportedAndNotHidden() {
        Run run = Run.of(
                "compare",
                "--activations=relu,tanh",
                "--limit=60",
                "--model=mlp",
                "--optimizer=sgd",
                "--rates=1e30",
                "--seeds=2",
                "--epochs=1",
                "--json");
        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.err()).contains("tuning 1/2: relu at 1000000000000000000000000000000: diverged");
        assertThat(run.out())
                .contains("relu: diverged at every learning rate that was tried; try smaller --rates.")
                .contains("\"divergence\":\"training diverged at every rate that was tried\"")
                .contains("\"error\":null");
    }

    @Test
    void writesAPageThatNeedsNoOtherFile() throws IOException {
        Path file = directory.resolve("compare.html");
        String names = "relu,leaky-relu,prelu,elu,tanh,sigmoid,abs";
        Run run = compare("--activations", names, "--seeds", 2, "--epochs", 2, "--tuning-epochs", 1, "--out", file);

        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.err()).endsWith("saved " + file + System.lineSeparator());
        String page = Files.readString(file);
        assertThat(page)
                .contains("Activations compared: mlp on strokes", "<h2>Verdicts</h2>", "<h2>Learning curves</h2>")
                .contains("over epochs: relu, leaky-relu, prelu, elu, tanh, sigmoid\"", "over epochs: relu, abs\"")
                .contains("<th>validation error, %, at rate</th><th>0.001</th><th>0.003</th>")
                .contains("prefers-color-scheme: dark")
                .doesNotContain("http:", "https:");
        assertThat(page.split("<picture>", -1))
                .hasSize(1 + 1 + 2 + 2); // accuracies, and seven curves in two pictures each
    }

    @Test
    void putsItsTableIntoADocument() throws IOException {
        Path file = directory.resolve("doc.md");
        Files.writeString(file, "# Before\n\n<!-- compare -->\nold\n<!-- /compare -->\n\nAfter.\n");
        Run run = compare(
                "--activations=identity,relu", "--seeds=2", "--epochs=1", "--data-dir", directory, "--into", file);

        assertThat(run.exitCode()).as(run.err()).isZero();
        String text = Files.readString(file);
        assertThat(text)
                .startsWith("# Before\n\n<!-- compare -->\n\nGenerated by `./halfwave compare --limit 120 ")
                .endsWith(" |\n\n<!-- /compare -->\n\nAfter.\n")
                .contains("--data-dir DIR", "| activation |", "| relu ")
                .doesNotContain("old\n")
                .doesNotContain("--data-dir " + directory);
        Run again = compare("--activations=identity,relu", "--seeds=2", "--epochs=1", "--markdown");
        assertThat(again.lines()).hasSize(4).allMatch(line -> line.startsWith("| ") && line.endsWith(" |"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--activations rleu | --activations: unknown activation \"rleu\": did you mean \"relu\"?",
                "--activations softmax,relu | --activations: expected functions of one number at a time, received softmax,"
                        + " which takes several; see halfwave activations for those that can be compared",
                "--model lenett | --model: unknown model \"lenett\": did you mean \"lenet\"?",
                "--seeds 0 | --seeds: expected 1 or more, received 0",
                "--epochs 0 | --epochs: expected 1 or more, received 0",
                "--rates 0.1,-1 | --rates: expected learning rates above 0, as in 0.001,0.003, received -1",
                "--rates 0.1,x | --rates: expected learning rates above 0, as in 0.001,0.003, received x",
                "--validation 0 | --validation: expected a fraction between 0 and 1, both excluded, received 0.0",
                "--target-error 2 | --target-error: expected a share between 0 and 1, both excluded, received 2.0",
                "--markdown --json | --markdown: expected a table alone, received --json besides",
                "--data nowhere | --data: unknown dataset \"nowhere\"",
            })
    void refusesWhatItCannotUnderstand(String arguments, String message) {
        Run run = Run.of((Object[]) ("compare " + arguments).split(" ", -1));
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.out()).isEmpty();
        assertThat(run.err()).startsWith("halfwave: " + message).hasLineCount(1);
    }

    @Test
    void refusesADocumentWithoutAPlaceForIt() throws IOException {
        Path file = directory.resolve("doc.md");
        Files.writeString(file, "# No place\n");
        Run run = compare("--into", file);
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err())
                .isEqualTo(
                        "halfwave: " + file + ": expected the lines <!-- compare --> and <!-- /compare -->, received a"
                                + " file without; put them where the table is to stand" + System.lineSeparator());
    }

    /** Every activation there is, in one step each. */
    @Test
    void comparesAll() {
        Run run = Run.of(
                "compare",
                "--activations=all",
                "--limit=20",
                "--model=mlp",
                "--rates=0.001",
                "--seeds=1",
                "--epochs=1",
                "--markdown");
        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.lines()).hasSize(2 + Activations.names().size());
        assertThat(run.lines().get(2)).startsWith("| relu ");
        assertThat(run.lines().get(3)).startsWith("| identity ");
    }
}
