package dev.halfwave.kernel.simd;

import static dev.halfwave.kernel.simd.Lanes.PANEL;
import static dev.halfwave.kernel.simd.WinogradKernel.STAGGER;

/**
 * The gradient of 3×3 filters by the adjoint of Winograd's algorithm: {@code dU = Σ Vᵀ · (A dY Aᵀ)} over all tiles,
 * with V the transformed patches, and {@code dW = Gᵀ dU G}.
 *
 * <p>The tiles are divided into parts, each with sums of its own in scratch, which stay in the second cache; a second
 * phase adds them up in order.
 */
final class WinogradGradient extends UnpackedKernel {
    /** Sums of a part that stay in the cache. */
    private static final int MOST_SUMS = 36 * 64 * 96;

    private static final int LEAST_CHANNELS = 32;

    /** Tiles that pay for a part of their own, whose sums are written and read again. */
    private static final int PART_TILES = 48;

    private static final int PATCH = WinogradForm.FOUR.patch();
    private static final int POSITIONS = WinogradForm.FOUR.positions();
    private static final int MOST_PARTS = 16;

    /** Floats of a block's transformed patches and gradients. */
    private static final int BLOCK_FLOATS = 3 << 16;

    private static final int ADD_TASKS = 16;
    private static final float[] ZEROS = new float[PANEL];

    private final WinogradGrid grid;
    private final int parts;
    private final int block;
    private final int vStep;
    private final int wStep;
    private final int sumStep;

    /** Channels as rows, tiles as terms; the span of number t takes t + 1 of them. */
    private final Sweep sweep;

    WinogradGradient(WinogradGrid grid) {
        this.grid = grid;
        parts = parts(grid);
        int partTiles = (grid.tiles() + parts - 1) / parts;
        block = Math.min(partTiles, Math.max(8, BLOCK_FLOATS / (POSITIONS * (grid.c() + grid.k()))));
        vStep = block * grid.c() + STAGGER;
        wStep = block * grid.k() + STAGGER;
        sumStep = Math.addExact(Math.multiplyExact(grid.c(), grid.k()), STAGGER);
        sweep = sweep();
    }

    private Sweep sweep() {
        int[] channels = new int[grid.c()];
        int[] sums = new int[grid.c()];
        for (int c = 0; c < grid.c(); c++) {
            channels[c] = c;
            sums[c] = c * grid.k();
        }
        int[] terms = new int[2 * block];
        int[] spans = new int[4 * block];
        for (int t = 0; t < block; t++) {
            terms[2 * t] = t * grid.c();
            terms[2 * t + 1] = t * grid.k();
            spans[4 * t + 1] = t + 1;
        }
        return new Sweep(Sweep.Order.NEIGHBOURING_ROWS, channels, sums, 1, 0, 0, terms, spans, 0, PANEL);
    }

    private static int parts(WinogradGrid grid) {
        return Math.max(1, Math.min(MOST_PARTS, grid.tiles() / PART_TILES));
    }

    /** About what it takes for scratch. */
    static long floats(WinogradGrid grid) {
        return (long) parts(grid) * POSITIONS * grid.c() * grid.k();
    }

    /** Whether it is faster than a direct sum. */
    static boolean pays(WinogradGrid grid) {
        return (long) POSITIONS * grid.c() * grid.k() <= MOST_SUMS
                && grid.tiles() >= MOST_PARTS * PART_TILES
                && Math.min(grid.c(), grid.k()) >= LEAST_CHANNELS;
    }

    @Override
    public String algorithm() {
        return "winograd";
    }

    @Override
    public int scratchFloats() {
        return Math.multiplyExact(parts, Math.multiplyExact(POSITIONS, sumStep));
    }

    @Override
    public int phases() {
        return 2;
    }

    @Override
    public int tasks(int phase) {
        return phase == 0 ? parts : Math.min(ADD_TASKS, grid.c());
    }

    @Override
    public void run(
            int phase,
            int task,
            float[] x,
            int xo,
            float[] dy,
            int dyo,
            float[] bias,
            int biasO,
            float[] dw,
            int dwo,
            float[] scratch,
            int so) {
        if (phase == 0) {
            sum(task, x, xo, dy, dyo, scratch, so + task * POSITIONS * sumStep);
        } else {
            int end = (int) ((long) grid.c() * (task + 1) / tasks(1));
            for (int c = (int) ((long) grid.c() * task / tasks(1)); c < end; c++) {
                addUp(c, scratch, so, dw, dwo);
            }
        }
    }

    private void sum(int part, float[] x, int xo, float[] dy, int dyo, float[] sums, int so) {
        int w = WorkArea.START + POSITIONS * vStep;
        int spare = w + POSITIONS * wStep;
        float[] work = WorkArea.of(spare + grid.workFloats());
        int start = (int) ((long) grid.tiles() * part / parts);
        int end = (int) ((long) grid.tiles() * (part + 1) / parts);
        for (int first = start; first < end; first += block) {
            int count = Math.min(block, end - first);
            for (int t = 0; t < count; t++) {
                grid.readPatch(first + t, x, xo, work, WorkArea.START + t * grid.c(), vStep, work, spare);
                grid.readTile(first + t, dy, dyo, work, w + t * grid.k(), wStep, work, spare);
            }
            for (int position = 0; position < POSITIONS; position++) {
                int v = WorkArea.START + position * vStep;
                multiply(count, first == start, work, v, w + position * wStep, sums, so + position * sumStep);
            }
        }
    }

    /** {@code sums = Vᵀ·W} at one position, or adds to them. */
    private void multiply(int tiles, boolean fresh, float[] work, int v, int w, float[] sums, int so) {
        for (int k = 0; k < grid.k(); k += PANEL) {
            int width = Math.min(PANEL, grid.k() - k);
            for (int t = 0; t < sweep.tiles(); t++) {
                int row = sweep.row(t);
                int span = tiles - 1;
                if (fresh) {
                    Tiles.run(
                            width,
                            sweep,
                            row,
                            span,
                            work,
                            v,
                            work,
                            w + k,
                            ZEROS,
                            0,
                            0,
                            sums,
                            so + k,
                            sweep.outRows,
                            row);
                } else {
                    Tiles.run(
                            width,
                            sweep,
                            row,
                            span,
                            work,
                            v,
                            work,
                            w + k,
                            sums,
                            so + k,
                            -1,
                            sums,
                            so + k,
                            sweep.outRows,
                            row);
                }
            }
        }
    }

    /** Adds up the parts of one input channel and transforms what comes out. */
    private void addUp(int c, float[] scratch, int so, float[] dw, int dwo) {
        int k = grid.k();
        int half = WorkArea.START + POSITIONS * k;
        float[] work = WorkArea.of(half + 3 * PATCH * k);
        for (int position = 0; position < POSITIONS; position++) {
            int to = WorkArea.START + position * k;
            int from = so + position * sumStep + c * k;
            System.arraycopy(scratch, from, work, to, k);
            for (int part = 1; part < parts; part++) {
                Epilogue.add(work, to, scratch, from + part * POSITIONS * sumStep, k);
            }
        }
        int line = PATCH * k;
        WinogradTransforms.filterGradient(work, WorkArea.START, line, 0, work, half, line, 0, 1, line);
        WinogradTransforms.filterGradient(work, half, k, line, dw, dwo + c * k, grid.c() * k, 3 * grid.c() * k, 3, k);
    }
}
