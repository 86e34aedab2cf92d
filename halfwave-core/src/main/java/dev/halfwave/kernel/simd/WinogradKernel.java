package dev.halfwave.kernel.simd;

import dev.halfwave.kernel.StatisticsKernel;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Convolution by Winograd's algorithm F(4×4, 3×3) or F(2×2, 3×3), with a quarter or 4 ninths of the multiplications of a
 * direct sum.
 *
 * <p>Patches are transformed, multiplied with the transformed filters as 36 or 16 matrix products, and transformed back:
 * either block by block of tiles, all within a thread's cache ({@link WinogradBlocks}), or in three phases over the
 * whole batch, where the filters are too large to be read again for every block ({@link WinogradPhases}).
 */
abstract class WinogradKernel implements StatisticsTaker {
    /** Filters that leave room in the second and third cache. */
    private static final int SMALL_FILTERS = 1 << 20;

    private static final int LEAST_CHANNELS = 32;

    /** What transforming a number costs, in multiplications of one. */
    private static final double TRANSFORMING = 18;

    /** What reading a filter's number costs in the same unit, from memory and from the cache. */
    private static final double READING = 24;

    private static final double READING_SMALL = 2;

    /** What two more phases cost. */
    private static final double PHASES = 600_000;

    /** How much must be saved to be sure. */
    private static final double MARGIN = 0.87;

    /** Tiles from which on there are blocks enough for many threads. */
    private static final int MANY_TILES = 192;

    final WinogradGrid grid;
    final WinogradFilters filters;
    final Epilogue epilogue;
    private final boolean maxima;

    /** What takes in finished tiles; null if nothing does. */
    final @Nullable WinogradStatistics statistics;

    /** @param maxima whether only the largest of two by two pixels are kept */
    WinogradKernel(
            WinogradGrid grid,
            WinogradFilters filters,
            Epilogue epilogue,
            boolean maxima,
            @Nullable WinogradStatistics statistics) {
        this.statistics = statistics;
        this.grid = grid;
        this.filters = filters;
        this.epilogue = epilogue;
        this.maxima = maxima;
    }

    /**
     * The size of tiles that is fastest for a convolution, or nothing if a direct sum is: larger tiles save more
     * multiplications and read larger filters, which few tiles have to pay for.
     *
     * @param four its tiles of 4×4
     * @param two its tiles of 2×2
     */
    static Optional<WinogradForm> best(WinogradGrid four, WinogradGrid two) {
        double direct = 9 * (four.n() * four.oh() * four.ow() + reading(9L * four.c() * four.k()));
        WinogradGrid better = cost(four) <= cost(two) ? four : two;
        boolean pays = Math.min(four.c(), four.k()) >= LEAST_CHANNELS && cost(better) < MARGIN * direct;
        return pays ? Optional.of(better.form()) : Optional.empty();
    }

    /** In multiplications of a pair of channels. */
    private static double cost(WinogradGrid grid) {
        double transforms = TRANSFORMING / grid.c() + TRANSFORMING / grid.k();
        int positions = grid.form().positions();
        double tiles = (grid.tiles() + 3) / 4 * 4 * (1 + transforms);
        long pairs = (long) grid.c() * grid.k();
        return positions * (tiles + reading(positions * pairs)) + PHASES / pairs;
    }

    private static double reading(long floats) {
        return floats <= SMALL_FILTERS ? READING_SMALL : READING;
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

    /** What it is called. */
    final String called(String manner) {
        String tiles = grid.form() == WinogradForm.FOUR ? "winograd" : "winograd of 2×2";
        return tiles + " in " + manner + (maxima ? ", maxima kept" : "");
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
