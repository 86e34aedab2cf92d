package dev.halfwave.kernel.simd;

import static dev.halfwave.kernel.simd.Lanes.COUNT;
import static dev.halfwave.kernel.simd.Lanes.PANEL;
import static dev.halfwave.kernel.simd.Lanes.ROWS;
import static dev.halfwave.kernel.simd.Lanes.SPECIES;

import jdk.incubator.vector.FloatVector;
import org.jspecify.annotations.Nullable;

/**
 * Walks the tiles of one task of a product.
 *
 * <p>Strips of tiles stay in the cache while all panels pass by, one span of terms after the other; the sums of a span
 * are added to what the spans before left in the result.
 */
final class TileLoop {
    /** Tiles in a strip: with a span of terms their rows fill a quarter of a megabyte. */
    private static final int STRIP = 128 / ROWS;

    private static final int TILE_FLOATS = ROWS * PANEL;

    /** Floats of a strip's rows that stay in the second cache while a panel passes by from its first term to its last. */
    private static final int STAYS = 1 << 17;

    /** Floats that a task needs to put tiles together that end in the middle of a vector: a strip of them, and the bias. */
    static final int SCRATCH_FLOATS = STRIP * TILE_FLOATS + PANEL;

    private static final float[] ZEROS = new float[2 * PANEL];
    private static final int[] SCRATCH_ROWS = scratchRows();

    private final Product product;
    private final Division division;
    private final Epilogue epilogue;
    private final @Nullable TileStatistics statistics;

    /** An array: a list would allocate an iterator per task. */
    private final Sweep[] sweeps;

    private final int spans;
    private final boolean readAhead;

    /** @param statistics what takes in finished rows; none if nothing does */
    TileLoop(Product product, Division division, Epilogue epilogue, @Nullable TileStatistics statistics) {
        this.statistics = statistics;
        this.product = product;
        this.division = division;
        this.epilogue = epilogue;
        sweeps = product.sweeps().toArray(Sweep[]::new);
        spans = product.spans();
        readAhead = product.order() == Product.Order.STRIPS || spansAreWorthReading();
    }

    /**
     * Whether reading a span ahead pays: not if the task does too little with it, and not if it does so much with a
     * large one that the first use hardly counts. The limits were measured.
     */
    private boolean spansAreWorthReading() {
        long work = (long) product.rows() / division.tileRuns() * product.panels() / division.panelRuns();
        long floats = (long) product.groups() * product.groupStep() + product.rowFloats();
        return 10 * work > 7 * floats && (work < 2 * floats || floats < 200);
    }

    private static int[] scratchRows() {
        int[] rows = new int[ROWS];
        for (int i = 0; i < ROWS; i++) {
            rows[i] = i * PANEL;
        }
        return rows;
    }

    /**
     * Does a task; the epilogue is left out if the task sums but a part of the terms.
     *
     * @param moments where statistics are kept in the scratch area
     */
    void run(
            int task,
            float[] a,
            int ao,
            float[] b,
            int bo,
            float[] bias,
            int biasO,
            float[] out,
            int oo,
            float[] scratch,
            int so,
            int moments) {
        int end = firstSpan(division.part(task) + 1);
        int step = product.order() == Product.Order.SPANS ? 1 : spans;
        for (int span = firstSpan(division.part(task)); span < end; span += step) {
            sweeps(task, span, Math.min(span + step, end), a, ao, b, bo, bias, biasO, out, oo, scratch, so, moments);
        }
        if (statistics != null) {
            statistics.finish(task, scratch, moments);
        }
    }

    private int firstSpan(int part) {
        return (int) ((long) spans * part / division.parts());
    }

    private void sweeps(
            int task,
            int span,
            int endSpan,
            float[] a,
            int ao,
            float[] b,
            int bo,
            float[] bias,
            int biasO,
            float[] out,
            int oo,
            float[] scratch,
            int so,
            int moments) {
        int first = division.firstTile(task);
        int end = division.endTile(task);
        int rows = 0;
        boolean ahead = readAhead;
        for (Sweep sweep : sweeps) {
            int endTile = Math.min(end, sweep.tiles());
            for (int tile = Math.max(first, 0); tile < endTile; tile += STRIP) {
                int stop = Math.min(tile + STRIP, endTile);
                if (ahead) {
                    readAhead(sweep, tile, stop, span, a, ao, b, bo);
                    ahead = product.order() == Product.Order.STRIPS;
                }
                strip(sweep, tile, stop, task, span, endSpan, a, ao, b, bo, bias, biasO, out, oo, scratch, so);
                if (statistics != null) {
                    statistics.add(task, sweep, tile, stop, rows, out, oo, scratch, moments);
                    rows += sweep.firstRowAfter(stop) - sweep.row(tile);
                }
            }
            first -= sweep.tiles();
            end -= sweep.tiles();
        }
    }

    private void readAhead(Sweep sweep, int tile, int stop, int span, float[] a, int ao, float[] b, int bo) {
        if (product.order() == Product.Order.STRIPS) {
            sweep.touchRows(a, ao, tile, stop);
        } else {
            sweep.touchTerms(a, ao, b, bo, product.packings().isEmpty() ? product.rowFloats() : 0, span);
        }
    }

    private void strip(
            Sweep sweep,
            int tile,
            int stop,
            int task,
            int firstSpan,
            int endSpan,
            float[] a,
            int ao,
            float[] b,
            int bo,
            float[] bias,
            int biasO,
            float[] out,
            int oo,
            float[] scratch,
            int so) {
        boolean whole = division.parts() == 1;
        int end = Math.min(endSpan, sweep.spans());
        if (whole && epilogue.isOnto()) {
            sweep.touchResult(out, oo, product.rowFloats(), tile, stop);
        }
        int first = division.firstPanel(task);
        int endPanel = division.endPanel(task);
        if (sweep.reach(tile, stop) <= STAYS) {
            int panels;
            for (int panel = first; panel < endPanel; panel += panels) {
                panels = product.panelsAtOnce(sweep.order, panel, endPanel);
                for (int span = firstSpan; span < end; span++) {
                    span(sweep, tile, stop, task, span, panel, panels, a, ao, b, bo, bias, biasO, out, oo, scratch, so);
                }
            }
        } else {
            for (int span = firstSpan; span < end; span++) {
                int panels;
                for (int panel = first; panel < endPanel; panel += panels) {
                    panels = product.panelsAtOnce(sweep.order, panel, endPanel);
                    span(sweep, tile, stop, task, span, panel, panels, a, ao, b, bo, bias, biasO, out, oo, scratch, so);
                }
            }
        }
        if (whole && end == sweep.spans() && epilogue.later()) {
            int column = product.column(division.firstPanel(task));
            apply(sweep, tile, stop, product.column(division.endPanel(task)) - column, out, oo + column);
        }
    }

    /** One span of terms in one panel, or in two. */
    private void span(
            Sweep sweep,
            int tile,
            int stop,
            int task,
            int span,
            int panel,
            int panels,
            float[] a,
            int ao,
            float[] b,
            int bo,
            float[] bias,
            int biasO,
            float[] out,
            int oo,
            float[] scratch,
            int so) {
        boolean whole = division.parts() == 1;
        boolean fresh = span == firstSpan(division.part(task)) && !(whole && epilogue.isOnto());
        boolean last = whole && span == sweep.spans() - 1;
        int from = ao + panel / product.groupPanels() * product.groupStep() + sweep.aShift(span);
        int with = bo + sweep.packed + panel * sweep.panelFloats + sweep.bShift(span);
        int column = product.column(panel);
        int width = product.column(panel + panels) - column;
        int to = oo + column;
        if (width != COUNT && width % PANEL != 0) {
            if (whole && epilogue.bias()) {
                System.arraycopy(bias, biasO + column, scratch, so + STRIP * TILE_FLOATS, width);
            }
            ragged(sweep, tile, stop, span, fresh, whole, last, width, a, from, b, with, out, to, scratch, so);
            return;
        }
        if (!fresh) {
            tiles(sweep, tile, stop, span, width, a, from, b, with, out, to, -1, out, to);
        } else if (whole && epilogue.bias()) {
            tiles(sweep, tile, stop, span, width, a, from, b, with, bias, biasO + column, 0, out, to);
        } else {
            tiles(sweep, tile, stop, span, width, a, from, b, with, ZEROS, 0, 0, out, to);
        }
        if (last) {
            finish(sweep, tile, stop, width, bias, biasO + column, out, to);
        }
    }

    /** Tiles of whole vectors. */
    private static void tiles(
            Sweep sweep,
            int tile,
            int stop,
            int span,
            int width,
            float[] a,
            int ao,
            float[] b,
            int bo,
            float[] start,
            int so,
            int mask,
            float[] out,
            int oo) {
        for (int t = tile; t < stop; t++) {
            int row = sweep.row(t);
            int place = sweep.outPlace(row);
            int from = so + (place & mask);
            int position = sweep.position(row);
            Tiles.run(
                    width, sweep, row, span, a, ao, b, bo, start, from, mask, out, oo + place, sweep.outRows, position);
        }
    }

    /**
     * Tiles that end in the middle of a vector are put together elsewhere: their neighbours' columns are no room for
     * them. The bias lies behind them, with any content after its last number.
     */
    private void ragged(
            Sweep sweep,
            int tile,
            int stop,
            int span,
            boolean fresh,
            boolean whole,
            boolean last,
            int width,
            float[] a,
            int ao,
            float[] b,
            int bo,
            float[] out,
            int oo,
            float[] scratch,
            int so) {
        int bias = so + STRIP * TILE_FLOATS;
        boolean biased = whole && epilogue.bias();
        for (int t = tile; t < stop; t++) {
            int row = sweep.row(t);
            int at = so + (t - tile) * TILE_FLOATS;
            if (!fresh) {
                copyIn(sweep, row, out, oo, scratch, at, width);
                Tiles.run(width, sweep, row, span, a, ao, b, bo, scratch, at, -1, scratch, at, SCRATCH_ROWS, 0);
            } else if (biased) {
                Tiles.run(width, sweep, row, span, a, ao, b, bo, scratch, bias, 0, scratch, at, SCRATCH_ROWS, 0);
            } else {
                Tiles.run(width, sweep, row, span, a, ao, b, bo, ZEROS, 0, 0, scratch, at, SCRATCH_ROWS, 0);
            }
        }
        for (int t = tile; last && t < stop; t++) {
            int at = so + (t - tile) * TILE_FLOATS;
            int count = sweep.count(sweep.row(t));
            epilogue.finish(scratch, at, SCRATCH_ROWS, 0, count, width, scratch, bias);
        }
        for (int t = tile; t < stop; t++) {
            copyOut(sweep, sweep.row(t), out, oo, scratch, so + (t - tile) * TILE_FLOATS, width);
        }
    }

    private static void copyIn(Sweep sweep, int row, float[] out, int oo, float[] scratch, int so, int width) {
        int at = oo + sweep.outPlace(row);
        int position = sweep.position(row);
        for (int i = 0; i < sweep.count(row); i++) {
            System.arraycopy(out, at + sweep.outRows[position + i], scratch, so + i * PANEL, width);
        }
    }

    private static void copyOut(Sweep sweep, int row, float[] out, int oo, float[] scratch, int so, int width) {
        int at = oo + sweep.outPlace(row);
        int position = sweep.position(row);
        int count = sweep.count(row);
        int first = sweep.outRows[position];
        boolean dense = sweep.outRows[position + count - 1] - first == (count - 1) * width;
        int done = dense ? copyDense(out, at + first, scratch, so, width, count) : 0;
        for (int i = done; i < count; i++) {
            System.arraycopy(scratch, so + i * PANEL, out, at + sweep.outRows[position + i], width);
        }
    }

    /**
     * Copies rows that follow one another in whole vectors: what is too much goes where the next rows come. Returns the
     * first row of those at the end for which that would be too far.
     */
    private static int copyDense(float[] out, int oo, float[] scratch, int so, int width, int count) {
        int reach = width < COUNT ? COUNT : PANEL;
        int i = 0;
        for (; i * width + reach <= count * width; i++) {
            int to = oo + i * width;
            int from = so + i * PANEL;
            FloatVector.fromArray(SPECIES, scratch, from).intoArray(out, to);
            if (width > COUNT) {
                FloatVector.fromArray(SPECIES, scratch, from + COUNT).intoArray(out, to + COUNT);
            }
        }
        return i;
    }

    /** Not tile by tile: reading what was written but a moment ago holds up the next tile. */
    private void finish(Sweep sweep, int tile, int stop, int width, float[] bias, int biasO, float[] out, int oo) {
        for (int t = tile; t < stop; t++) {
            int row = sweep.row(t);
            int count = sweep.count(row);
            epilogue.finish(
                    out, oo + sweep.outPlace(row), sweep.outRows, sweep.position(row), count, width, bias, biasO);
        }
    }

    private void apply(Sweep sweep, int tile, int stop, int width, float[] out, int oo) {
        for (int row = sweep.row(tile); row < sweep.firstRowAfter(stop); row++) {
            epilogue.apply(out, oo + sweep.outPlaceOf(row), width);
        }
    }
}
