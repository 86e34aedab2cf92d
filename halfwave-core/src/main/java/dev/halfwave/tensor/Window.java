package dev.halfwave.tensor;

/**
 * How a sliding window moves along one axis of an image: the attributes that convolution and pooling share.
 *
 * <p>Position {@code p} of the window looks at the axis's elements {@code p·stride − before + i·dilation} for {@code i}
 * in {@code [0, size)}; elements outside the axis are padding.
 *
 * @param size the number of elements looked at, 1 or more
 * @param stride the step from one position to the next, 1 or more
 * @param dilation the distance between two elements looked at, 1 or more
 * @param before padding in front of the axis, 0 or more
 * @param after padding behind the axis, 0 or more
 */
public record Window(int size, int stride, int dilation, int before, int after) {

    /** @throws IllegalArgumentException if a component is out of range */
    public Window {
        if (size < 1 || stride < 1 || dilation < 1 || before < 0 || after < 0) {
            throw new IllegalArgumentException(
                    "window: expected size, stride and dilation of 1 or more and padding of 0 or more, received size "
                            + size + ", stride " + stride + ", dilation " + dilation + ", padding " + before + " and "
                            + after);
        }
    }

    /** A window without padding or dilation. */
    public static Window of(int size, int stride) {
        return new Window(size, stride, 1, 0, 0);
    }

    /** How many elements lie between the first and the last element looked at, both included. */
    public int span() {
        return Math.toIntExact((size - 1L) * dilation + 1);
    }

    /**
     * The number of positions along an axis of the given length.
     *
     * @throws IllegalArgumentException if the window does not fit the padded axis even once
     */
    public int positions(int length) {
        long room = (long) length + before + after - span();
        if (room < 0) {
            throw new IllegalArgumentException("expected an axis of at least " + (span() - before - after)
                    + " for a window of " + span() + ", received " + length + "; use a smaller window or more padding");
        }
        return Math.toIntExact(room / stride + 1);
    }

    /**
     * This window padded so that an axis of the given length yields ⌈length / stride⌉ positions; an odd remainder goes
     * behind the axis, as in TensorFlow and ONNX's {@code SAME_UPPER}.
     */
    public Window same(int length) {
        int positions = (length + stride - 1) / stride;
        int total = Math.max(0, Math.toIntExact((positions - 1L) * stride + span() - length));
        return new Window(size, stride, dilation, total / 2, total - total / 2);
    }

    /** Whether any padding is added. */
    public boolean padded() {
        return before > 0 || after > 0;
    }
}
