package dev.halfwave.kernel.simd;

import static dev.halfwave.kernel.simd.Lanes.PANEL;

/**
 * A matrix product whose terms are neighbours, with a packed matrix: as one position of Winograd's algorithm has it, transformed
 * patches, a row for each tile, times transformed filters.
 *
 * <p>Rows are taken in blocks that stay in the cache while all panels pass by.
 */
final class PanelProduct {
    private static final float[] ZEROS = new float[2 * PANEL];

    private final int k;
    private final int rows;
    private final int block;
    private final int vRow;
    private final int mRow;
    private final Sweep whole;
    private final Sweep rest;

    /**
     * @param c terms of a sum
     * @param rowStep from one row to the next in v
     * @param k columns, and the length of a row in m
     * @param rows rows at most
     * @param block rows in a block
     * @param panelFloats floats of a panel of the filters
     */
    PanelProduct(int c, int rowStep, int k, int rows, int block, int panelFloats) {
        this.k = k;
        this.rows = rows;
        this.block = block;
        vRow = rowStep;
        mRow = k;
        whole = sweep(block, c, panelFloats);
        rest = sweep(rows % block == 0 ? block : rows % block, c, panelFloats);
    }

    private Sweep sweep(int height, int c, int panelFloats) {
        int[] in = new int[height];
        int[] out = new int[height];
        for (int i = 0; i < height; i++) {
            in[i] = i * vRow;
            out[i] = i * mRow;
        }
        int[] terms = new int[2 * c];
        for (int t = 0; t < c; t++) {
            terms[2 * t] = t;
            terms[2 * t + 1] = t * PANEL;
        }
        return new Sweep(Sweep.Order.NEIGHBOURING_TERMS, in, out, 1, 0, 0, terms, Sweep.cut(0, c), 0, panelFloats);
    }

    /** The number of blocks. */
    int blocks() {
        return (rows + block - 1) / block;
    }

    /** The first row of a block, or the end. */
    int row(int b) {
        return Math.min(rows, b * block);
    }

    /** How many of the panels a tile takes where there are more than one. */
    int panelsAtOnce() {
        return Tiles.panelsAtOnce(whole.order);
    }

    /** The number of panels. */
    int panels() {
        return (k + PANEL - 1) / PANEL;
    }

    /**
     * Multiplies one block, with some of the panels.
     *
     * @param b the block's number
     * @param v its rows, from {@code vo}
     * @param packed the panels of one position, from {@code po}
     * @param bias what every row's sum starts from, or nothing
     * @param m its rows of the result, from {@code mo}
     */
    void run(
            int b,
            int firstPanel,
            int endPanel,
            float[] v,
            int vo,
            float[] packed,
            int po,
            boolean biased,
            float[] bias,
            int biasO,
            float[] m,
            int mo) {
        Sweep sweep = row(b + 1) - row(b) == block ? whole : rest;
        float[] start = biased ? bias : ZEROS;
        int atOnce;
        for (int panel = firstPanel; panel < endPanel; panel += atOnce) {
            atOnce = Tiles.panelsAtOnce(sweep.order, endPanel - panel, k - panel * PANEL);
            int width = Math.min(atOnce * PANEL, k - panel * PANEL);
            int with = po + panel * sweep.panelFloats;
            int to = mo + panel * PANEL;
            int from = biased ? biasO + panel * PANEL : 0;
            for (int t = 0; t < sweep.tiles(); t++) {
                int row = sweep.row(t);
                Tiles.run(width, sweep, row, 0, v, vo, packed, with, start, from, 0, m, to, sweep.outRows, row);
                for (int span = 1; span < sweep.spans(); span++) {
                    Tiles.run(width, sweep, row, span, v, vo, packed, with, m, to, -1, m, to, sweep.outRows, row);
                }
            }
        }
    }
}
