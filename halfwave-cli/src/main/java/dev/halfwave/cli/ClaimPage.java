package dev.halfwave.cli;

import dev.halfwave.claims.Plot;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Claims and what became of them, as one page: a table of all, and for each its numbers and its picture.
 *
 * @param claims in order
 */
record ClaimPage(List<CheckedClaim> claims) {
    private static final int WIDTH = 800;

    /** Builds it. */
    HtmlPage page() {
        HtmlPage page = new HtmlPage("What is said about ReLU, put to the test").text(summary());
        page.table(overview());
        claims.forEach(one -> add(page, one));
        return page;
    }

    private String summary() {
        Map<String, Long> counts = claims.stream()
                .collect(Collectors.groupingBy(
                        one -> one.finding().verdict().toString(), TreeMap::new, Collectors.counting()));
        String verdicts = counts.entrySet().stream()
                .map(count -> count.getKey() + ": " + count.getValue())
                .collect(Collectors.joining(", "));
        return claims.size() + " claims. Verdicts: " + verdicts + ".";
    }

    private List<List<String>> overview() {
        List<List<String>> table = new ArrayList<>();
        table.add(List.of("id", "claim", "verdict"));
        claims.forEach(one -> table.add(List.of(
                one.claim().id(), one.claim().text(), one.finding().verdict().toString())));
        return table;
    }

    private static void add(HtmlPage page, CheckedClaim one) {
        Plot plot = one.finding().plot();
        page.section(one.claim().text())
                .text("Verdict: " + one.finding().verdict() + ". Measured: "
                        + one.finding().measured() + ".")
                .text("Source: " + one.claim().source() + ". Id: " + one.claim().id() + ".")
                .picture(
                        plot.up() + " over " + plot.across(),
                        WIDTH,
                        theme -> new Charts(theme).lines(plot),
                        numbers(plot));
        one.finding()
                .heats()
                .forEach(heat -> page.picture(
                        heat.colour() + " by " + heat.up() + " and " + heat.across(),
                        WIDTH,
                        theme -> new HeatChart(theme).draw(heat),
                        HeatChart.table(heat)));
    }

    private static List<List<String>> numbers(Plot plot) {
        List<List<String>> table = new ArrayList<>();
        List<String> head = new ArrayList<>(List.of(plot.across()));
        plot.curves().forEach(curve -> head.add(curve.name()));
        table.add(head);
        for (int i = 0; i < plot.xs().size(); i++) {
            List<String> row = new ArrayList<>(List.of(Numbers.of(plot.xs().get(i))));
            for (Plot.Curve curve : plot.curves()) {
                row.add(Numbers.of(curve.ys().get(i)));
            }
            table.add(row);
        }
        return table;
    }
}
