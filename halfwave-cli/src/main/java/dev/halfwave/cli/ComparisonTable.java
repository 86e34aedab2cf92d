package dev.halfwave.cli;

import dev.halfwave.experiment.Comparison;
import dev.halfwave.experiment.Contestant;
import dev.halfwave.experiment.Difference;
import dev.halfwave.experiment.Estimate;
import dev.halfwave.experiment.Trial;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * One row per activation.
 *
 * @param comparison what came out
 * @param target the training error that times are taken to
 */
record ComparisonTable(Comparison comparison, double target) {

    List<String> head() {
        List<String> head = new ArrayList<>(List.of("activation", "learning rate", "test accuracy, %"));
        if (comparison.contestants().size() > 1) {
            head.add("more than " + ComparisonTexts.title(comparison.baseline()) + ", points");
            head.add("verdict");
        }
        head.add("seconds per epoch");
        head.add("epochs to " + ComparisonTexts.percent(target) + " training error");
        head.add("seconds to it");
        texts().tanh().ifPresent(tanh -> head.add("times fewer epochs than tanh"));
        return head;
    }

    List<List<String>> rows() {
        List<Difference> differences = comparison.differences();
        List<List<String>> rows = new ArrayList<>();
        for (Contestant one : comparison.contestants()) {
            List<String> row = new ArrayList<>();
            row.add(ComparisonTexts.title(one));
            row.add(rate(one));
            row.add(accuracy(one));
            if (comparison.contestants().size() > 1) {
                Optional<Difference> difference =
                        rows.isEmpty() ? Optional.empty() : Optional.of(differences.get(rows.size() - 1));
                row.add(difference
                        .map(d -> number("%+.2f", "%.2f", d.estimate(), 100))
                        .orElse("–"));
                row.add(difference.map(d -> word(d.verdict())).orElse("–"));
            }
            row.add(one.secondsPerEpoch().map(ComparisonTable::number).orElse("–"));
            row.add(reached(one, one.epochsTo(target)));
            row.add(reached(one, one.secondsTo(target)));
            texts().tanh()
                    .ifPresent(tanh -> row.add(
                            one.activation().equals(tanh.activation())
                                    ? "1"
                                    : one.epochsSaved(tanh, target)
                                            .map(ComparisonTexts::times)
                                            .orElse("–")));
            rows.add(row);
        }
        return rows;
    }

    /** What became of every learning rate: the validation error in percent. */
    List<List<String>> tuning() {
        List<List<String>> table = new ArrayList<>();
        List<String> head = new ArrayList<>(List.of("validation error, %, at rate"));
        comparison.plan().rates().forEach(rate -> head.add(Numbers.plain(rate)));
        table.add(head);
        for (Contestant one : comparison.contestants()) {
            List<String> row = new ArrayList<>(List.of(ComparisonTexts.title(one)));
            for (Trial trial : one.tuning().trials()) {
                row.add(trial.diverged() ? "diverged" : String.format(Locale.ROOT, "%.2f", 100 * trial.error()));
            }
            table.add(row);
        }
        return table;
    }

    private ComparisonTexts texts() {
        return new ComparisonTexts(comparison, target);
    }

    static String word(Difference.Verdict verdict) {
        return switch (verdict) {
            case BETTER -> "better";
            case WORSE -> "worse";
            case CANNOT_TELL -> "cannot tell";
        };
    }

    private static String rate(Contestant one) {
        return one.tuning()
                .best()
                .map(best -> Numbers.plain(best.rate()) + (one.tuning().atTheEdge() ? " (edge)" : ""))
                .orElse("none");
    }

    private static String accuracy(Contestant one) {
        return number("%.2f", "%.2f", one.accuracy(), 100)
                + (one.diverged() > 0 ? " (" + one.diverged() + " diverged)" : "");
    }

    private static String reached(Contestant one, Optional<Estimate> cost) {
        int known = cost.map(Estimate::count).orElse(0);
        int all = one.runs().size();
        return cost.map(ComparisonTable::number).orElse("not reached")
                + (known > 0 && known < all ? " (" + known + " of " + all + ")" : "");
    }

    private static String number(Estimate estimate) {
        return number("%.3g", "%.2g", estimate, 1);
    }

    private static String number(String format, String marginFormat, Estimate estimate, double unit) {
        return String.format(Locale.ROOT, format, unit * estimate.mean())
                + ComparisonTexts.margin(marginFormat, unit * estimate.margin());
    }
}
