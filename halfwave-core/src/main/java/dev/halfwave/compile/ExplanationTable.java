package dev.halfwave.compile;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/** An explanation in columns as wide as what stands in them. */
final class ExplanationTable {
    private static final List<String> HEAD =
            List.of("step", "name", "op", "output", "by", "MFLOP", "KiB", "at", "until", "rules");
    private static final List<Integer> RIGHT = List.of(0, 5, 6, 8);
    private static final String GAP = "  ";

    private ExplanationTable() {}

    static String of(Explanation explanation) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(HEAD);
        explanation.lines().forEach(line -> rows.add(row(line)));
        rows.add(List.of(
                "", "each run", "", "", "", millions(explanation.flops()), kibi(explanation.bytes()), "", "", ""));
        int[] widths = IntStream.range(0, HEAD.size())
                .map(i ->
                        rows.stream().mapToInt(row -> row.get(i).length()).max().orElse(0))
                .toArray();
        StringBuilder text = new StringBuilder(head(explanation));
        rows.forEach(row -> text.append('\n').append(aligned(row, widths)));
        return text.toString();
    }

    private static String head(Explanation explanation) {
        return String.format(
                Locale.ROOT,
                "kernels %s, arena %s KiB (%s without sharing), prepared %s KiB",
                explanation.kernels(),
                kibi(explanation.arenaBytes()),
                kibi(explanation.unsharedBytes()),
                kibi(explanation.preparedBytes()));
    }

    private static List<String> row(Explanation.Line line) {
        return List.of(
                line.once() ? "once" : Integer.toString(line.number()),
                line.name(),
                line.op(),
                line.output().toString(),
                line.algorithm(),
                millions(line.flops()),
                kibi(line.bytes()),
                line.place(),
                line.until() == 0 ? "" : Integer.toString(line.until()),
                String.join(", ", line.rules()));
    }

    private static String aligned(List<String> row, int[] widths) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < widths.length; i++) {
            String pad = " ".repeat(widths[i] - row.get(i).length());
            text.append(RIGHT.contains(i) ? pad + row.get(i) : row.get(i) + pad).append(GAP);
        }
        return text.toString().stripTrailing();
    }

    private static String millions(long flops) {
        return String.format(Locale.ROOT, "%,.3f", flops / 1e6);
    }

    private static String kibi(long bytes) {
        return String.format(Locale.ROOT, "%,.1f", bytes / 1024.0);
    }
}
