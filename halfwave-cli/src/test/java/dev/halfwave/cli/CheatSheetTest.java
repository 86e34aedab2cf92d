package dev.halfwave.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.halfwave.activation.Facts;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheatSheetTest {
    @TempDir
    private Path directory;

    @Test
    void printsOneAlignedLinePerActivation() {
        Run run = Run.of("activations");
        assertThat(run.exitCode()).as(run.err()).isZero();
        List<String> lines = run.lines();
        assertThat(lines).hasSize(1 + Facts.names().size());
        assertThat(lines.get(0)).startsWith("name").endsWith("source");
        int column = lines.get(0).indexOf("f(x)");
        for (int i = 0; i < Facts.names().size(); i++) {
            assertThat(lines.get(i + 1)).startsWith(Facts.names().get(i));
            assertThat(lines.get(i + 1).substring(column - 2, column)).isBlank();
        }
        assertThat(run.out())
                .containsPattern(
                        "relu +max\\(0, x\\) +\\[0, ∞\\) +1 if y > 0, else 0 +\\[0, 1\\] +yes +kink at 0 +yes +yes"
                                + " +0 \\(left\\) +Fukushima 1969; .*")
                .containsPattern("step .* jumps at 0 +yes +no +0 and 1 ");
    }

    @Test
    void printsTheOnesAskedForWithTheirParameters() {
        Run run = Run.of("activations", "elu(0.5)", "hard-sigmoid(0.25, 0.5)");
        assertThat(run.lines()).hasSize(3);
        assertThat(run.lines().get(1)).startsWith("elu(0.5)").contains("x if x > 0, else 0.5 · (e^x − 1)");
        assertThat(run.lines().get(2)).startsWith("hard-sigmoid(0.25, 0.5)").contains("kinks at −2, 2");
    }

    /** But for the spaces that fill columns. */
    @Test
    void theDocumentationShowsWhatIsPrinted() throws IOException {
        String printed = String.join("\n", Run.of("activations", "--markdown").lines());
        assertThat(Files.readString(Path.of("..", "docs", "activations.md")))
                .contains(printed.replaceAll(" {2,}", " "));
    }

    @Test
    void printsMarkdown() {
        List<String> lines = Run.of("activations", "abs", "--markdown").lines();
        assertThat(lines).hasSize(3).allMatch(line -> line.startsWith("| ") && line.endsWith(" |"));
        assertThat(lines.get(1)).containsPattern("^\\| ---");
        assertThat(lines.get(2)).contains("\\|x\\|");
        assertThat(lines.get(2).split("(?<!\\\\)\\|", -1))
                .hasSameSizeAs(lines.get(0).split("\\|", -1));
    }

    @Test
    @SuppressWarnings("unchecked")
    void printsJson() {
        Map<String, Object> object = Run.of("activations", "--json").json().get(0);
        List<Map<String, Object>> all = (List<Map<String, Object>>) object.get("activations");
        assertThat(all).extracting(f -> f.get("name")).containsExactlyElementsOf(Facts.names());
        assertThat(all.get(Facts.names().indexOf("relu")))
                .containsEntry("spec", "relu")
                .containsEntry("kinks", List.of(0.0))
                .containsEntry("jumps", List.of())
                .containsEntry("lowerAsymptote", 0.0)
                .containsEntry("upperAsymptote", null)
                .containsEntry("gain", Math.sqrt(2));
        assertThat(all.get(Facts.names().indexOf("softmax")))
                .containsEntry("saturatesAt", "0 and 1")
                .containsEntry("smooth", "yes")
                .doesNotContainKeys("kinks", "gain");
    }

    @Test
    void drawsAPicture() throws IOException {
        Path png = directory.resolve("a.png");
        Run run = Run.of("activations", "--plot", png);
        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.out()).isEqualTo("saved " + png + System.lineSeparator());
        BufferedImage picture = ImageIO.read(png.toFile());
        assertThat(picture.getWidth()).isEqualTo(1600);
        int[] argb = picture.getRGB(0, 0, 1600, picture.getHeight(), null, 0, 1600);
        assertThat(argb)
                .contains(Curves.VALUE.color().getRGB())
                .contains(Curves.SLOPE.color().getRGB());
    }

    @Test
    void drawsLinesAndTextThatAreTheSameEveryTime() throws IOException {
        Path first = directory.resolve("a.svg");
        Path second = directory.resolve("b.svg");
        assertThat(Run.of("activations", "relu", "gelu", "--plot", first).exitCode())
                .isZero();
        assertThat(Run.of("activations", "relu", "gelu", "--plot", second, "--json")
                        .json()
                        .get(0))
                .containsEntry("plot", second.toString());
        assertThat(first).hasSameTextualContentAs(second);
        assertThat(Files.readString(first)).contains("<svg", ">relu<", ">gelu<");
    }

    @Test
    void refusesWhatItCannotDo() {
        Run name = Run.of("activations", "rleu");
        assertThat(name.exitCode()).isEqualTo(2);
        assertThat(name.err()).startsWith("halfwave: NAME: unknown activation \"rleu\": did you mean \"relu\"?");
        assertThat(Run.of("activations", "--plot", "a.gif").err())
                .isEqualTo("halfwave: --plot: expected a file that ends in .png or .svg, received a.gif"
                        + System.lineSeparator());
        assertThat(Run.of("activations", "relu", "softmax", "--plot", "a.png").err())
                .isEqualTo("halfwave: --plot: expected functions of one number, received softmax, which takes a row of"
                        + " them" + System.lineSeparator());
        Run both = Run.of("activations", "--markdown", "--json");
        assertThat(both.exitCode()).isEqualTo(2);
        assertThat(both.err())
                .isEqualTo("halfwave: --markdown: expected a table alone, received --json besides"
                        + System.lineSeparator());
    }
}
