package dev.halfwave.kernel.simd;

import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Winograd's algorithm block by block of tiles, without leaving the cache. */
final class WinogradBlocks extends WinogradKernel {
    private static final int MOST_TASKS = 64;
    private static final int ENOUGH = 16;

    /** Floats of a block's patches and sums that stay in the second cache together with a position's filters. */
    private static final int BLOCK_FLOATS = 1 << 17;

    private final PanelProduct product;
    private final int tasks;
    private final WinogradLayout patches;
    private final WinogradLayout sums;

    WinogradBlocks(WinogradGrid grid, WinogradFilters filters, Epilogue epilogue, boolean maxima) {
        this(grid, filters, epilogue, maxima, null);
    }

    private WinogradBlocks(
            WinogradGrid grid,
            WinogradFilters filters,
            Epilogue epilogue,
            boolean maxima,
            @Nullable WinogradStatistics statistics) {
        super(grid, filters, epilogue, maxima, statistics);
        int most = Math.max(1, BLOCK_FLOATS / (grid.form().positions() * (grid.c() + grid.k())) / Lanes.ROWS);
        int fair = Math.max(1, grid.tiles() / ENOUGH / Lanes.ROWS);
        int block = Math.min(grid.tiles(), Math.min(most, fair) * Lanes.ROWS);
        product = new PanelProduct(grid.c(), grid.c(), grid.k(), grid.tiles(), block, filters.panelFloats());
        tasks = Math.min(MOST_TASKS, product.blocks());
        patches = WinogradLayout.rows(grid.c(), block);
        sums = WinogradLayout.rows(grid.k(), block);
    }

    @Override
    int[] writtenTiles() {
        return IntStream.rangeClosed(0, tasks)
                .map(task -> product.row(firstBlock(task)))
                .toArray();
    }

    @Override
    WinogradKernel with(WinogradStatistics taken) {
        return new WinogradBlocks(grid, filters, epilogue, false, taken);
    }

    @Override
    public String algorithm() {
        return called("blocks");
    }

    @Override
    public int scratchFloats() {
        return statisticsFloats();
    }

    @Override
    public int phases() {
        return 1;
    }

    @Override
    public int tasks(int phase) {
        return tasks;
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
        int end = firstBlock(task + 1);
        for (int b = firstBlock(task); b < end; b++) {
            block(b, a, ao, packed, po, bias, biasO, out, oo);
            if (statistics != null) {
                statistics.add(task, product.row(b), product.row(b + 1), out, oo, scratch, so);
            }
        }
    }

    private int firstBlock(int task) {
        return (int) ((long) product.blocks() * task / tasks);
    }

    private void block(int b, float[] a, int ao, float[] packed, int po, float[] bias, int biasO, float[] out, int oo) {
        int m = WorkArea.START + grid.form().positions() * patches.step();
        int spare = m + grid.form().positions() * sums.step();
        float[] work = WorkArea.of(spare + grid.workFloats());
        int first = product.row(b);
        int end = product.row(b + 1);
        for (int tile = first; tile < end; tile++) {
            grid.readPatch(tile, a, ao, tile - first, patches, work, WorkArea.START, work, spare);
        }
        for (int position = 0; position < grid.form().positions(); position++) {
            product.run(
                    b,
                    0,
                    product.panels(),
                    work,
                    WorkArea.START + position * patches.step(),
                    packed,
                    po + position * filters.step(),
                    position == grid.form().everywhere() && epilogue.bias(),
                    bias,
                    biasO,
                    work,
                    m + position * sums.step());
        }
        for (int tile = first; tile < end; tile++) {
            write(tile, work, m + sums.place(tile - first, 0), sums.step(), out, oo, work, spare);
        }
    }
}
