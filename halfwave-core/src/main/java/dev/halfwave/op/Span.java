package dev.halfwave.op;

import dev.halfwave.tensor.Shape;

/**
 * A range of one axis of a tensor, as equal runs of floats: what slices, embeddings and concatenations copy.
 *
 * @param rows the number of runs, one for each index of the axes in front
 * @param stride floats from the start of one row of the whole tensor to the next
 * @param skip floats in front of the range in each row
 * @param width floats of the range in each row
 */
record Span(int rows, int stride, int skip, int width) {

    /** The range {@code [start, start + size)} of an axis of the whole tensor. */
    static Span of(Shape whole, int axis, int start, int size) {
        int at = whole.resolve(axis);
        int inner = whole.product(at + 1, whole.rank());
        return new Span(whole.product(0, at), whole.size(at) * inner, start * inner, size * inner);
    }

    /** Where the range's element {@code i} stands in the whole tensor. */
    int whole(int i) {
        return i / width * stride + skip + i % width;
    }

    /** That the range lies inside the axis. */
    static void check(Shape whole, int axis, int start, int size) {
        int length = whole.size(Expect.axis(whole, axis));
        if (start < 0 || size < 0 || (long) start + size > length) {
            throw new IllegalArgumentException("expected a range within the " + length + " elements of axis "
                    + whole.resolve(axis) + " of " + whole + ", received start " + start + " and size " + size);
        }
    }
}
