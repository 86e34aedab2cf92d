package dev.halfwave.claims;

import java.util.List;

/**
 * Numbers for every pair of a row and a column: to draw as a map of colours and to put into a table.
 *
 * @param across what the columns are, with their unit
 * @param up what the rows are
 * @param colour what the numbers are, with their unit
 * @param low the number of the lightest colour, or of the darkest blue if it is {@code -high}
 * @param high the number of the darkest colour
 * @param columns their names, from the left
 * @param rows their names, from the top
 * @param values one list per row
 */
public record Heat(
        String across,
        String up,
        String colour,
        double low,
        double high,
        List<String> columns,
        List<String> rows,
        List<List<Double>> values) {
    /** @throws IllegalArgumentException if there is not a number for every pair */
    public Heat {
        columns = List.copyOf(columns);
        rows = List.copyOf(rows);
        values = values.stream().map(List::copyOf).toList();
        int width = columns.size();
        if (values.size() != rows.size() || values.stream().anyMatch(row -> row.size() != width)) {
            throw new IllegalArgumentException("heat: expected " + rows.size() + " rows of " + width
                    + " values, received rows of "
                    + values.stream().map(List::size).toList());
        }
    }

    /** Whether numbers of both signs are told apart, by the hue. */
    public boolean diverges() {
        return low == -high;
    }
}
