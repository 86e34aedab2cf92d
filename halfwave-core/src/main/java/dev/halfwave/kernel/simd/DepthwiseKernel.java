package dev.halfwave.kernel.simd;

import static dev.halfwave.kernel.simd.Lanes.COUNT;
import static dev.halfwave.kernel.simd.Lanes.PANEL;

import java.util.List;

/**
 * Sweeps over pixels, one vector of channels after the other. Filters are read as they stand.
 *
 * <p>If the channels do not fill the last vector, it begins early and computes some of them twice.
 */
final class DepthwiseKernel extends UnpackedKernel {
    private static final float[] ZEROS = new float[PANEL];

    private static final int TILE = DepthwiseTile.ROWS;

    /** Pixels in a strip, which all channels pass before the next one: they stay in the L2 cache. */
    private static final int STRIP = 8 * TILE;

    /** Multiply-adds that are worth a task, about 20 µs where memory sets the pace. */
    private static final long TASK_TERMS = 200_000;

    private static final int MOST_TASKS = 64;

    /** An array: a list would allocate an iterator per task. */
    private final Sweep[] sweeps;

    private final int channels;
    private final Epilogue epilogue;

    /** A bias for those that have none. */
    private final float[] zeros;

    private final int strips;
    private final int tasks;

    DepthwiseKernel(List<Sweep> sweeps, int channels, Epilogue epilogue) {
        this.sweeps = sweeps.toArray(Sweep[]::new);
        this.channels = channels;
        this.epilogue = epilogue;
        zeros = new float[epilogue.bias() ? 0 : channels];
        long work = 0;
        int count = 0;
        for (Sweep sweep : sweeps) {
            work += (long) sweep.rows() * (sweep.terms.length / 2 + 2) * channels;
            count += strips(sweep);
        }
        strips = count;
        tasks = (int) Math.max(1, Math.min(Math.min(strips, MOST_TASKS), work / TASK_TERMS));
    }

    private static int strips(Sweep sweep) {
        return (sweep.rows() + STRIP - 1) / STRIP;
    }

    @Override
    public String algorithm() {
        return "depthwise";
    }

    @Override
    public int scratchFloats() {
        return 0;
    }

    @Override
    public int phases() {
        return 1;
    }

    @Override
    public int tasks(int phase) {
        return tasks;
    }

    @Override
    public void run(
            int phase,
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
            int so) {
        int first = (int) ((long) strips * task / tasks);
        int end = (int) ((long) strips * (task + 1) / tasks);
        for (Sweep sweep : sweeps) {
            for (int strip = Math.max(first, 0); strip < Math.min(end, strips(sweep)); strip++) {
                int row = strip * STRIP;
                int stop = Math.min(row + STRIP, sweep.rows());
                int terms = sweep.to(0);
                if (epilogue.clamps() && (terms == 9 || terms == 6)) {
                    float[] biases = epilogue.bias() ? bias : zeros;
                    runs(sweep, row, stop, a, ao, b, bo, biases, epilogue.bias() ? biasO : 0, out, oo);
                } else {
                    tiles(sweep, row, stop, a, ao, b, bo, out, oo);
                    finish(sweep, row, stop, bias, biasO, out, oo);
                }
            }
            first -= strips(sweep);
            end -= strips(sweep);
        }
    }

    /** Windows of three by three: what is inside of an image, and its borders but for the corners. */
    private void runs(
            Sweep sweep,
            int row,
            int stop,
            float[] a,
            int ao,
            float[] b,
            int bo,
            float[] bias,
            int biasO,
            float[] out,
            int oo) {
        float low = epilogue.low();
        float high = epilogue.high();
        int n;
        for (int r = row; r < stop; r += n) {
            n = Math.min(sweep.run(r), stop - r);
            int position = sweep.position(r);
            int from = ao + sweep.aPlace(r) + sweep.aRows[position];
            int to = oo + sweep.outPlaceOf(r);
            int aStep = sweep.aRows[position + 1] - sweep.aRows[position];
            int outStep = sweep.outRows[position + 1] - sweep.outRows[position];
            for (int c = 0; c < channels; c += COUNT) {
                c = Math.min(c, channels - COUNT);
                if (sweep.to(0) == 9) {
                    DepthwiseRun.nine(
                            a,
                            from + c,
                            aStep,
                            sweep.terms,
                            b,
                            bo + c,
                            bias,
                            biasO + c,
                            low,
                            high,
                            out,
                            to + c,
                            outStep,
                            n);
                } else {
                    DepthwiseRun.six(
                            a,
                            from + c,
                            aStep,
                            sweep.terms,
                            b,
                            bo + c,
                            bias,
                            biasO + c,
                            low,
                            high,
                            out,
                            to + c,
                            outStep,
                            n);
                }
            }
        }
    }

    /**
     * All channels of a tile before the next tile: memory is read in long runs, and what tiles share is still in the L1
     * cache.
     */
    private void tiles(Sweep sweep, int row, int stop, float[] a, int ao, float[] b, int bo, float[] out, int oo) {
        for (int r = row; r < stop; r += TILE) {
            int last = Math.min(TILE, stop - r) - 1;
            int position = sweep.position(r);
            int from = ao + sweep.aPlace(r);
            int to = oo + sweep.outPlace(r);
            int c = 0;
            for (; c <= channels - PANEL; c += PANEL) {
                DepthwiseTile.wide(
                        a,
                        from + c,
                        sweep.aRows,
                        position,
                        last,
                        sweep.terms,
                        0,
                        sweep.to(0),
                        b,
                        bo + c,
                        ZEROS,
                        0,
                        0,
                        out,
                        to + c,
                        sweep.outRows,
                        position);
            }
            while (c < channels) {
                c = Math.min(c, channels - COUNT);
                DepthwiseTile.narrow(
                        a,
                        from + c,
                        sweep.aRows,
                        position,
                        last,
                        sweep.terms,
                        0,
                        sweep.to(0),
                        b,
                        bo + c,
                        ZEROS,
                        0,
                        0,
                        out,
                        to + c,
                        sweep.outRows,
                        position);
                c += COUNT;
            }
        }
    }

    private void finish(Sweep sweep, int row, int stop, float[] bias, int biasO, float[] out, int oo) {
        for (int r = row; r < stop; r++) {
            epilogue.finish(out, oo + sweep.outPlaceOf(r), bias, biasO, channels);
        }
    }
}
