package dev.halfwave.cli;

import dev.halfwave.experiment.Comparison;
import dev.halfwave.experiment.Contestant;
import dev.halfwave.experiment.Estimate;
import dev.halfwave.experiment.Run;
import dev.halfwave.experiment.TrainedEpoch;
import dev.halfwave.experiment.Waypoint;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * A comparison as a page: verdicts, what was measured, and how it came about.
 *
 * @param comparison what came out
 * @param setting under which conditions
 * @param target the training error that times are taken to
 */
record ComparisonPage(Comparison comparison, ComparisonSetting setting, double target) {
    private static final int WIDTH = 800;

    /** Curves may leave the picture at the top: what guesses says little of what learns. */
    private static final double ROOM = 1.15;

    /** How many times as far below the middle as the best is above it something may be in a picture. */
    private static final double FAR = 5;

    /** Builds it. */
    HtmlPage page() {
        HtmlPage page = new HtmlPage("Activations compared: " + setting.model() + " on " + setting.data())
                .text(setting.text() + ".")
                .text(Machine.cpu() + "; " + Machine.jvm() + ".")
                .text(
                        "All intervals are of 95 % over the seeds, on these test images. A verdict allows for the number of"
                                + " comparisons (Holm 1979). A learning rate at the edge of those that were tried may not be the best."
                                + " Times hold for this machine and whatever else it did.")
                .section("Verdicts");
        new ComparisonTexts(comparison, target).verdicts().forEach(page::text);
        ComparisonTable table = new ComparisonTable(comparison, target);
        page.table(unbroken(table)).section("Accuracy");
        List<BandCharts.Line> accuracies = accuracies();
        page.picture(
                "Test accuracy after the last epoch, %",
                WIDTH,
                theme -> BandCharts.in(theme).dots("test accuracy, %", near(accuracies)),
                numbers("activation", accuracies));
        page.section("Learning curves")
                .text("Bands are the means' intervals. What leaves a picture at the top is in the numbers below it.");
        curves(page, "test error, %", this::testErrors, OptionalDouble.empty());
        curves(
                page.section("On the way").text("Each image counts before it is learnt from, in tenths of an epoch."),
                "training error, %",
                this::trainingErrors,
                OptionalDouble.of(100 * target));
        return page.section("Learning rates").table(table.tuning());
    }

    private static List<List<String>> unbroken(ComparisonTable table) {
        List<List<String>> rows = new ArrayList<>(List.of(table.head()));
        table.rows()
                .forEach(row -> rows.add(row.stream()
                        .map(cell -> cell.replace(" ± ", "\u00a0±\u00a0"))
                        .toList()));
        return rows;
    }

    /** The best first. */
    private List<BandCharts.Line> accuracies() {
        return comparison.contestants().stream()
                .sorted(Comparator.comparingDouble(
                        (Contestant one) -> -one.accuracy().mean()))
                .map(one -> new BandCharts.Line(ComparisonTexts.title(one), List.of(spot(0, one.accuracy()))))
                .toList();
    }

    /** Those far below the middle one, without their dots: what guesses would squeeze the others into a corner. */
    private static List<BandCharts.Line> near(List<BandCharts.Line> rows) {
        double best = rows.get(0).spots().get(0).high();
        double middle = rows.get(rows.size() / 2).spots().get(0).low();
        double lowest = middle - FAR * Math.max(best - middle, 1);
        return rows.stream()
                .map(row -> row.spots().get(0).value() >= lowest
                        ? row
                        : new BandCharts.Line(
                                String.format(
                                        Locale.ROOT,
                                        "%s (%.1f, far left)",
                                        row.name(),
                                        row.spots().get(0).value()),
                                List.of()))
                .toList();
    }

    /** As many pictures as it takes to tell the lines apart, the first activation in each. */
    private void curves(HtmlPage page, String up, Function<Contestant, BandCharts.Line> line, OptionalDouble level) {
        List<Contestant> all = comparison.contestants();
        double top = top(all.stream().map(line).toList(), level.orElse(0));
        for (int from = 1; from == 1 || from < all.size(); from += BandCharts.MOST_LINES - 1) {
            List<BandCharts.Line> lines = new ArrayList<>(List.of(line.apply(all.get(0))));
            all.subList(from, Math.min(all.size(), from + BandCharts.MOST_LINES - 1))
                    .forEach(one -> lines.add(line.apply(one)));
            page.picture(
                    up + " over epochs: "
                            + String.join(
                                    ", ",
                                    lines.stream().map(BandCharts.Line::name).toList()),
                    WIDTH,
                    theme -> BandCharts.in(theme).lines("epochs", up, top, lines, level),
                    numbers("activation, at epoch", lines));
        }
    }

    /** Room for the middle curve's largest value after the first tenth, and for every curve's end unless it is far worse. */
    private static double top(List<BandCharts.Line> lines, double level) {
        List<Double> highest = lines.stream()
                .filter(line -> !line.spots().isEmpty())
                .map(line -> line.spots().get(line.spots().size() / 10).high())
                .sorted()
                .toList();
        double middle = highest.isEmpty() ? 100 : highest.get(highest.size() / 2);
        return Math.min(100, Math.max(ROOM * middle, 2 * level));
    }

    private BandCharts.Line testErrors(Contestant one) {
        TreeMap<Double, List<Double>> errors = new TreeMap<>();
        for (Run run : one.runs()) {
            double epoch = 1;
            for (TrainedEpoch done : run.epochs()) {
                errors.computeIfAbsent(epoch++, e -> new ArrayList<>()).add(done.testError());
            }
        }
        return line(one, errors);
    }

    private BandCharts.Line trainingErrors(Contestant one) {
        TreeMap<Double, List<Double>> errors = new TreeMap<>();
        for (Run run : one.runs()) {
            for (Waypoint point : run.course()) {
                errors.computeIfAbsent(point.epochs(), e -> new ArrayList<>()).add(point.error());
            }
        }
        return line(one, errors);
    }

    private static BandCharts.Line line(Contestant one, TreeMap<Double, List<Double>> errors) {
        List<BandCharts.Spot> spots = new ArrayList<>();
        errors.forEach((at, values) -> spots.add(spot(at, Estimate.of(values))));
        return new BandCharts.Line(ComparisonTexts.title(one), spots);
    }

    /** In percent. */
    private static BandCharts.Spot spot(double at, Estimate estimate) {
        double margin = Double.isFinite(estimate.margin()) ? 100 * estimate.margin() : 0;
        double value = 100 * estimate.mean();
        return new BandCharts.Spot(at, value, Math.max(0, value - margin), Math.min(100, value + margin));
    }

    private static List<List<String>> numbers(String corner, List<BandCharts.Line> lines) {
        List<List<String>> table = new ArrayList<>();
        boolean single = lines.get(0).spots().size() == 1;
        List<String> head = new ArrayList<>(List.of(corner));
        lines.get(0).spots().forEach(spot -> head.add(single ? "mean, interval" : Numbers.of(spot.at())));
        table.add(head);
        for (BandCharts.Line line : lines) {
            List<String> row = new ArrayList<>(List.of(line.name()));
            line.spots()
                    .forEach(s ->
                            row.add(String.format(Locale.ROOT, "%.2f (%.2f to %.2f)", s.value(), s.low(), s.high())));
            table.add(row);
        }
        return table;
    }
}
