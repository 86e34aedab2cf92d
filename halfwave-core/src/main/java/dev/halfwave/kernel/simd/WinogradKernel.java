package dev.halfwave.kernel.simd;

import dev.halfwave.kernel.BilinearKernel;

/**
 * Convolution by Winograd's algorithm F(4×4, 3×3): a quarter of the multiplications of a direct sum.
 *
 * <p>Patches are transformed, multiplied with the transformed filters as 36 matrix products, and transformed back:
 * either block by block of tiles, all within a thread's cache ({@link WinogradBlocks}), or in three phases over the
 * whole batch, where the filters are too large to be read again for every block ({@link WinogradPhases}).
 */
abstract class WinogradKernel implements BilinearKernel {
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
    private final boolean maxima;

    /** @param maxima whether only the largest of two by two pixels are kept */
    WinogradKernel(WinogradGrid grid, WinogradFilters filters, Epilogue epilogue, boolean maxima) {
        this.grid = grid;
        this.filters = filters;
        this.epilogue = epilogue;
        this.maxima = maxima;
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

    /** Whether it is faster in blocks than in phases. */
    static boolean paysInBlocks(WinogradGrid grid, WinogradFilters filters) {
        return grid.tiles() >= MANY_TILES && filters.floats() <= SMALL_FILTERS;
    }

    /** Writes what has become of a tile's sums. */
    final void write(int tile, float[] m, int mo, int step, float[] out, int oo, float[] work, int wo) {
        if (maxima) {
            grid.writeMaxima(tile, m, mo, step, epilogue, out, oo, work, wo);
        } else {
            grid.writeTile(tile, m, mo, step, epilogue, out, oo, work, wo);
        }
    }

    /** What is said of the algorithm behind its name. */
    final String ending() {
        return maxima ? ", maxima kept" : "";
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
