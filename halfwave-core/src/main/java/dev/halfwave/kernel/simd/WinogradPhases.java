package dev.halfwave.kernel.simd;

import static dev.halfwave.kernel.simd.WinogradGrid.POSITIONS;

/** Winograd's algorithm in three phases over the whole batch: every filter is read once. */
final class WinogradPhases extends WinogradKernel {
    /** Floats that are worth a task of transforming. */
    private static final int TASK_FLOATS = 1 << 15;

    private static final int MOST_TASKS = 64;

    /** Floats of transformed patches that stay in the second cache. */
    private static final int BLOCK_FLOATS = 1 << 16;

    private final WinogradProduct product;
    private final int vStep;
    private final int mStep;
    private final int panelRuns;

    WinogradPhases(WinogradGrid grid, WinogradFilters filters, Epilogue epilogue, boolean maxima) {
        super(grid, filters, epilogue, maxima);
        int block = Math.max(1, BLOCK_FLOATS / grid.c() / Lanes.ROWS) * Lanes.ROWS;
        product = new WinogradProduct(
                grid.c(), grid.k(), grid.tiles(), Math.min(block, grid.tiles()), filters.panelFloats());
        vStep = step(grid.c());
        mStep = step(grid.k());
        panelRuns = product.panels() > product.panelsAtOnce() ? 2 : 1;
    }

    /** About what it takes for scratch. */
    static long floats(WinogradGrid grid) {
        return (long) POSITIONS * grid.tiles() * (grid.c() + grid.k());
    }

    private int step(int channels) {
        return Math.addExact(Math.multiplyExact(grid.tiles(), channels), STAGGER);
    }

    @Override
    public String algorithm() {
        return "winograd in phases" + ending();
    }

    @Override
    public int scratchFloats() {
        return Math.multiplyExact(POSITIONS, Math.addExact(vStep, mStep));
    }

    @Override
    public int phases() {
        return 3;
    }

    @Override
    public int tasks(int phase) {
        return phase == 1 ? POSITIONS * panelRuns : transformTasks(phase == 0 ? grid.c() : grid.k());
    }

    private int transformTasks(int channels) {
        long floats = (long) POSITIONS * grid.tiles() * channels;
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
        int m = so + POSITIONS * vStep;
        if (phase == 1) {
            multiply(task, packed, po, bias, biasO, scratch, so);
            return;
        }
        float[] work = work(ALIGNED + grid.workFloats());
        int end = (int) ((long) grid.tiles() * (task + 1) / tasks(phase));
        for (int tile = (int) ((long) grid.tiles() * task / tasks(phase)); tile < end; tile++) {
            if (phase == 0) {
                grid.readPatch(tile, a, ao, scratch, so + tile * grid.c(), vStep, work, ALIGNED);
            } else {
                write(tile, scratch, m + tile * grid.k(), mStep, out, oo, work, ALIGNED);
            }
        }
    }

    private void multiply(int task, float[] packed, int po, float[] bias, int biasO, float[] scratch, int so) {
        int position = task / panelRuns;
        int run = task % panelRuns;
        int v = so + position * vStep;
        int m = so + POSITIONS * vStep + position * mStep;
        for (int b = 0; b < product.blocks(); b++) {
            product.run(
                    b,
                    product.panels() * run / panelRuns,
                    product.panels() * (run + 1) / panelRuns,
                    scratch,
                    v + product.row(b) * grid.c(),
                    packed,
                    po + position * filters.step(),
                    position == EVERYWHERE && epilogue.bias(),
                    bias,
                    biasO,
                    scratch,
                    m + product.row(b) * grid.k());
        }
    }
}
