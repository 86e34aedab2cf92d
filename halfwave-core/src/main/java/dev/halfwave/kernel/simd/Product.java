package dev.halfwave.kernel.simd;

import static dev.halfwave.kernel.simd.Lanes.PANEL;

import java.util.List;

/**
 * A product as a kernel sees it: sweeps of rows, times groups of columns in panels.
 *
 * @param sweeps all rows, each in one sweep; together they cover the result
 * @param packings the parts of packed b, one after the other; none if b is read as it stands
 * @param columns columns of a group
 * @param groups groups of columns, each with terms of its own
 * @param groupStep what is added to places in a from one group to the next
 * @param order what stays in the cache meanwhile
 * @param aFloats the size of a
 * @param bFloats the size of b
 */
record Product(
        List<Sweep> sweeps,
        List<Packing> packings,
        int columns,
        int groups,
        int groupStep,
        Order order,
        long aFloats,
        long bFloats) {
    /** The order in which a task takes rows and terms. */
    enum Order {
        /** A strip of rows takes all its terms before the next strip: for many rows of few terms. */
        STRIPS,
        /** A span of terms is taken by all rows before the next span: for few rows of many terms. */
        SPANS
    }

    /** Panels of one group. */
    int groupPanels() {
        return (columns + PANEL - 1) / PANEL;
    }

    /** Panels of all groups. */
    int panels() {
        return groups * groupPanels();
    }

    /** The first column of a panel in the result. */
    int column(int panel) {
        return panel / groupPanels() * columns + Math.min(columns, panel % groupPanels() * PANEL);
    }

    /** How many panels tiles may take at once, from a given one on: two whole ones of the same group, or one. */
    int panelsAtOnce(Sweep.Order order, int panel, int endPanel) {
        return Tiles.panelsAtOnce(order, endPanel - panel, columns - panel % groupPanels() * PANEL);
    }

    /** Floats of a row of the result. */
    int rowFloats() {
        return groups * columns;
    }

    /** Rows of the result. */
    int rows() {
        return sweeps.stream().mapToInt(Sweep::rows).sum();
    }

    /** The largest number of spans in a sweep. */
    int spans() {
        return sweeps.stream().mapToInt(Sweep::spans).max().orElse(0);
    }

    /** How it is best divided; only where all sweeps have the same spans can the summed axis be. */
    Division divide() {
        boolean alike = sweeps.stream().allMatch(sweep -> sweep.spans() == spans());
        long outFloats = (long) rows() * rowFloats();
        int atOnce = groupPanels() > 1 && !sweeps.isEmpty() ? Tiles.panelsAtOnce(sweeps.get(0).order) : 1;
        return Division.of(
                sweeps, new Division.Sizes(aFloats, bFloats, outFloats, panels(), atOnce, alike ? spans() : 1));
    }
}
