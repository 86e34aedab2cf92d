package dev.halfwave.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.halfwave.claims.Claim;
import dev.halfwave.claims.Claims;
import dev.halfwave.claims.Finding;
import dev.halfwave.claims.Plot;
import dev.halfwave.claims.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClaimCheckTest {
    @TempDir
    private Path directory;

    @Test
    void printsVerdictAndMeasurement() {
        Run run = Run.of("claims", "--quick", "--only", "interaction");
        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.lines()).hasSize(3);
        assertThat(run.lines().get(0)).matches("interaction: holds \\([0-9.]+ s\\)");
        assertThat(run.lines().get(1)).isEqualTo("  " + Claims.of("interaction").text());
        assertThat(run.lines().get(2)).contains("without ReLU by 0");
    }

    @Test
    void writesAJsonArray() throws IOException {
        Path file = directory.resolve("claims.json");
        Run run = Run.of("claims", "--quick", "--only=stepped-sigmoid", "--only=interaction", "--json", file);
        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.err()).isEqualTo("saved " + file + System.lineSeparator());
        List<String> lines = Files.readAllLines(file);
        assertThat(lines).hasSize(4).startsWith("[").endsWith("]");
        assertThat(lines.get(1)).endsWith("},");
        Map<String, Object> first =
                new Run(0, lines.get(1).replaceFirst(",$", ""), "").json().get(0);
        assertThat(first)
                .containsOnlyKeys("id", "claim", "source", "verdict", "measured", "expected", "seconds")
                .containsEntry("id", "stepped-sigmoid")
                .containsEntry("claim", Claims.of("stepped-sigmoid").text())
                .containsEntry("source", Claims.of("stepped-sigmoid").source())
                .containsEntry("verdict", "holds only if")
                .containsEntry("expected", "holds only if");
        assertThat((double) first.get("seconds")).isPositive();
        assertThat((String) first.get("measured")).contains("0.683");
    }

    @Test
    void writesAPageWithAPictureAndItsNumbersPerClaim() throws IOException {
        Path file = directory.resolve("claims.html");
        Run run = Run.of("claims", "--quick", "--only", "idempotent", "--only", "larger-gradient", "--out", file);
        assertThat(run.exitCode()).as(run.err()).isZero();
        String page = Files.readString(file);
        assertThat(page.split("<picture>", -1)).hasSize(3);
        assertThat(page.split("<details>", -1)).hasSize(3);
        assertThat(page)
                .contains("2 claims. Verdicts: holds: 2.")
                .contains("<th>sigmoid from 4</th>")
                .contains("prefers-color-scheme: dark")
                .doesNotContain("http:", "https:");
    }

    @Test
    void printsMarkdown() {
        List<String> lines = Run.of("claims", "--quick", "--markdown", "--only", "interaction")
                .lines();
        assertThat(lines).hasSize(3).allMatch(line -> line.startsWith("| ") && line.endsWith(" |"));
        assertThat(lines.get(0)).contains("claim", "verdict", "measured", "source");
        assertThat(lines.get(2)).contains("| holds", "| interaction");
    }

    @Test
    void aVerdictOtherThanTheDocumentedOneIsAFailure() {
        Claim claim = Claims.of("interaction");
        Plot plot = claim.run(true).plot();
        CheckedClaim usual = new CheckedClaim(claim, new Finding(Verdict.HOLDS, "1", plot), 0);
        CheckedClaim other = new CheckedClaim(claim, new Finding(Verdict.FALSE, "2", plot), 0);

        assertThatCode(() -> ClaimCheck.demandTheExpected(List.of(usual))).doesNotThrowAnyException();
        assertThatThrownBy(() -> ClaimCheck.demandTheExpected(List.of(usual, other)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("claims: expected the documented verdicts, received interaction false instead of holds;"
                        + " run them again without --quick");
        assertThat(other.line()).startsWith("interaction: false (expected: holds) (0.0 s)");
    }

    @Test
    void refusesWhatItDoesNotKnow() {
        Run run = Run.of("claims", "--only", "interacton");
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.out()).isEmpty();
        assertThat(run.err())
                .startsWith("halfwave: --only: unknown claim \"interacton\": did you mean \"interaction\"?")
                .hasLineCount(1);
        assertThat(Run.of("claims", "--json").err())
                .isEqualTo("halfwave: missing required parameter for option '--json' (FILE); see halfwave claims --help"
                        + System.lineSeparator());
    }
}
