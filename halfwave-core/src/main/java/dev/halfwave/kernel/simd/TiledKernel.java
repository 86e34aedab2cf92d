package dev.halfwave.kernel.simd;

import static dev.halfwave.kernel.simd.Lanes.COUNT;
import static dev.halfwave.kernel.simd.Lanes.PANEL;
import static dev.halfwave.kernel.simd.Lanes.ROWS;

import dev.halfwave.kernel.BilinearKernel;
import java.util.List;

/**
 * A product in tiles: sweeps of rows times packed panels of columns.
 *
 * <p>A task does a run of tiles by a run of panels. Within it, strips of tiles stay in the cache while all panels pass by, one
 * span of terms after the other; the sums of a span are added to what the spans before left in the result.
 */
final class TiledKernel implements BilinearKernel {
    /** Rows in a strip: with a span of terms they fill a quarter of a megabyte. */
    private static final int STRIP = 128 / ROWS;

    private static final float[] ZEROS = new float[PANEL];
    private static final int[] SCRATCH_ROWS = scratchRows();

    private final List<Sweep> sweeps;
    private final List<Packing> packings;
    private final int columns;
    private final int depth;
    private final int panels;
    private final Epilogue epilogue;
    private final int spans;
    private final int spansAtOnce;
    private final int rowFloats;
    private final int outFloats;
    private final Division division;
    private final int addTasks;
    static final int MODE = Integer.getInteger("halfwave.mode", 2);
    private final boolean worthTouching;
    private final boolean rowsAhead;

    /**
     * @param sweeps all rows; together with the columns they cover the result
     * @param packings the packed parts of b, one after the other
     * @param columns columns of a group
     * @param depth what is added to places in a from one group to the next
     */
    TiledKernel(
            List<Sweep> sweeps,
            List<Packing> packings,
            int columns,
            int groups,
            int depth,
            int spansAtOnce,
            long aFloats,
            long bFloats,
            Epilogue epilogue) {
        this.sweeps = sweeps;
        this.packings = packings;
        this.columns = columns;
        this.depth = depth;
        this.epilogue = epilogue;
        spans = sweeps.stream().mapToInt(Sweep::spans).max().orElse(0);
        this.spansAtOnce = Math.min(spansAtOnce, spans);
        panels = Packing.panels(columns);
        rowFloats = groups * columns;
        outFloats = rows(sweeps) * rowFloats;
        boolean alike = sweeps.stream().allMatch(sweep -> sweep.spans() == spans);
        division = Division.of(
                sweeps, new Division.Sizes(aFloats, bFloats, outFloats, groups * panels, alike ? spans : 1));
        rowsAhead = spansAtOnce == Integer.MAX_VALUE;
        worthTouching = (long) rows(sweeps) / division.tileRuns() * groups * panels / division.panelRuns()
                > 0.7 * (depth * groups + rowFloats);
        addTasks = Math.max(1, Math.min(64, Math.min(rows(sweeps), (int) ((long) outFloats * division.parts() >> 16))));
    }

    private static int[] scratchRows() {
        int[] rows = new int[ROWS];
        for (int i = 0; i < ROWS; i++) {
            rows[i] = i * PANEL;
        }
        return rows;
    }

    private static int rows(List<Sweep> sweeps) {
        return sweeps.stream().mapToInt(Sweep::rows).sum();
    }

    @Override
    public int packedFloats() {
        int floats = 0;
        for (Packing packing : packings) {
            floats = Math.addExact(floats, packing.floats());
        }
        return floats;
    }

    @Override
    public int packTasks() {
        int tasks = 0;
        for (Packing packing : packings) {
            tasks += packing.tasks();
        }
        return tasks;
    }

    @Override
    public void pack(float[] b, int bo, float[] packed, int po, int task) {
        int to = po;
        int left = task;
        for (Packing packing : packings) {
            if (left < packing.tasks()) {
                packing.pack(b, bo, packed, to, left);
                return;
            }
            left -= packing.tasks();
            to += packing.floats();
        }
    }

    /** Parts of the sums, and room where tiles that end in the middle of a vector are put together. */
    @Override
    public int scratchFloats() {
        int ragged = columns % COUNT == 0 ? 0 : division.tasks() * ROWS * PANEL;
        return Math.addExact(partFloats() * division.parts(), ragged);
    }

    private int partFloats() {
        return division.parts() == 1 ? 0 : outFloats + 15 & ~15;
    }

    @Override
    public int phases() {
        return division.parts() == 1 ? 1 : 2;
    }

    @Override
    public int tasks(int phase) {
        return phase == 0 ? division.tasks() : addTasks;
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
        int tileRoom = so + partFloats() * division.parts() + task * ROWS * PANEL;
        if (phase == 1) {
            addUp(task, bias, biasO, out, oo, scratch, so);
        } else if (division.parts() == 1) {
            multiply(task, a, ao, packed, po, bias, biasO, out, oo, scratch, tileRoom);
        } else {
            int part = so + division.part(task) * partFloats();
            multiply(task, a, ao, packed, po, bias, biasO, scratch, part, scratch, tileRoom);
        }
    }

    private void multiply(
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
        int endSpan = endSpan(task);
        for (int span = firstSpan(task); span < endSpan; span += spansAtOnce) {
            int first = division.firstTile(task);
            int end = division.endTile(task);
            boolean touched = MODE == 0 || MODE == 2 && !worthTouching;
            for (Sweep sweep : sweeps) {
                for (int tile = Math.max(first, 0); tile < Math.min(end, sweep.tiles()); tile += STRIP) {
                    int stop = Math.min(tile + STRIP, Math.min(end, sweep.tiles()));
                    if (rowsAhead) {
                        sweep.touchRows(a, ao, tile, stop);
                    } else if (!touched) {
                        sweep.touchTerms(a, ao, packed, po, packings.isEmpty() ? rowFloats : 0, span);
                        touched = true;
                    }
                    strip(sweep, tile, stop, span, task, a, ao, packed, po, bias, biasO, out, oo, scratch, so);
                }
                first -= sweep.tiles();
                end -= sweep.tiles();
            }
        }
    }

    private int firstSpan(int task) {
        return (int) ((long) spans * division.part(task) / division.parts());
    }

    private int endSpan(int task) {
        return (int) ((long) spans * (division.part(task) + 1) / division.parts());
    }

    private void addUp(int task, float[] bias, int biasO, float[] out, int oo, float[] scratch, int so) {
        long rows = outFloats / rowFloats;
        int first = (int) (rows * task / addTasks) * rowFloats;
        int end = (int) (rows * (task + 1) / addTasks) * rowFloats;
        System.arraycopy(scratch, so + first, out, oo + first, end - first);
        for (int part = 1; part < division.parts(); part++) {
            Epilogue.add(out, oo + first, scratch, so + part * partFloats() + first, end - first);
        }
        for (int row = first; row < end; row += rowFloats) {
            epilogue.finish(out, oo + row, bias, biasO, rowFloats);
            epilogue.apply(out, oo + row, rowFloats);
        }
    }

    private void strip(
            Sweep sweep,
            int tile,
            int stop,
            int firstSpan,
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
        int endSpan = Math.min(firstSpan + spansAtOnce, Math.min(endSpan(task), sweep.spans()));
        boolean whole = division.parts() == 1;
        for (int span = firstSpan; span < endSpan; span++) {
            for (int panel = division.firstPanel(task); panel < division.endPanel(task); panel++) {
                int bo = po + sweep.packed + panel * sweep.panelFloats + sweep.bShift(span);
                int from = ao + panel / panels * depth + sweep.aShift(span);
                int column = column(panel);
                int width = column(panel + 1) - column;
                boolean fresh = span == firstSpan(task);
                boolean last = whole && span == sweep.spans() - 1;
                if (width == COUNT || width == PANEL) {
                    float[] start = !fresh ? out : whole && epilogue.bias() ? bias : ZEROS;
                    int startO = !fresh ? oo + column : whole && epilogue.bias() ? biasO + column : 0;
                    tiles(
                            sweep,
                            tile,
                            stop,
                            span,
                            fresh,
                            last,
                            width,
                            a,
                            from,
                            packed,
                            bo,
                            start,
                            startO,
                            out,
                            oo + column);
                } else {
                    ragged(sweep, tile, stop, span, fresh, width, a, from, packed, bo, out, oo + column, scratch, so);
                    if (last && epilogue.atOnce()) {
                        finish(sweep, tile, stop, bias, biasO + column, out, oo + column, width);
                    }
                }
            }
        }
        if (whole && endSpan == sweep.spans() && epilogue.later()) {
            int column = column(division.firstPanel(task));
            apply(sweep, tile, stop, out, oo + column, column(division.endPanel(task)) - column);
        }
    }

    /** The first column of a panel in the result. */
    private int column(int panel) {
        return panel / panels * columns + Math.min(columns, panel % panels * PANEL);
    }

    private void tiles(
            Sweep sweep,
            int tile,
            int stop,
            int span,
            boolean fresh,
            boolean last,
            int width,
            float[] a,
            int ao,
            float[] b,
            int bo,
            float[] start,
            int so,
            float[] out,
            int oo) {
        for (int t = tile; t < stop; t++) {
            int row = sweep.row(t);
            int place = sweep.outPlace(row);
            int position = sweep.position(row);
            Tiles.run(
                    width,
                    sweep,
                    row,
                    span,
                    a,
                    ao,
                    b,
                    bo,
                    start,
                    fresh ? so : so + place,
                    fresh ? 0 : -1,
                    out,
                    oo + place,
                    sweep.outRows,
                    position);
        }
        for (int t = tile; t < stop && last; t++) {
            int row = sweep.row(t);
            int count = Math.min(sweep.height(row), sweep.rows() - row);
            epilogue.rectify(out, oo + sweep.outPlace(row), sweep.outRows, sweep.position(row), count, width);
        }
    }

    private static void ragged(
            Sweep sweep,
            int tile,
            int stop,
            int span,
            boolean fresh,
            int width,
            float[] a,
            int ao,
            float[] b,
            int bo,
            float[] out,
            int oo,
            float[] scratch,
            int so) {
        float[] start = fresh ? ZEROS : scratch;
        int mask = fresh ? 0 : -1;
        for (int t = tile; t < stop; t++) {
            int row = sweep.row(t);
            int count = Math.min(sweep.height(row), sweep.rows() - row);
            int at = oo + sweep.outPlace(row);
            int position = sweep.position(row);
            for (int i = 0; i < count && !fresh; i++) {
                System.arraycopy(out, at + sweep.outRows[position + i], scratch, so + i * PANEL, width);
            }
            Tiles.run(width, sweep, row, span, a, ao, b, bo, start, fresh ? 0 : so, mask, scratch, so, SCRATCH_ROWS, 0);
            for (int i = 0; i < count; i++) {
                System.arraycopy(scratch, so + i * PANEL, out, at + sweep.outRows[position + i], width);
            }
        }
    }

    private void finish(Sweep sweep, int tile, int stop, float[] bias, int biasO, float[] out, int oo, int width) {
        int end = stop == sweep.tiles() ? sweep.rows() : sweep.row(stop);
        for (int row = sweep.row(tile); row < end; row++) {
            int at = oo + sweep.outPlace(row) + sweep.outRows[sweep.position(row)];
            epilogue.finish(out, at, bias, biasO, width);
        }
    }

    private void apply(Sweep sweep, int tile, int stop, float[] out, int oo, int width) {
        int end = stop == sweep.tiles() ? sweep.rows() : sweep.row(stop);
        for (int row = sweep.row(tile); row < end; row++) {
            epilogue.apply(out, oo + sweep.outPlace(row) + sweep.outRows[sweep.position(row)], width);
        }
    }
}
