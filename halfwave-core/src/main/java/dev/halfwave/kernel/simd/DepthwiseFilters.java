package dev.halfwave.kernel.simd;

import static dev.halfwave.kernel.simd.Lanes.COUNT;

import dev.halfwave.kernel.ConvGeometry;
import java.util.Arrays;
import java.util.List;

/**
 * The gradient of a depthwise convolution's filters: a task sums one run of channels over some of the images, and a
 * second phase adds up these parts in order.
 *
 * <p>If the channels do not fill the last vector, it begins early, and the channels it has in common with the one
 * before are left out when parts are added up.
 */
final class DepthwiseFilters extends UnpackedKernel {
    private static final int TILE = DepthwiseTile.ROWS;

    /** Multiply-adds that are worth a task, about 20 µs where memory sets the pace. */
    private static final long TASK_TERMS = 200_000;

    private static final int MOST_TASKS = 32;

    private final ConvGeometry g;
    /** An array: a list would allocate an iterator per task. */
    private final Sweep[] sweeps;

    private final int taps;
    private final int blocks;
    private final int blockRuns;
    private final int parts;

    DepthwiseFilters(ConvGeometry g, List<Sweep> sweeps) {
        this.g = g;
        this.sweeps = sweeps.toArray(Sweep[]::new);
        taps = g.r() * g.s();
        blocks = (g.c() + COUNT - 1) / COUNT;
        long wanted = Math.max(1, Math.min(MOST_TASKS, g.flops() / 2 / TASK_TERMS));
        parts = (int) Math.min(g.n(), wanted);
        blockRuns = (int) Math.min(blocks, (wanted + parts - 1) / parts);
    }

    /** Channels of the sums, which are whole vectors. */
    static int paddedChannels(ConvGeometry g) {
        return (g.c() + COUNT - 1) / COUNT * COUNT;
    }

    @Override
    public String algorithm() {
        return "depthwise";
    }

    @Override
    public int scratchFloats() {
        return parts * partFloats();
    }

    private int partFloats() {
        return taps * blocks * COUNT;
    }

    @Override
    public int phases() {
        return 2;
    }

    @Override
    public int tasks(int phase) {
        return phase == 0 ? parts * blockRuns : 1;
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
            int part = task / blockRuns;
            int first = (int) ((long) blocks * (task % blockRuns) / blockRuns);
            int end = (int) ((long) blocks * (task % blockRuns + 1) / blockRuns);
            sum(part, first, end, x, xo, dy, dyo, scratch, so + part * partFloats());
        } else {
            addUp(dw, dwo, scratch, so);
        }
    }

    private void sum(int part, int first, int end, float[] x, int xo, float[] dy, int dyo, float[] sums, int so) {
        for (int tap = 0; tap < taps; tap++) {
            Arrays.fill(sums, so + (tap * blocks + first) * COUNT, so + (tap * blocks + end) * COUNT, 0f);
        }
        int stop = (int) ((long) g.n() * (part + 1) / parts);
        for (int n = (int) ((long) g.n() * part / parts); n < stop; n++) {
            int xn = xo + n * g.h() * g.w() * g.c();
            int dyn = dyo + n * g.oh() * g.ow() * g.c();
            for (Sweep sweep : sweeps) {
                for (int span = 0; span < sweep.spans(); span++) {
                    for (int block = first; block < end; block++) {
                        int c = Math.min(block * COUNT, g.c() - COUNT);
                        boolean wide = block + 1 < end && (block + 2) * COUNT <= g.c();
                        tiles(wide, sweep, span, x, xn + c, dy, dyn + c, sums, so + block * COUNT);
                        block += wide ? 1 : 0;
                    }
                }
            }
        }
    }

    private static void tiles(
            boolean wide, Sweep sweep, int span, float[] x, int xo, float[] dy, int dyo, float[] sums, int so) {
        int from = sweep.from(span);
        int to = sweep.to(span);
        for (int row = 0; row < sweep.rows(); row += TILE) {
            int last = Math.min(TILE, sweep.rows() - row) - 1;
            if (wide) {
                DepthwiseTile.wide(
                        x,
                        xo,
                        sweep.aRows,
                        row,
                        last,
                        sweep.terms,
                        from,
                        to,
                        dy,
                        dyo,
                        sums,
                        so,
                        -1,
                        sums,
                        so,
                        sweep.outRows,
                        row);
            } else {
                DepthwiseTile.narrow(
                        x,
                        xo,
                        sweep.aRows,
                        row,
                        last,
                        sweep.terms,
                        from,
                        to,
                        dy,
                        dyo,
                        sums,
                        so,
                        -1,
                        sums,
                        so,
                        sweep.outRows,
                        row);
            }
        }
    }

    private void addUp(float[] dw, int dwo, float[] sums, int so) {
        int left = g.c() % COUNT;
        for (int tap = 0; tap < taps; tap++) {
            int from = so + tap * blocks * COUNT;
            int to = dwo + tap * g.c();
            addUp(dw, to, sums, from, g.c() - left);
            addUp(dw, to + g.c() - left, sums, from + blocks * COUNT - left, left);
        }
    }

    private void addUp(float[] dw, int dwo, float[] sums, int so, int n) {
        System.arraycopy(sums, so, dw, dwo, n);
        for (int part = 1; part < parts; part++) {
            Epilogue.add(dw, dwo, sums, so + part * partFloats(), n);
        }
    }
}
