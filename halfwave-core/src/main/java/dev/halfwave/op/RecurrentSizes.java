package dev.halfwave.op;

import dev.halfwave.tensor.Shape;
import java.util.List;

/**
 * The sizes of a recurrence, and how its batch is cut into blocks of samples, which know nothing of one another.
 *
 * @param cell what a step does
 * @param samples N
 * @param steps T
 * @param channels C, numbers per step of the input
 * @param units K, numbers of the state
 */
record RecurrentSizes(Cell cell, int samples, int steps, int channels, int units) {
    /** Samples in a block: as many rows as the tiles of matrix products have, or twice as many. */
    private static final int MOST_ROWS = 12;

    /** The sizes that follow from x {@code [N, T, C]} and recurrent weights {@code [K, G·K]}. */
    static RecurrentSizes of(Cell cell, Shape x, Shape recurrent) {
        return new RecurrentSizes(cell, x.size(0), x.size(1), x.size(2), recurrent.size(0));
    }

    /**
     * The sizes, once it is clear that the inputs fit.
     *
     * @throws IllegalArgumentException if they do not
     */
    static RecurrentSizes checked(Cell cell, List<Shape> inputs) {
        int count = cell.keepsApart() ? 5 : 4;
        Expect.inputs(inputs, count, count);
        Shape x = inputs.get(0);
        Shape u = inputs.get(2);
        Expect.rank("sequences", x, 3, "[N, T, C]");
        if (x.size(1) < 1) {
            throw new IllegalArgumentException("expected sequences of 1 step or more, received " + x);
        }
        Expect.rank("recurrent weights", u, 2, "[K, " + (cell.gates() == 1 ? "" : cell.gates() + "·") + "K]");
        int width = Math.multiplyExact(cell.gates(), u.size(0));
        Expect.shape("recurrent weights", u, Shape.of(u.size(0), width));
        Expect.shape("weights", inputs.get(1), Shape.of(x.size(2), width));
        Expect.shape("a bias", inputs.get(3), Shape.of(width));
        if (cell.keepsApart()) {
            Expect.shape("a recurrent bias", inputs.get(4), Shape.of(u.size(0)));
        }
        return of(cell, x, u);
    }

    /** Columns of the weights. */
    int gates() {
        return cell.gates() * units;
    }

    /** Floats of the sums of one sample. */
    int sums() {
        return Math.multiplyExact(cell.sums(), units);
    }

    /** Floats of all planes of one sample. */
    int planes() {
        return Math.multiplyExact(cell.planes(), units);
    }

    /** Floats that a step starts from: the input, then the state. */
    int row() {
        return Math.addExact(channels, units);
    }

    /** Samples in a full block: two blocks at least, if there are two samples. */
    int full() {
        return Math.max(1, Math.min(MOST_ROWS, (samples + 1) / 2));
    }

    int blocks() {
        return (samples + full() - 1) / full();
    }

    /** Samples in the last block if it is not full, else 0. */
    int rest() {
        return samples % full();
    }

    int first(int block) {
        return block * full();
    }

    int rows(int block) {
        return Math.min(full(), samples - first(block));
    }

    /** Operations of all products. */
    long flops() {
        return 2L * samples * steps * row() * sums();
    }
}
