package dev.halfwave.kernel.simd;

/** Winograd's algorithm for 3×3 filters, by the size of what a tile writes. */
enum WinogradForm {
    /** F(2×2, 3×3): 4 ninths of the multiplications, filters 16 ninths as large, 1.4 to 1.7 times the rounding. */
    TWO(2),
    /** F(4×4, 3×3): a quarter of the multiplications, filters four times as large, four to five times the rounding. */
    FOUR(4);

    private final int tile;

    WinogradForm(int tile) {
        this.tile = tile;
    }

    /** Output rows and columns of a tile. */
    int tile() {
        return tile;
    }

    /** Input rows and columns of a tile. */
    int patch() {
        return tile + 2;
    }

    /** Products per tile and pair of channels: the transformed patch's elements. */
    int positions() {
        return patch() * patch();
    }

    /** The position of (1, 1): what is added there is added to every pixel of the tile, which is the place for the bias. */
    int everywhere() {
        return patch() + 1;
    }

    /** Lines of a patch: {@code out = Bᵀ d}. */
    void input(
            float[] d, int from, int step, int line, float[] out, int to, int outStep, int outLine, int lines, int n) {
        for (int l = 0; l < lines; l++) {
            if (this == FOUR) {
                WinogradTransforms.input(d, from + l * line, step, out, to + l * outLine, outStep, n);
            } else {
                SmallTransforms.input(d, from + l * line, step, out, to + l * outLine, outStep, n);
            }
        }
    }

    /** Lines of sums to lines of pixels: {@code out = Aᵀ m}. */
    void output(
            float[] m, int from, int step, int line, float[] out, int to, int outStep, int outLine, int lines, int n) {
        for (int l = 0; l < lines; l++) {
            if (this == FOUR) {
                WinogradTransforms.output(m, from + l * line, step, out, to + l * outLine, outStep, n);
            } else {
                SmallTransforms.output(m, from + l * line, step, out, to + l * outLine, outStep, n);
            }
        }
    }

    /** Lines of filters: {@code out = G w}. */
    void filter(
            float[] w, int from, int step, int line, float[] out, int to, int outStep, int outLine, int lines, int n) {
        for (int l = 0; l < lines; l++) {
            if (this == FOUR) {
                WinogradTransforms.filter(w, from + l * line, step, out, to + l * outLine, outStep, n);
            } else {
                SmallTransforms.filter(w, from + l * line, step, out, to + l * outLine, outStep, n);
            }
        }
    }
}
