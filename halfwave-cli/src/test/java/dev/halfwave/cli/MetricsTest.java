package dev.halfwave.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.halfwave.train.Confusion;
import dev.halfwave.train.Evaluation;
import dev.halfwave.train.Score;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What evaluate says beyond loss and accuracy. */
class MetricsTest {
    @TempDir
    private Path directory;

    private static Run evaluate(Object... more) {
        Object[] all = new Object[more.length + 5];
        List.of("evaluate", "--model", Trained.model(), "--limit", 80).toArray(all);
        System.arraycopy(more, 0, all, 5, more.length);
        return Run.of(all);
    }

    @Test
    @SuppressWarnings("unchecked")
    void theNumbersFitTogether() {
        Run run = evaluate("--metrics", "--top-k", 3, "--json");
        assertThat(run.exitCode()).as(run.err()).isZero();
        Map<String, Object> object = run.json().get(0);
        List<List<Long>> rows = (List<List<Long>>) object.get("confusion");
        List<Map<String, Object>> classes = (List<Map<String, Object>>) object.get("classes");
        long right = IntStream.range(0, 10).mapToLong(i -> rows.get(i).get(i)).sum();
        assertThat(right / 80.0).isEqualTo(object.get("accuracy"));
        for (int i = 0; i < 10; i++) {
            long ofIt = rows.get(i).stream().mapToLong(n -> n).sum();
            int column = i;
            long asIt = rows.stream().mapToLong(row -> row.get(column)).sum();
            assertThat(classes.get(i))
                    .containsEntry("name", Integer.toString(i))
                    .containsEntry("samples", ofIt)
                    .containsEntry("recall", rows.get(i).get(i) / (double) ofIt)
                    .containsEntry("precision", asIt == 0 ? 0.0 : rows.get(i).get(i) / (double) asIt);
        }
        double recall = ((Map<String, Double>) object.get("weightedAverage")).get("recall");
        assertThat(recall).isCloseTo((double) object.get("accuracy"), within(1e-12));
        assertThat(object).containsEntry("topK", 3L);
        assertThat((double) object.get("topKAccuracy")).isBetween((double) object.get("accuracy"), 1.0);
        assertThat((Map<String, Double>) object.get("macroAverage")).containsOnlyKeys("precision", "recall", "f1");
    }

    @Test
    void theTablesAreAligned() {
        Run run = evaluate("--metrics", "--top-k", 10);
        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.out())
                .contains("rows: right class, columns: predicted")
                .containsPattern("(?m)^class +precision  recall  F1 +images$")
                .containsPattern("(?m)^macro average +[01]\\.\\d{4} +[01]\\.\\d{4}  [01]\\.\\d{4}  80$")
                .contains("top-10 accuracy 1.0000");
        assertThat(run.lastLine()).matches("accuracy [01]\\.\\d{4}");
    }

    @Test
    void ofManyClassesItShowsTheMistakes() {
        List<String> names = IntStream.range(0, 30).mapToObj(i -> "thing " + i).toList();
        long[][] counts = new long[30][30];
        counts[7][3] = 5;
        counts[2][2] = 9;
        counts[29][0] = 6;
        MetricsReport report =
                new MetricsReport(new Evaluation(new Score(0, 0, 20), 1, 0, new Confusion(names, counts)));
        assertThat(report.text().lines().limit(4))
                .containsExactly(
                        "the most frequent mistakes",
                        "right class  predicted  images",
                        "thing 29     thing 0    6",
                        "thing 7      thing 3    5");
    }

    @ParameterizedTest
    @ValueSource(strings = {"png", "svg", "html"})
    void drawsWhatWasTakenForWhat(String form) throws IOException {
        Path file = directory.resolve("confusion." + form);
        Run run = evaluate("--confusion", file);
        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.out()).contains("saved " + file);
        if (form.equals("png")) {
            assertThat(ImageIO.read(file.toFile()).getWidth()).isGreaterThan(800);
        } else {
            assertThat(Files.readString(file)).contains(form.equals("svg") ? ">predicted class<" : "macro average");
        }
        byte[] first = Files.readAllBytes(file);
        evaluate("--confusion", file);
        assertThat(file).as("the same picture, the same bytes").hasBinaryContent(first);
    }

    /** A class all taken for another, and one all right: their cells are the darkest, all else is background. */
    @Test
    void theColoursAreSharesOfRows() {
        Confusion confusion = new Confusion(List.of("a", "b"), new long[][] {{0, 1}, {0, 1000}});
        ConfusionChart chart = new ConfusionChart(confusion, "two", Theme.LIGHT);
        BufferedImage image = new BufferedImage(chart.side(), chart.side(), BufferedImage.TYPE_INT_RGB);
        chart.draw(image.createGraphics());
        Color full = new SequentialScale(Theme.LIGHT).of(1);
        // Somewhere right of the middle of the matrix both rows are full, left of it both are empty.
        int right = (int) IntStream.range(0, chart.side())
                .filter(y -> image.getRGB(chart.side() / 2 + 20, y) == full.getRGB())
                .count();
        int left = (int) IntStream.range(0, chart.side())
                .filter(y -> image.getRGB(chart.side() / 4, y) == full.getRGB())
                .count();
        assertThat(right).isGreaterThan(chart.side() / 2);
        assertThat(left).isZero();
    }

    @Test
    void numbersCanBeReadOnEveryColour() {
        for (Theme theme : List.of(Theme.LIGHT, Theme.DARK)) {
            SequentialScale scale = new SequentialScale(theme);
            double before = SequentialScale.luminance(scale.of(0));
            for (int i = 0; i <= 100; i++) {
                double light = SequentialScale.luminance(scale.of(i / 100.0));
                double ink = SequentialScale.luminance(scale.inkOn(i / 100.0));
                double contrast = (Math.max(light, ink) + 0.05) / (Math.min(light, ink) + 0.05);
                assertThat(contrast).as("contrast at %d %%", i).isGreaterThanOrEqualTo(4.5);
                assertThat(theme.equals(Theme.LIGHT) ? before - light : light - before)
                        .as("each share differs more from the background, at %d %%", i)
                        .isGreaterThanOrEqualTo(0);
                before = light;
            }
        }
    }

    @Test
    void refusesWhatItCannotDo() {
        refuses("--top-k: expected 1 to the number of classes, 10, received 11", "--top-k", 11);
        refuses("--top-k: expected 1 to the number of classes, 10, received 0", "--top-k", 0);
        refuses(
                "--confusion: expected a file that ends in .png, .svg or .html, received c.gif",
                "--confusion",
                "c.gif");
    }

    private static void refuses(String message, Object... options) {
        Run run = evaluate(options);
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).startsWith("halfwave: " + message).hasLineCount(1);
    }
}
