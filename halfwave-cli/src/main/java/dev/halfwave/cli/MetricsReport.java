package dev.halfwave.cli;

import dev.halfwave.train.ClassScore;
import dev.halfwave.train.Confusion;
import dev.halfwave.train.Evaluation;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * What was taken for what, and how well each class is recognized, as tables and as JSON.
 *
 * @param evaluation what was measured
 */
record MetricsReport(Evaluation evaluation) {
    /** A matrix of more classes is wider than a terminal. */
    private static final int MOST_CLASSES = 16;

    private static final int MOST_MISTAKES = 20;

    /** The tables one below the other. */
    String text() {
        String matrix = confusion().classes().size() <= MOST_CLASSES
                ? "rows: right class, columns: predicted%n%s".formatted(matrix().aligned())
                : "the most frequent mistakes%n%s".formatted(mistakes().aligned());
        return matrix + "%n%n%s%n".formatted(classes().aligned());
    }

    /** The share of samples whose right class is among the first k. */
    String topK() {
        return String.format(Locale.ROOT, "top-%d accuracy %.4f", evaluation.k(), evaluation.topK());
    }

    private Confusion confusion() {
        return evaluation.confusion();
    }

    private TextTable matrix() {
        List<String> head = new ArrayList<>(confusion().classes());
        head.add(0, "");
        return new TextTable(
                head,
                IntStream.range(0, confusion().classes().size())
                        .mapToObj(this::row)
                        .toList());
    }

    private List<String> row(int right) {
        List<String> cells = new ArrayList<>();
        cells.add(confusion().classes().get(right));
        for (int predicted = 0; predicted < confusion().classes().size(); predicted++) {
            cells.add(Long.toString(confusion().count(right, predicted)));
        }
        return cells;
    }

    private TextTable mistakes() {
        return new TextTable(
                List.of("right class", "predicted", "images"),
                confusion().mistakes(MOST_MISTAKES).stream()
                        .map(mistake -> List.of(mistake.right(), mistake.predicted(), Long.toString(mistake.count())))
                        .toList());
    }

    /** Each class and the averages, one a row. */
    TextTable classes() {
        return new TextTable(
                List.of("class", "precision", "recall", "F1", "images"),
                scores().stream().map(MetricsReport::cells).toList());
    }

    private List<ClassScore> scores() {
        List<ClassScore> scores = new ArrayList<>(confusion().perClass());
        scores.add(confusion().macroAverage());
        scores.add(confusion().weightedAverage());
        return scores;
    }

    private static List<String> cells(ClassScore score) {
        return List.of(
                score.name(),
                String.format(Locale.ROOT, "%.4f", score.precision()),
                String.format(Locale.ROOT, "%.4f", score.recall()),
                String.format(Locale.ROOT, "%.4f", score.f1()),
                Long.toString(score.samples()));
    }

    /** The same for machines. */
    Map<String, Object> object() {
        int size = confusion().classes().size();
        List<List<Long>> rows = IntStream.range(0, size)
                .mapToObj(right -> IntStream.range(0, size)
                        .mapToObj(predicted -> confusion().count(right, predicted))
                        .toList())
                .toList();
        return Json.object(
                "classes",
                        confusion().perClass().stream()
                                .map(MetricsReport::object)
                                .toList(),
                "macroAverage", average(confusion().macroAverage()),
                "weightedAverage", average(confusion().weightedAverage()),
                "confusion", rows);
    }

    private static Map<String, Object> object(ClassScore score) {
        Map<String, Object> object = Json.object("name", score.name());
        object.putAll(average(score));
        object.put("samples", score.samples());
        return object;
    }

    private static Map<String, Object> average(ClassScore score) {
        return Json.object("precision", score.precision(), "recall", score.recall(), "f1", score.f1());
    }
}
