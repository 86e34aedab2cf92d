package dev.halfwave.cli;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A table of texts.
 *
 * @param head the columns' names
 * @param rows as many cells each
 */
record TextTable(List<String> head, List<List<String>> rows) {

    /** Columns as wide as their widest cell, two spaces apart. */
    String aligned() {
        return lines(head, rows, row -> String.join("  ", row).stripTrailing());
    }

    /** As GitHub and most others read it; bars within cells are escaped. */
    String markdown() {
        List<List<String>> escaped =
                rows.stream().map(TextTable::escaped).collect(Collectors.toCollection(ArrayList::new));
        escaped.add(0, Collections.nCopies(head.size(), "---"));
        return lines(head, escaped, row -> "| " + String.join(" | ", row) + " |");
    }

    private static List<String> escaped(List<String> row) {
        return row.stream().map(cell -> cell.replace("|", "\\|")).toList();
    }

    private static String lines(List<String> head, List<List<String>> rows, Function<List<String>, String> line) {
        List<List<String>> all = new ArrayList<>(rows);
        all.add(0, head);
        int[] widths = IntStream.range(0, head.size())
                .map(column -> all.stream()
                        .mapToInt(row -> length(row.get(column)))
                        .max()
                        .orElse(0))
                .toArray();
        return all.stream()
                .map(row -> line.apply(padded(row, widths)))
                .collect(Collectors.joining(System.lineSeparator()));
    }

    private static List<String> padded(List<String> row, int[] widths) {
        return IntStream.range(0, row.size())
                .mapToObj(i -> row.get(i) + " ".repeat(widths[i] - length(row.get(i))))
                .toList();
    }

    private static int length(String cell) {
        return cell.codePointCount(0, cell.length());
    }
}
