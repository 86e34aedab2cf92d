package dev.halfwave.op;

import dev.halfwave.graph.Slot;
import dev.halfwave.kernel.LayoutKernels;
import java.util.stream.IntStream;

/**
 * The planes of a tensor that a transpose turns over: rows and columns for every index of the other axes, in bands of
 * columns that tasks share out.
 *
 * @param others the other axes; tensor 0 is what is read, tensor 1 what is written
 * @param count the number of planes
 * @param rows the elements along the axis that becomes the last
 * @param rowStride the distance between rows where they are read
 * @param columns the elements along the axis that was the last
 * @param columnStride the distance between columns where they are written
 * @param band the columns that are moved at a time
 */
record Planes(Lockstep others, int count, int rows, int rowStride, int columns, int columnStride, int band) {
    private static final int LINE = 16;

    /** The planes of a walk over what is written, along its last axis and the one that was the last. */
    static Planes of(Lockstep walk, int from) {
        int last = walk.axes() - 1;
        int[] outer = IntStream.range(0, last).filter(axis -> axis != from).toArray();
        int[] sizes = IntStream.of(outer).map(walk::size).toArray();
        int[] read = IntStream.of(outer).map(axis -> walk.stride(0, axis)).toArray();
        int[] written = IntStream.of(outer).map(axis -> product(walk, axis + 1)).toArray();
        int rows = walk.width();
        int band = Math.max(LINE, Grain.FLOATS / rows / LINE * LINE);
        return new Planes(
                new Lockstep(sizes, read, written),
                IntStream.of(sizes).reduce(1, (a, b) -> a * b),
                rows,
                walk.step(0),
                walk.size(from),
                product(walk, from + 1),
                band);
    }

    private static int product(Lockstep walk, int from) {
        return IntStream.range(from, walk.axes()).map(walk::size).reduce(1, (a, b) -> a * b);
    }

    /** The number of bands of all planes. */
    int bands() {
        return count * perPlane();
    }

    private int perPlane() {
        return (columns + band - 1) / band;
    }

    /** How many bands make a task. */
    int grain() {
        return Math.max(1, Grain.FLOATS / (rows * Math.min(band, columns)));
    }

    /** Moves the bands from {@code first} to before {@code end}. */
    void run(LayoutKernels kernels, float[] xs, Slot x, float[] ys, Slot y, int first, int end) {
        for (int i = first; i < end; i++) {
            int plane = i / perPlane();
            int column = (i - plane * perPlane()) * band;
            kernels.transpose(
                    xs,
                    x.offset() + others.index(0, plane) + column,
                    rowStride,
                    ys,
                    y.offset() + others.index(1, plane) + column * columnStride,
                    columnStride,
                    rows,
                    Math.min(band, columns - column));
        }
    }
}
