package dev.halfwave.inspect;

import dev.halfwave.tensor.Shape;
import java.util.Arrays;

/**
 * A gate that changes its piece as an image moves.
 *
 * @param distance how far the image moved, in lengths of the direction it moves in
 * @param gate the name of the op, as in {@code conv2d_1.relu}
 * @param shape of the op's output for one sample
 * @param unit which of its elements, counted from 0
 */
public record Flip(double distance, String gate, Shape shape, int unit) {

    /** Where the unit stands in the output: row, column and channel, or its number. */
    public int[] position() {
        int[] position = new int[shape.rank()];
        int rest = unit;
        for (int axis = shape.rank() - 1; axis >= 0; axis--) {
            position[axis] = rest % shape.size(axis);
            rest /= shape.size(axis);
        }
        return position;
    }

    /** As in {@code conv2d_1.relu [3, 14, 2]}. */
    @Override
    public String toString() {
        return gate + " " + Arrays.toString(position());
    }
}
