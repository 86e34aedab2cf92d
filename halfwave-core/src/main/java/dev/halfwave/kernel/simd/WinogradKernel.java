package dev.halfwave.kernel.simd;

import dev.halfwave.kernel.StatisticsKernel;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Convolution by Winograd's algorithm F(4×4, 3×3): a quarter of the multiplications of a direct sum.
 *
 * <p>Patches are transformed, multiplied with the transformed filters as 36 matrix products, and transformed back:
 * either block by block of tiles, all within a thread's cache ({@link WinogradBlocks}), or in three phases over the
 * whole batch, where the filters are too large to be read again for every block ({@link WinogradPhases}).
 */
abstract class WinogradKernel implements StatisticsTaker {
    /** What is added at the position of (1, 1) is added to every pixel of the tile: the place for the bias. */
    static final int EVERYWHERE = 7;

    /** Where an array's first cache line begins. */
    static final int ALIGNED = 12;

    /** Positions are kept off multiples of 4 KiB from one another, at which they would collide in the caches. */
    static final int STAGGER = 16;

    /** Filters that leave room in the second and third cache. */
    private static final int SMALL_FILTERS = 1 << 20;

    private static final int LEAST_CHANNELS = 32;
    private static final int FEW_TILES = 16;
    private static final int FEW_TILES_OF_LARGE_FILTERS = 48;

    /** Tiles from which on there are blocks enough for many threads. */
    private static final int MANY_TILES = 192;

    private static final ThreadLocal<float[]> WORK = ThreadLocal.withInitial(() -> new float[0]);

    final WinogradGrid grid;
    final WinogradFilters filters;
    final Epilogue epilogue;

    /** What takes in finished tiles; null if nothing does. */
    final @Nullable WinogradStatistics statistics;

    WinogradKernel(
            WinogradGrid grid, WinogradFilters filters, Epilogue epilogue, @Nullable WinogradStatistics statistics) {
        this.statistics = statistics;
        this.grid = grid;
        this.filters = filters;
        this.epilogue = epilogue;
    }

    /**
     * Whether it is faster than a direct sum. Few channels are not worth the transforms, and few tiles not the
     * transformed filters, which are four times as large as the filters.
     */
    static boolean pays(WinogradGrid grid) {
        long floats = (long) WinogradGrid.POSITIONS * grid.c() * grid.k();
        return Math.min(grid.c(), grid.k()) >= LEAST_CHANNELS
                && grid.tiles() >= (floats <= SMALL_FILTERS ? FEW_TILES : FEW_TILES_OF_LARGE_FILTERS);
    }

    static WinogradKernel of(WinogradGrid grid, WinogradFilters filters, Epilogue epilogue) {
        return grid.tiles() >= MANY_TILES && filters.floats() <= SMALL_FILTERS
                ? new WinogradBlocks(grid, filters, epilogue, null)
                : new WinogradPhases(grid, filters, epilogue, null);
    }

    @Override
    public final Optional<StatisticsKernel> takingStatistics(int copies) {
        if (copies > 1) {
            return Optional.empty();
        }
        WinogradStatistics taken = new WinogradStatistics(grid, writtenTiles());
        return Optional.of(new TakingKernel(with(taken), taken::merge));
    }

    /** The first tile that each task of the last phase writes, and the end. */
    abstract int[] writtenTiles();

    /** The same kernel, taking statistics. */
    abstract WinogradKernel with(WinogradStatistics taken);

    /** The floats of moments, which come first in the scratch area. */
    final int statisticsFloats() {
        return statistics == null ? 0 : statistics.floats();
    }

    /** Memory of this thread, with any content. */
    static float[] work(int floats) {
        float[] work = WORK.get();
        if (work.length < floats) {
            work = new float[floats];
            WORK.set(work);
        }
        return work;
    }

    @Override
    public final int packedFloats() {
        return filters.floats();
    }

    @Override
    public final int packTasks() {
        return filters.tasks();
    }

    @Override
    public final void pack(float[] b, int bo, float[] packed, int po, int task) {
        filters.pack(b, bo, packed, po, task);
    }
}
