package dev.halfwave.kernel.simd;

/**
 * Where the transformed numbers of tiles lie, a row for each tile: positions some floats apart, and within a position the
 * channels in panels of the rows of all tiles.
 *
 * @param channels the length of a row
 * @param tiles rows in a panel
 * @param width channels in a panel, of which the last one may have fewer
 */
record WinogradLayout(int channels, int tiles, int width) {
    /** Positions are kept off multiples of 4 KiB from one another, at which they would collide in the caches. */
    static final int STAGGER = 16;

    /** One panel of all channels. */
    static WinogradLayout rows(int channels, int tiles) {
        return new WinogradLayout(channels, tiles, channels);
    }

    /** Floats from one position to the next. */
    int step() {
        return Math.addExact(Math.multiplyExact(tiles, channels), STAGGER);
    }

    /** Where a channel that begins a panel lies in the row of a tile. */
    int place(int tile, int channel) {
        return tiles * channel + tile * Math.min(width, channels - channel);
    }
}
