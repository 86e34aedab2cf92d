package dev.halfwave.kernel.simd;

import static dev.halfwave.kernel.simd.WinogradGrid.TILE;

import dev.halfwave.kernel.Moments;

/** Takes the statistics of what Winograd's algorithm writes, some tiles at a time. */
final class WinogradStatistics {
    private final WinogradGrid grid;
    private final RunningMoments running;
    private final int[] tiles;
    private final Moments moments;

    /** The places of a tile's pixels, row by row, for tiles of 1, 2, 3 and 4 columns. */
    private final int[][] places = new int[TILE][];

    /** @param tiles the first tile of every task, and the end */
    WinogradStatistics(WinogradGrid grid, int[] tiles) {
        this.grid = grid;
        this.tiles = tiles.clone();
        running = new RunningMoments(grid.k());
        int[] parts = new int[tiles.length - 1];
        int[] starts = new int[parts.length];
        for (int task = 0; task < parts.length; task++) {
            parts[task] = pixels(tiles[task], tiles[task + 1]);
            starts[task] = task * running.floats();
        }
        moments = new Moments(parts, starts);
        for (int columns = 1; columns <= TILE; columns++) {
            int[] pixels = new int[TILE * columns];
            for (int i = 0; i < pixels.length; i++) {
                pixels[i] = (i / columns * grid.ow() + i % columns) * grid.k();
            }
            places[columns - 1] = pixels;
        }
    }

    private int pixels(int tile, int endTile) {
        int count = 0;
        for (int t = tile; t < endTile; t++) {
            count += grid.height(t) * grid.width(t);
        }
        return count;
    }

    /** The floats that all tasks need. */
    int floats() {
        return Math.multiplyExact(tiles.length - 1, running.floats());
    }

    /**
     * Takes in some finished tiles of a task, which must come in order, and finishes with the last of them.
     *
     * @param area the moments of all tasks, from {@code ao}
     */
    void add(int task, int tile, int endTile, float[] out, int oo, float[] area, int ao) {
        int at = ao + task * running.floats();
        int before = pixels(tiles[task], tile);
        int count = pixels(tile, endTile);
        if (before == 0) {
            running.start(out, oo + grid.outPlace(tile), area, at, grid.k());
        }
        running.startBlock(area, at, grid.k());
        for (int t = tile; t < endTile; t++) {
            int[] pixels = places[grid.width(t) - 1];
            int n = grid.height(t) * grid.width(t);
            running.addToSums(out, oo + grid.outPlace(t), pixels, 0, n, area, at, grid.k());
        }
        running.endSums(count, area, at, grid.k());
        for (int t = tile; t < endTile; t++) {
            int[] pixels = places[grid.width(t) - 1];
            int n = grid.height(t) * grid.width(t);
            running.addToSquares(out, oo + grid.outPlace(t), pixels, 0, n, area, at, grid.k());
        }
        running.endBlock(before, count, area, at, grid.k());
        if (endTile == tiles[task + 1]) {
            running.finish(before + count, area, at, grid.k());
        }
    }

    /** The statistics of all channels, when all tasks have finished. */
    void merge(float[] area, int ao, float[] mean, int meanO, float[] variance, int varianceO) {
        int means = ao + running.means();
        int squares = ao + running.squares();
        moments.merge(area, means, area, squares, mean, meanO, variance, varianceO, grid.k());
    }
}
