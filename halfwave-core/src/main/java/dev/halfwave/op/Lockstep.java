package dev.halfwave.op;

import dev.halfwave.graph.Frame;
import dev.halfwave.graph.Step;
import java.util.Arrays;

/**
 * Tensors that are walked side by side, in row-major order of axes that all of them are seen along: as runs along the last
 * axis, after axes that all tensors walk in one stride have been merged and those of size 1 left out.
 *
 * <p>A tensor's stride along an axis is how far apart its elements are there; 0 where it is repeated.
 */
final class Lockstep {
    private final int[] sizes;
    private final int[][] strides;

    /**
     * A walk along axes of the given sizes.
     *
     * @param strides for each tensor one stride per axis
     */
    Lockstep(int[] sizes, int[]... strides) {
        int[] merged = new int[Math.max(1, sizes.length)];
        int[][] steps = new int[strides.length][merged.length];
        int last = -1;
        for (int axis = 0; axis < sizes.length; axis++) {
            if (sizes[axis] == 1) {
                continue;
            }
            boolean merge = last >= 0 && continues(steps, last, strides, axis, sizes[axis]);
            last = merge ? last : last + 1;
            merged[last] = merge ? merged[last] * sizes[axis] : sizes[axis];
            for (int t = 0; t < strides.length; t++) {
                steps[t][last] = strides[t][axis];
            }
        }
        if (last < 0) {
            last = 0;
            merged[0] = 1;
            Arrays.stream(steps).forEach(step -> step[0] = 1);
        }
        int axes = last + 1;
        this.sizes = Arrays.copyOf(merged, axes);
        this.strides =
                Arrays.stream(steps).map(step -> Arrays.copyOf(step, axes)).toArray(int[][]::new);
    }

    private static boolean continues(int[][] steps, int last, int[][] strides, int axis, int size) {
        for (int t = 0; t < steps.length; t++) {
            if (steps[t][last] != strides[t][axis] * size) {
                return false;
            }
        }
        return true;
    }

    /** The number of merged axes, at least 1. */
    int axes() {
        return sizes.length;
    }

    /** The size of a merged axis. */
    int size(int axis) {
        return sizes[axis];
    }

    /** A tensor's stride along a merged axis. */
    int stride(int tensor, int axis) {
        return strides[tensor][axis];
    }

    /** The elements of a run. */
    int width() {
        return sizes[sizes.length - 1];
    }

    /** A tensor's stride along a run. */
    int step(int tensor) {
        return strides[tensor][sizes.length - 1];
    }

    /** Where a tensor's run of the given number starts. */
    int start(int tensor, int run) {
        int[] stride = strides[tensor];
        int at = 0;
        int rest = run;
        for (int axis = sizes.length - 2; axis > 0; axis--) {
            int next = rest / sizes[axis];
            at += (rest - next * sizes[axis]) * stride[axis];
            rest = next;
        }
        return sizes.length > 1 ? at + rest * stride[0] : at;
    }

    /** Where a piece of a tensor's run starts. */
    int start(int tensor, int run, int skip) {
        return start(tensor, run) + skip * step(tensor);
    }

    /** Where a tensor's element of the given number stands. */
    int index(int tensor, int element) {
        return start(tensor, element / width()) + element % width() * step(tensor);
    }

    /** A step over all elements that hands out whole runs, and pieces of runs where tasks begin and end. */
    Step pieces(int elements, Piece piece) {
        int width = width();
        return Grain.elements(elements, (f, from, to) -> {
            for (int i = from; i < to; ) {
                int run = i / width;
                int skip = i - run * width;
                int n = Math.min(width - skip, to - i);
                piece.run(f, run, skip, i, n);
                i += n;
            }
        });
    }

    /** Work on neighbours along a run. */
    @FunctionalInterface
    interface Piece {
        /**
         * Does the work.
         *
         * @param run the number of the run
         * @param skip the elements of the run in front of the piece
         * @param first the number of the piece's first element
         * @param n the elements of the piece
         */
        void run(Frame frame, int run, int skip, int first, int n);
    }
}
