package dev.halfwave.kernel.simd;

import java.util.List;

/**
 * How a product is divided into tasks: parts of the summed axis, times runs of tiles of about equal work, times runs of
 * panels. It depends on the sizes alone, and so do the results.
 *
 * @param parts how many parts of the summed axis are summed on their own and added up later
 * @param starts the first tile of every run, and the end
 * @param panelRuns the number of panel runs
 * @param panels the number of panels
 * @param panelsAtOnce how many of them a tile takes: no run begins between them
 */
record Division(int parts, int[] starts, int panelRuns, int panels, int panelsAtOnce) {
    /** Work that is worth a task, about 20 µs. */
    private static final long TASK_FLOPS = 4_000_000;

    /** Work from which on more than 16 tasks balance better than they cost. */
    private static final long LARGE_TASK_FLOPS = 32_000_000;

    private static final int ENOUGH = 16;
    private static final int MOST = 64;

    /** What adding up a part costs, relative to reading an operand: the part is written, read and the sum written. */
    private static final int ADDING_UP = 4;

    /**
     * The sizes that decide.
     *
     * @param a floats of a, all of which every panel run reads
     * @param b floats of b, all of which every tile run reads
     * @param out floats of the result, which every part writes
     * @param panelsAtOnce how many of the panels a tile takes
     * @param spans into how many parts the summed axis may be divided
     */
    record Sizes(long a, long b, long out, int panels, int panelsAtOnce, int spans) {}

    /** The division that moves the least data through the caches while there is work for many threads. */
    static Division of(List<Sweep> sweeps, Sizes sizes) {
        long work = 0;
        int tiles = 0;
        for (Sweep sweep : sweeps) {
            work += (long) sweep.cost() * sweep.tiles();
            tiles += sweep.tiles();
        }
        long flops = 2 * work * Lanes.ROWS * Lanes.PANEL * sizes.panels;
        long wanted = Math.max(1, Math.min(ENOUGH, flops / TASK_FLOPS));
        wanted = Math.max(wanted, Math.min(MOST, flops / LARGE_TASK_FLOPS));
        wanted += wanted > 1 ? wanted & 1 : 0; // of an odd number, two threads would leave one task to the end
        Division best = new Division(1, new int[] {0, tiles}, 1, sizes.panels, sizes.panelsAtOnce);
        int mostRuns = (sizes.panels + sizes.panelsAtOnce - 1) / sizes.panelsAtOnce;
        double least = Double.MAX_VALUE;
        for (int parts = 1; parts <= Math.min(wanted, sizes.spans); parts *= 2) {
            for (int panelRuns = 1; panelRuns <= mostRuns; panelRuns++) {
                int tileRuns =
                        (int) Math.min(tiles, (wanted + (long) parts * panelRuns - 1) / ((long) parts * panelRuns));
                double moved = (double) sizes.a * panelRuns + (double) sizes.b * tileRuns;
                moved += parts == 1 ? sizes.out : (double) ADDING_UP * parts * sizes.out;
                double missing = Math.max(1.0, (double) wanted / ((double) parts * panelRuns * tileRuns));
                if (moved * missing < least) {
                    least = moved * missing;
                    best = new Division(
                            parts, starts(sweeps, work, tileRuns), panelRuns, sizes.panels, sizes.panelsAtOnce);
                }
            }
        }
        return best;
    }

    private static int[] starts(List<Sweep> sweeps, long work, int runs) {
        int[] starts = new int[runs + 1];
        int run = 1;
        int tile = 0;
        long done = 0;
        for (Sweep sweep : sweeps) {
            for (int t = 0; t < sweep.tiles(); t++) {
                done += sweep.cost();
                tile++;
                while (run < runs && done * runs >= work * run) {
                    starts[run++] = tile;
                }
            }
        }
        starts[runs] = tile;
        return starts;
    }

    int tasks() {
        return parts * tileRuns() * panelRuns;
    }

    int tileRuns() {
        return starts.length - 1;
    }

    /** The part of the summed axis that a task does. */
    int part(int task) {
        return task / panelRuns / tileRuns();
    }

    int firstTile(int task) {
        return starts[task / panelRuns % tileRuns()];
    }

    int endTile(int task) {
        return starts[task / panelRuns % tileRuns() + 1];
    }

    int firstPanel(int task) {
        return firstPanelOfRun(task % panelRuns);
    }

    int endPanel(int task) {
        return firstPanelOfRun(task % panelRuns + 1);
    }

    private int firstPanelOfRun(int run) {
        int units = (panels + panelsAtOnce - 1) / panelsAtOnce;
        return Math.min(panels, (int) ((long) units * run / panelRuns) * panelsAtOnce);
    }
}
