package dev.halfwave.onnx.file;

import dev.halfwave.format.ModelFormatException;
import dev.halfwave.tensor.Shape;
import java.util.List;

/** Shapes from the sizes that stand in files, which may be anything. */
public final class Sizes {
    /** More axes than any tensor of a convolutional network has. */
    private static final int MOST_AXES = 16;

    private Sizes() {}

    /**
     * The shape of the given sizes.
     *
     * @param where what messages start with
     * @throws ModelFormatException if a size is negative, or there are more elements than one array holds
     */
    public static Shape shape(List<Long> sizes, String where) {
        if (sizes.size() > MOST_AXES) {
            throw new ModelFormatException(
                    where + ": expected at most " + MOST_AXES + " axes, received " + sizes.size());
        }
        int[] checked = new int[sizes.size()];
        for (int axis = 0; axis < checked.length; axis++) {
            long size = sizes.get(axis);
            if (size < 0 || size > Integer.MAX_VALUE) {
                throw new ModelFormatException(
                        where + ": expected sizes from 0 to " + Integer.MAX_VALUE + ", received " + sizes);
            }
            checked[axis] = (int) size;
        }
        try {
            return Shape.of(checked);
        } catch (IllegalArgumentException | ArithmeticException tooLarge) {
            throw new ModelFormatException(
                    where + ": expected no more elements than one array holds, received sizes " + sizes, tooLarge);
        }
    }
}
