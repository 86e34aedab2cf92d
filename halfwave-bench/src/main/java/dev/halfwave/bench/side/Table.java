package dev.halfwave.bench.side;

import dev.halfwave.bench.work.Work;
import java.util.List;
import java.util.Locale;

/** The rows as Markdown. */
final class Table {
    private static final String HEAD = """
            | work | batch | peer | Halfwave | peer | ratio | low – high | error |
            |---|---:|---|---:|---:|---:|---:|---:|
            """;

    private Table() {}

    static String of(List<Row> rows) {
        StringBuilder text = new StringBuilder(HEAD);
        rows.forEach(row -> text.append(line(row)).append('\n'));
        return text.toString();
    }

    /** One row; the ratio is the peer's time over Halfwave's. */
    static String line(Row row) {
        String start = "| " + row.work() + " | " + (row.batch() == 0 ? "" : row.batch()) + " | " + row.title() + " | ";
        if (row.ratio().isEmpty()) {
            return start + " |  | " + (row.wrong() ? "wrong" : "cannot run") + " | "
                    + row.reason().replace("|", "\\|") + " | |";
        }
        Ratio r = row.ratio().get();
        String unit = row.measure() == Work.Measure.PEAK_MEMORY ? " MiB" : " ms";
        String error = row.error().isPresent()
                ? String.format(Locale.ROOT, "%.0e", row.error().getAsDouble())
                : "";
        return start
                + String.format(
                        Locale.ROOT,
                        "%s%s | %s%s | %.2f | %.2f – %.2f | %s |",
                        digits(r.halfwave()),
                        unit,
                        digits(r.peer()),
                        unit,
                        r.median(),
                        r.low(),
                        r.high(),
                        error);
    }

    private static String digits(double value) {
        return String.format(Locale.ROOT, value < 10 ? "%.3f" : "%.1f", value);
    }
}
