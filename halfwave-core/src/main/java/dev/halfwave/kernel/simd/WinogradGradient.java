package dev.halfwave.kernel.simd;

import static dev.halfwave.kernel.simd.Lanes.PANEL;
import static dev.halfwave.kernel.simd.Lanes.ROWS;

/**
 * The gradient of 3×3 filters by the adjoint of Winograd's algorithm: {@code dU = Σ Vᵀ · (A dY Aᵀ)} over all tiles,
 * with V the transformed patches, and {@code dW = Gᵀ dU G}.
 *
 * <p>Tiles are taken in chunks that stay in the cache. All of a chunk are transformed before its products are added to the
 * sums, position by position; when all chunks are done, the sums are transformed.
 */
final class WinogradGradient extends UnpackedKernel {
    /** Enough to make it worth reading and writing the sums again, and few enough to stay in the cache. */
    private static final int CHUNK_TILES = 64;

    /** Input channels whose transformed patches lie side by side. */
    private static final int ROW_PANEL = 4 * ROWS;

    /** What transforming a number costs, in multiplications of one. */
    private static final double TRANSFORMING = 24;

    /** What a pair of channels costs in the same unit, whose sums are four times as many as its filter elements. */
    private static final double SUMMING = 1600;

    /** How much must be saved to be sure. */
    private static final double MARGIN = 0.87;

    private static final int PATCH = WinogradForm.FOUR.patch();
    private static final int POSITIONS = WinogradForm.FOUR.positions();
    private static final int MOST_TASKS = 32;
    private static final float[] ZEROS = new float[PANEL];

    private final WinogradGrid grid;
    private final int chunks;
    private final int chunk;
    private final WinogradLayout patches;
    private final WinogradLayout gradients;
    private final WinogradLayout sums;

    /** Channels as rows, tiles as terms; the first span is a whole chunk's, the second the last chunk's. */
    private final Sweep whole;

    private final Sweep rest;

    WinogradGradient(WinogradGrid grid) {
        this.grid = grid;
        chunks = (grid.tiles() + CHUNK_TILES - 1) / CHUNK_TILES;
        chunk = (grid.tiles() + chunks - 1) / chunks;
        patches = new WinogradLayout(grid.c(), chunk, ROW_PANEL);
        gradients = new WinogradLayout((grid.k() + PANEL - 1) / PANEL * PANEL, chunk, PANEL);
        sums = WinogradLayout.rows(grid.k(), grid.c());
        whole = sweep(Math.min(grid.c(), ROW_PANEL));
        rest = grid.c() % ROW_PANEL == 0 ? whole : sweep(grid.c() % ROW_PANEL);
    }

    private Sweep sweep(int height) {
        int[] channels = new int[height];
        int[] results = new int[height];
        for (int row = 0; row < height; row++) {
            channels[row] = row;
            results[row] = sums.place(row, 0);
        }
        int[] terms = new int[2 * chunk];
        for (int t = 0; t < chunk; t++) {
            terms[2 * t] = t * height;
            terms[2 * t + 1] = t * PANEL;
        }
        int[] spans = {0, chunk, 0, 0, 0, count(chunks - 1), 0, 0};
        return new Sweep(Sweep.Order.NEIGHBOURING_ROWS, channels, results, 1, 0, 0, terms, spans, 0, PANEL);
    }

    /** About what it takes for scratch. */
    static long floats(WinogradGrid grid) {
        int tiles = Math.min(grid.tiles(), CHUNK_TILES);
        return POSITIONS * ((long) tiles * (grid.c() + grid.k()) + (long) grid.c() * grid.k());
    }

    /** Whether it is faster than a direct sum: counted in multiplications of a pair of channels. */
    static boolean pays(WinogradGrid grid) {
        double transforms = TRANSFORMING / grid.c() + TRANSFORMING / grid.k();
        double direct = 9.0 * grid.n() * grid.oh() * grid.ow();
        return POSITIONS * grid.tiles() * (1 + transforms) + SUMMING < MARGIN * direct;
    }

    @Override
    public String algorithm() {
        return "winograd";
    }

    @Override
    public int scratchFloats() {
        int each = Math.addExact(sums.step(), Math.addExact(patches.step(), gradients.step()));
        return Math.multiplyExact(POSITIONS, each);
    }

    @Override
    public int phases() {
        return 2 * chunks + 1;
    }

    @Override
    public int tasks(int phase) {
        if (phase == 2 * chunks) {
            return Math.min(MOST_TASKS, grid.c());
        }
        return phase % 2 == 0 ? Math.min(MOST_TASKS, chunk) : POSITIONS;
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
        if (phase == 2 * chunks) {
            write(task, scratch, so, dw, dwo);
        } else if (phase % 2 == 0) {
            read(phase / 2, task, x, xo, dy, dyo, scratch, so + POSITIONS * sums.step());
        } else {
            int v = so + POSITIONS * sums.step();
            multiply(phase / 2, task, scratch, v, v + POSITIONS * patches.step(), so);
        }
    }

    /** The number of tiles in a chunk. */
    private int count(int number) {
        return Math.min(chunk, grid.tiles() - number * chunk);
    }

    private void read(int number, int task, float[] x, int xo, float[] dy, int dyo, float[] scratch, int v) {
        float[] work = WorkArea.of(WorkArea.START + grid.workFloats());
        int w = v + POSITIONS * patches.step();
        int tasks = tasks(2 * number);
        int end = count(number) * (task + 1) / tasks;
        for (int t = count(number) * task / tasks; t < end; t++) {
            int tile = number * chunk + t;
            grid.readPatch(tile, x, xo, t, patches, scratch, v, work, WorkArea.START);
            grid.readTile(tile, dy, dyo, t, gradients, scratch, w, work, WorkArea.START);
        }
    }

    /** {@code sums = Vᵀ·W} at one position for the first chunk; others are added. */
    private void multiply(int number, int position, float[] scratch, int vs, int ws, int us) {
        int span = number == chunks - 1 ? 1 : 0;
        int u = us + position * sums.step();
        for (int c = 0; c < grid.c(); c += ROW_PANEL) {
            Sweep sweep = c + ROW_PANEL <= grid.c() ? whole : rest;
            int v = vs + position * patches.step() + patches.place(0, c);
            for (int k = 0; k < grid.k(); k += PANEL) {
                int w = ws + position * gradients.step() + gradients.place(0, k);
                multiply(
                        sweep,
                        span,
                        Math.min(PANEL, grid.k() - k),
                        number == 0,
                        scratch,
                        v,
                        w,
                        u + sums.place(c, 0) + k);
            }
        }
    }

    private static void multiply(
            Sweep sweep, int span, int width, boolean fresh, float[] scratch, int v, int w, int u) {
        float[] start = fresh ? ZEROS : scratch;
        int so = fresh ? 0 : u;
        int mask = fresh ? 0 : -1;
        for (int t = 0; t < sweep.tiles(); t++) {
            int row = sweep.row(t);
            Tiles.run(width, sweep, row, span, scratch, v, scratch, w, start, so, mask, scratch, u, sweep.outRows, row);
        }
    }

    /** Transforms the sums of some input channels. */
    private void write(int task, float[] scratch, int u, float[] dw, int dwo) {
        int k = grid.k();
        int line = PATCH * k;
        int step = sums.step();
        int half = WorkArea.START;
        float[] work = WorkArea.of(half + 3 * line);
        int end = grid.c() * (task + 1) / tasks(2 * chunks);
        for (int c = grid.c() * task / tasks(2 * chunks); c < end; c++) {
            int from = u + sums.place(c, 0);
            int to = dwo + c * k;
            int row = grid.c() * k;
            WinogradTransforms.filterGradient(scratch, from, PATCH * step, step, work, half, line, k, PATCH, k);
            WinogradTransforms.filterGradient(work, half, k, line, dw, to, row, 3 * row, 3, k);
        }
    }
}
