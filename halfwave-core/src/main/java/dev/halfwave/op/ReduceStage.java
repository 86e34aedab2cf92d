package dev.halfwave.op;

import dev.halfwave.graph.Slot;
import dev.halfwave.graph.Step;
import dev.halfwave.kernel.ReduceKernels.Reducer;

/**
 * One step of a reduction: {@code [outer, n, inner]} to {@code [outer, chunks, inner]}, where at most {@code chunk}
 * neighbours become one. What is left is reduced by the next stage, so that the tree of operations follows from the sizes
 * alone and rounding errors grow with its depth.
 *
 * @param outer the product of the sizes in front
 * @param n the size of the axis
 * @param inner the product of the sizes behind
 */
record ReduceStage(int outer, int n, int inner) {
    /** Numbers of one run that are reduced at a time, in double precision. */
    private static final int RUN = 4096;

    /** Rows that are reduced at a time, in single precision. */
    private static final int ROWS = 64;

    /** Columns that are reduced at a time: 16 KiB, which stay in the first cache while rows go by. */
    private static final int COLUMNS = 4096;

    private int chunk() {
        return inner == 1 ? RUN : ROWS;
    }

    /** What is left of the axis. */
    int chunks() {
        return Math.max(1, (n + chunk() - 1) / chunk());
    }

    private int blocks() {
        return (inner + COLUMNS - 1) / COLUMNS;
    }

    /** The floats that it writes. */
    int outputs() {
        return outer * chunks() * inner;
    }

    /** The step from one slot to another. */
    Step lower(Reducer reducer, Slot x, Slot out) {
        int pieces = chunks() * blocks();
        int work = Math.max(1, Math.min(n, chunk())) * Math.max(1, Math.min(inner, COLUMNS));
        return Step.ranges(outer * pieces, Math.max(1, Grain.FLOATS / work), (f, from, to) -> {
            float[] xs = f.array(x);
            float[] ys = f.array(out);
            for (int i = from; i < to; i++) {
                int at = i / pieces;
                run(reducer, xs, x.offset(), ys, out.offset(), at, i - at * pieces);
            }
        });
    }

    private void run(Reducer reducer, float[] xs, int xo, float[] out, int oo, int at, int piece) {
        int chunk = piece / blocks();
        int column = (piece - chunk * blocks()) * COLUMNS;
        int start = chunk * chunk();
        int length = Math.min(chunk(), n - start);
        int source = xo + (at * n + start) * inner + column;
        int target = oo + (at * chunks() + chunk) * inner + column;
        if (inner == 1) {
            out[target] = reducer.run(xs, source, length);
        } else {
            reducer.columns(xs, source, inner, length, out, target, Math.min(COLUMNS, inner - column));
        }
    }
}
