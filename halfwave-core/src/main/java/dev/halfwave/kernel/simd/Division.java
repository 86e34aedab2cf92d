package dev.halfwave.kernel.simd;

import java.util.List;

/**
 * How a product is divided into tasks: runs of tiles of about equal work, times runs of panels.
 *
 * @param starts the first tile of every run, and the end
 * @param panelRuns the number of panel runs
 * @param panels the number of panels
 */
record Division(int[] starts, int panelRuns, int panels) {
    /** Work that is worth a task: about 20 µs. */
    private static final long TASK_FLOPS = 4_000_000;

    /** Work from which on more than 16 tasks balance better than they cost. */
    private static final long LARGE_TASK_FLOPS = 16_000_000;

    private static final int ENOUGH = 16;
    private static final int MOST = 64;

    /**
     * Divides so that the caches are filled as rarely as possible: every tile run reads all its panels, every panel run all its rows.
     *
     * @param inputs floats of a
     */
    static Division of(List<Sweep> sweeps, int panels, long inputs) {
        long cost = 0;
        long tiles = 0;
        long terms = 0;
        for (Sweep sweep : sweeps) {
            cost += (long) sweep.cost() * sweep.tiles();
            tiles += sweep.tiles();
            terms = Math.max(terms, sweep.panelFloats);
        }
        long flops = 2L * cost * Lanes.ROWS * Lanes.PANEL * panels;
        long wanted = Math.max(1, Math.min(ENOUGH, flops / TASK_FLOPS));
        wanted = Math.max(wanted, Math.min(MOST, flops / LARGE_TASK_FLOPS));
        long best = Long.MAX_VALUE;
        int bestRuns = 1;
        for (int runs = 1; runs <= panels; runs++) {
            long tileRuns = Math.min(tiles, (wanted + runs - 1) / runs);
            long traffic = inputs * runs + terms * panels * tileRuns;
            long missing = Math.max(0, wanted - tileRuns * runs);
            traffic += missing * (inputs + terms * panels);
            if (traffic < best) {
                best = traffic;
                bestRuns = runs;
            }
        }
        int tileRuns = (int) Math.min(tiles, (wanted + bestRuns - 1) / bestRuns);
        return new Division(starts(sweeps, cost, tileRuns), bestRuns, panels);
    }

    private static int[] starts(List<Sweep> sweeps, long cost, int runs) {
        int[] starts = new int[runs + 1];
        int run = 1;
        int tile = 0;
        long done = 0;
        for (Sweep sweep : sweeps) {
            for (int t = 0; t < sweep.tiles(); t++) {
                done += sweep.cost();
                tile++;
                while (run < runs && done * runs >= cost * run) {
                    starts[run++] = tile;
                }
            }
        }
        starts[runs] = tile;
        return starts;
    }

    int tasks() {
        return (starts.length - 1) * panelRuns;
    }

    int firstTile(int task) {
        return starts[task / panelRuns];
    }

    int endTile(int task) {
        return starts[task / panelRuns + 1];
    }

    int firstPanel(int task) {
        return (int) ((long) panels * (task % panelRuns) / panelRuns);
    }

    int endPanel(int task) {
        return (int) ((long) panels * (task % panelRuns + 1) / panelRuns);
    }
}
