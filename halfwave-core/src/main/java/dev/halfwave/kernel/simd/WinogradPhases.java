package dev.halfwave.kernel.simd;

import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Winograd's algorithm in three phases over the whole batch: every filter is read once. */
final class WinogradPhases extends WinogradKernel {
    /** Floats that are worth a task of transforming. */
    private static final int TASK_FLOATS = 1 << 15;

    private static final int MOST_TASKS = 64;

    /** Floats of transformed patches that stay in the second cache. */
    private static final int BLOCK_FLOATS = 1 << 16;

    /** Floats of finished tiles that are in the second cache when statistics are taken of them. */
    private static final int FINISHED_FLOATS = 1 << 15;

    private final PanelProduct product;
    private final WinogradLayout patches;
    private final WinogradLayout sums;
    private final int panelRuns;

    WinogradPhases(WinogradGrid grid, WinogradFilters filters, Epilogue epilogue, boolean maxima) {
        this(grid, filters, epilogue, maxima, null);
    }

    private WinogradPhases(
            WinogradGrid grid,
            WinogradFilters filters,
            Epilogue epilogue,
            boolean maxima,
            @Nullable WinogradStatistics statistics) {
        super(grid, filters, epilogue, maxima, statistics);
        int block = Math.max(1, BLOCK_FLOATS / grid.c() / Lanes.ROWS) * Lanes.ROWS;
        product = new PanelProduct(
                grid.c(), grid.c(), grid.k(), grid.tiles(), Math.min(block, grid.tiles()), filters.panelFloats());
        patches = WinogradLayout.rows(grid.c(), grid.tiles());
        sums = WinogradLayout.rows(grid.k(), grid.tiles());
        panelRuns = product.panels() > product.panelsAtOnce() ? 2 : 1;
    }

    /** About what it takes for scratch. */
    static long floats(WinogradGrid grid) {
        return (long) grid.form().positions() * grid.tiles() * (grid.c() + grid.k());
    }

    @Override
    int[] writtenTiles() {
        return IntStream.rangeClosed(0, tasks(2))
                .map(task -> firstTile(2, task))
                .toArray();
    }

    @Override
    WinogradKernel with(WinogradStatistics taken) {
        return new WinogradPhases(grid, filters, epilogue, false, taken);
    }

    private int firstTile(int phase, int task) {
        return (int) ((long) grid.tiles() * task / tasks(phase));
    }

    @Override
    public String algorithm() {
        return called("phases");
    }

    @Override
    public int scratchFloats() {
        int floats = Math.multiplyExact(grid.form().positions(), Math.addExact(patches.step(), sums.step()));
        return Math.addExact(statisticsFloats(), floats);
    }

    @Override
    public int phases() {
        return 3;
    }

    @Override
    public int tasks(int phase) {
        return phase == 1 ? grid.form().positions() * panelRuns : transformTasks(phase == 0 ? grid.c() : grid.k());
    }

    private int transformTasks(int channels) {
        long floats = (long) grid.form().positions() * grid.tiles() * channels;
        return (int) Math.max(1, Math.min(Math.min(MOST_TASKS, grid.tiles()), floats / TASK_FLOATS));
    }

    @Override
    public void run(
            int phase,
            int task,
            float[] a,
            int ao,
            float[] packed,
            int po,
            float[] bias,
            int biasO,
            float[] out,
            int oo,
            float[] scratch,
            int so) {
        int v = so + statisticsFloats();
        if (phase == 0) {
            float[] work = WorkArea.of(WorkArea.START + grid.workFloats());
            for (int tile = firstTile(0, task); tile < firstTile(0, task + 1); tile++) {
                grid.readPatch(tile, a, ao, tile, patches, scratch, v, work, WorkArea.START);
            }
        } else if (phase == 1) {
            multiply(task, packed, po, bias, biasO, scratch, v);
        } else {
            write(task, out, oo, scratch, so);
        }
    }

    private void write(int task, float[] out, int oo, float[] scratch, int so) {
        float[] work = WorkArea.of(WorkArea.START + grid.workFloats());
        int m = so + statisticsFloats() + grid.form().positions() * patches.step();
        int end = firstTile(2, task + 1);
        int tiles =
                Math.max(1, FINISHED_FLOATS / (grid.form().tile() * grid.form().tile() * grid.k()));
        for (int first = firstTile(2, task); first < end; first += tiles) {
            int stop = Math.min(end, first + tiles);
            for (int tile = first; tile < stop; tile++) {
                write(tile, scratch, m + sums.place(tile, 0), sums.step(), out, oo, work, WorkArea.START);
            }
            if (statistics != null) {
                statistics.add(task, first, stop, out, oo, scratch, so);
            }
        }
    }

    private void multiply(int task, float[] packed, int po, float[] bias, int biasO, float[] scratch, int so) {
        int position = task / panelRuns;
        int run = task % panelRuns;
        int v = so + position * patches.step();
        int m = so + grid.form().positions() * patches.step() + position * sums.step();
        for (int b = 0; b < product.blocks(); b++) {
            product.run(
                    b,
                    product.panels() * run / panelRuns,
                    product.panels() * (run + 1) / panelRuns,
                    scratch,
                    v + product.row(b) * grid.c(),
                    packed,
                    po + position * filters.step(),
                    position == grid.form().everywhere() && epilogue.bias(),
                    bias,
                    biasO,
                    scratch,
                    m + product.row(b) * grid.k());
        }
    }
}
