package dev.halfwave.kernel.simd;

import dev.halfwave.kernel.Moments;

/** Takes the statistics of what Winograd's algorithm writes, some tiles at a time. */
final class WinogradStatistics {
    private final WinogradGrid grid;
    private final RunningMoments running;
    private final int[] tiles;
    private final Moments moments;

    /** Pixels of all tiles before a given one. */
    private final int[] pixels;

    /** The places of pixels, tile by tile, in a row of tiles of full height, and in the last row of an image. */
    private final int[] whole;

    private final int[] last;

    /** @param tiles the first tile of every task, and the end */
    WinogradStatistics(WinogradGrid grid, int[] tiles) {
        this.grid = grid;
        this.tiles = tiles.clone();
        running = new RunningMoments(grid.k());
        pixels = new int[grid.tiles() + 1];
        for (int tile = 0; tile < grid.tiles(); tile++) {
            pixels[tile + 1] = pixels[tile] + grid.height(tile) * grid.width(tile);
        }
        int[] parts = new int[tiles.length - 1];
        int[] starts = new int[parts.length];
        for (int task = 0; task < parts.length; task++) {
            parts[task] = pixels[tiles[task + 1]] - pixels[tiles[task]];
            starts[task] = task * running.floats();
        }
        moments = new Moments(parts, starts);
        whole = places(grid.form().tile());
        last = places(grid.height(grid.tiles() - 1));
    }

    private int[] places(int height) {
        int[] places = new int[height * grid.ow()];
        for (int i = 0; i < places.length; i++) {
            int tile = i / (height * grid.form().tile());
            int width = grid.width(tile);
            int pixel = i - tile * height * grid.form().tile();
            places[i] = (pixel / width * grid.ow() + tile * grid.form().tile() + pixel % width) * grid.k();
        }
        return places;
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
        int next = tile;
        if (tile == tiles[task]) {
            next = tile + RunningMoments.share(endTile - tile);
            running.start(out, oo + grid.outPlace(tile), area, at, grid.k());
            block(0, tile, next, out, oo, area, at);
        }
        if (next < endTile) {
            block(pixels[next] - pixels[tiles[task]], next, endTile, out, oo, area, at);
        }
        if (endTile == tiles[task + 1]) {
            running.finish(pixels[endTile] - pixels[tiles[task]], area, at, grid.k());
        }
    }

    private void block(int before, int tile, int endTile, float[] out, int oo, float[] area, int at) {
        int count = pixels[endTile] - pixels[tile];
        running.startBlock(before, area, at, grid.k());
        addRows(tile, endTile, out, oo, area, at);
        if (RunningMoments.needsOrigin(before, count)) {
            running.restartBlock(count, area, at, grid.k());
            addRows(tile, endTile, out, oo, area, at);
        }
        running.endBlock(before, count, area, at, grid.k());
    }

    /** Tiles that are neighbours in a row come in one go. */
    private void addRows(int tile, int endTile, float[] out, int oo, float[] area, int at) {
        for (int t = tile, next; t < endTile; t = next) {
            int start = t - t % grid.tileColumns();
            next = Math.min(endTile, start + grid.tileColumns());
            int[] places = grid.height(t) == grid.form().tile() ? whole : last;
            int first = pixels[t] - pixels[start];
            running.add(out, oo + grid.outPlace(start), places, first, pixels[next] - pixels[t], area, at, grid.k());
        }
    }

    /** The statistics of all channels, when all tasks have finished. */
    void merge(float[] area, int ao, float[] mean, int meanO, float[] variance, int varianceO) {
        int means = ao + running.means();
        int squares = ao + running.squares();
        moments.merge(area, means, area, squares, mean, meanO, variance, varianceO, grid.k());
    }
}
