package dev.halfwave.kernel.simd;

import dev.halfwave.kernel.BilinearKernel;
import dev.halfwave.kernel.ConvGeometry;
import dev.halfwave.tensor.Window;
import org.jspecify.annotations.Nullable;

/** Convolution by {@link InterleavedRows}, with or without a max pool behind it, for which rows stay in the cache. */
final class InterleavedKernel implements BilinearKernel {
    private static final int MOST_TASKS = 64;

    /** Pooled rows that are worth a task: neighbouring tasks both compute the row that their windows share. */
    private static final int POOLED_ROWS = 7;

    /** The windows of ResNet's pool: 3 by 3, two apart, with or without padding. */
    private static final int POOL = 3;

    private record Pool(Window vertical, Window horizontal) {}

    private final ConvGeometry g;
    private final InterleavedRows rows;
    private final @Nullable Pool pool;

    /** Floats of a row of the convolution. */
    private final int rowFloats;

    InterleavedKernel(ConvGeometry g, Epilogue epilogue) {
        this(g, epilogue, null);
    }

    /** With a pool. */
    InterleavedKernel(ConvGeometry g, Epilogue epilogue, Window vertical, Window horizontal) {
        this(g, epilogue, new Pool(vertical, horizontal));
    }

    private InterleavedKernel(ConvGeometry g, Epilogue epilogue, @Nullable Pool pool) {
        this.g = g;
        this.pool = pool;
        rows = new InterleavedRows(g, epilogue);
        rowFloats = g.ow() * g.k();
    }

    /** Whether a pool can be computed along the way. */
    static boolean pools(Window window) {
        return window.size() == POOL
                && window.stride() == 2
                && window.dilation() == 1
                && window.before() <= 1
                && window.after() <= 1;
    }

    @Override
    public String algorithm() {
        return "tiles on interleaved rows" + (pool == null ? "" : ", maxima kept");
    }

    @Override
    public int packedFloats() {
        return rows.packing.floats();
    }

    @Override
    public int packTasks() {
        return rows.packing.tasks();
    }

    @Override
    public void pack(float[] b, int bo, float[] packed, int po, int task) {
        rows.packing.pack(b, bo, packed, po, task);
    }

    @Override
    public int scratchFloats() {
        return rows.turnedFloats();
    }

    @Override
    public int phases() {
        return 2;
    }

    @Override
    public int tasks(int phase) {
        if (phase == 0) {
            return Math.min(MOST_TASKS, rows.parts());
        }
        int tasks = pool == null ? g.n() * g.oh() : (outRows() + POOLED_ROWS - 1) / POOLED_ROWS;
        return Math.min(MOST_TASKS, tasks);
    }

    private int outRows() {
        return g.n() * (pool == null ? g.oh() : pool.vertical.positions(g.oh()));
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
        long all = phase == 0 ? rows.parts() : outRows();
        int first = (int) (all * task / tasks(phase));
        int end = (int) (all * (task + 1) / tasks(phase));
        if (phase == 0) {
            for (int part = first; part < end; part++) {
                rows.turn(part, a, ao, scratch, so);
            }
        } else if (pool == null) {
            float[] work = WorkArea.of(WorkArea.START + rows.workFloats());
            for (int row = first; row < end; row++) {
                int to = oo + row * rowFloats;
                rows.write(
                        row / g.oh(),
                        row % g.oh(),
                        scratch,
                        so,
                        packed,
                        po,
                        bias,
                        biasO,
                        out,
                        to,
                        work,
                        WorkArea.START);
            }
        } else {
            pool(pool.vertical, pool.horizontal, first, end, scratch, so, packed, po, bias, biasO, out, oo);
        }
    }

    /** Rows of maxima: of the three rows that one of them needs, it shares the first with the one before. */
    private void pool(
            Window vertical,
            Window horizontal,
            int first,
            int end,
            float[] scratch,
            int so,
            float[] packed,
            int po,
            float[] bias,
            int biasO,
            float[] out,
            int oo) {
        int spare = WorkArea.START + (POOL + 1) * rowFloats;
        float[] work = WorkArea.of(spare + rows.workFloats());
        int height = vertical.positions(g.oh());
        int width = horizontal.positions(g.ow());
        int computed = -1;
        for (int pooled = first; pooled < end; pooled++) {
            int image = pooled / height;
            int from = Math.max(0, pooled % height * 2 - vertical.before());
            int stop = Math.min(g.oh(), pooled % height * 2 - vertical.before() + POOL);
            for (int row = from; row < stop; row++) {
                if (image * g.oh() + row > computed) {
                    int to = place(row);
                    rows.write(image, row, scratch, so, packed, po, bias, biasO, work, to, work, spare);
                    computed = image * g.oh() + row;
                }
            }
            int line = WorkArea.START + POOL * rowFloats;
            int last = place(stop - 1);
            MaxLoops.first(work, place(from), place(Math.min(from + 1, stop - 1)), last, last, work, line, rowFloats);
            for (int j = 0; j < width; j++) {
                int left = Math.max(0, j * 2 - horizontal.before());
                int right = line + (Math.min(g.ow(), j * 2 - horizontal.before() + POOL) - 1) * g.k();
                int middle = Math.min(line + (left + 1) * g.k(), right);
                int to = oo + (pooled * width + j) * g.k();
                MaxLoops.first(work, line + left * g.k(), middle, right, right, out, to, g.k());
            }
        }
    }

    /** Where a row of the convolution lies while it is needed. */
    private int place(int row) {
        return WorkArea.START + row % POOL * rowFloats;
    }
}
