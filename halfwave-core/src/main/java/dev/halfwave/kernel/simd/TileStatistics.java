package dev.halfwave.kernel.simd;

import dev.halfwave.kernel.Moments;

/**
 * Takes the statistics of a product's columns, strip by strip, as soon as a strip's rows are finished.
 *
 * <p>A task's moments lie in a part of the scratch area of its own; tasks that share rows have other columns.
 */
final class TileStatistics {
    private final Product product;
    private final Division division;
    private final int channels;
    private final RunningMoments running;

    /** The rows of each run of tiles. */
    private final int[] rows;

    private final Moments moments;

    /**
     * @param division with the summed axis in one part
     * @param copies how often the channels are repeated along a row; more than once only if there is one run of panels
     */
    TileStatistics(Product product, Division division, int copies) {
        this.product = product;
        this.division = division;
        channels = product.rowFloats() / copies;
        running = new RunningMoments(product.rowFloats());
        rows = new int[division.tileRuns()];
        for (int run = 0; run < rows.length; run++) {
            rows[run] = rows(division.starts()[run], division.starts()[run + 1]);
        }
        int[] parts = new int[rows.length * copies];
        int[] places = new int[parts.length];
        for (int i = 0; i < parts.length; i++) {
            parts[i] = rows[i / copies];
            places[i] = i / copies * division.panelRuns() * running.floats() + i % copies * channels;
        }
        moments = new Moments(parts, places);
    }

    private int rows(int firstTile, int endTile) {
        int count = 0;
        int first = firstTile;
        int end = endTile;
        for (Sweep sweep : product.sweeps()) {
            int stop = Math.min(end, sweep.tiles());
            if (Math.max(first, 0) < stop) {
                count += sweep.firstRowAfter(stop) - sweep.row(Math.max(first, 0));
            }
            first -= sweep.tiles();
            end -= sweep.tiles();
        }
        return count;
    }

    /** The floats that all tasks need. */
    int floats() {
        return Math.multiplyExact(division.tasks(), running.floats());
    }

    /**
     * Takes in the rows of some finished tiles.
     *
     * @param before the task's rows that were taken in already
     * @param area the moments of all tasks, from {@code ao}
     */
    void add(int task, Sweep sweep, int tile, int stop, int before, float[] out, int oo, float[] area, int ao) {
        int column = product.column(division.firstPanel(task));
        int width = product.column(division.endPanel(task)) - column;
        int at = ao + task * running.floats() + column;
        int row = sweep.row(tile);
        int end = sweep.firstRowAfter(stop);
        if (before > 0) {
            block(sweep, row, end, before, out, oo + column, area, at, width);
            return;
        }
        int next = row + RunningMoments.share(end - row);
        running.start(out, oo + column + sweep.outPlaceOf(row), area, at, width);
        block(sweep, row, next, 0, out, oo + column, area, at, width);
        if (next < end) {
            block(sweep, next, end, next - row, out, oo + column, area, at, width);
        }
    }

    private void block(
            Sweep sweep, int row, int end, int before, float[] out, int oo, float[] area, int at, int width) {
        running.startBlock(before, area, at, width);
        addRows(sweep, row, end, out, oo, area, at, width);
        if (RunningMoments.needsOrigin(before, end - row)) {
            running.restartBlock(end - row, area, at, width);
            addRows(sweep, row, end, out, oo, area, at, width);
        }
        running.endBlock(before, end - row, area, at, width);
    }

    private void addRows(Sweep sweep, int row, int end, float[] out, int oo, float[] area, int at, int width) {
        for (int r = row, next; r < end; r = next) {
            next = Math.min(end, sweep.endOfRound(r));
            int to = oo + sweep.outPlace(r);
            running.add(out, to, sweep.outRows, sweep.position(r), next - r, area, at, width);
        }
    }

    /** All rows of a task have been taken in. */
    void finish(int task, float[] area, int ao) {
        int column = product.column(division.firstPanel(task));
        int width = product.column(division.endPanel(task)) - column;
        int count = rows[task / division.panelRuns()];
        if (count > 0) {
            running.finish(count, area, ao + task * running.floats() + column, width);
        }
    }

    /** The statistics of all channels, when all tasks have finished. */
    void merge(float[] area, int ao, float[] mean, int meanO, float[] variance, int varianceO) {
        for (int run = 0; run < division.panelRuns(); run++) {
            int column = product.column(division.firstPanel(run));
            int width = Math.min(channels, product.column(division.endPanel(run)) - column);
            int at = ao + run * running.floats() + column;
            moments.merge(
                    area,
                    at + running.means(),
                    area,
                    at + running.squares(),
                    mean,
                    meanO + column,
                    variance,
                    varianceO + column,
                    width);
        }
    }
}
