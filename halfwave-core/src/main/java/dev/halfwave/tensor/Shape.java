package dev.halfwave.tensor;

import java.util.Arrays;

/**
 * The sizes of a tensor's axes, outermost first, row-major.
 *
 * <p>Images are channels last: {@code [N, H, W, C]}. Axes may be empty (size 0); a shape without axes is a scalar and
 * holds one element. Every size calculation in Halfwave that can overflow goes through this class.
 */
public final class Shape {
    private final int[] sizes;
    private final int elements;

    private Shape(int[] sizes) {
        long product = 1;
        for (int size : sizes) {
            if (size < 0) {
                throw new IllegalArgumentException(
                        "shape: expected sizes of 0 or more, received " + Arrays.toString(sizes));
            }
            product = Math.multiplyExact(product, (long) size);
            if (product > Integer.MAX_VALUE - 64) {
                throw new IllegalArgumentException("shape: expected at most " + (Integer.MAX_VALUE - 64)
                        + " elements, received " + Arrays.toString(sizes) + "; use a smaller batch or image");
            }
        }
        this.sizes = sizes;
        this.elements = (int) product;
    }

    /**
     * A shape with the given axis sizes.
     *
     * @throws IllegalArgumentException if a size is negative or the element count does not fit one Java array
     */
    public static Shape of(int... sizes) {
        return new Shape(sizes.clone());
    }

    /** The number of axes. */
    public int rank() {
        return sizes.length;
    }

    /** The number of elements: the product of all sizes, 1 for a scalar. */
    public int elements() {
        return elements;
    }

    /**
     * The size of one axis; negative axes count from the end, so {@code size(-1)} is the number of channels.
     *
     * @throws IllegalArgumentException if there is no such axis
     */
    public int size(int axis) {
        return sizes[resolve(axis)];
    }

    /** The axis as a number from 0, where {@code axis} may count from the end. */
    public int resolve(int axis) {
        int resolved = axis < 0 ? axis + sizes.length : axis;
        if (resolved < 0 || resolved >= sizes.length) {
            throw new IllegalArgumentException("shape: expected an axis of " + this + ", received " + axis);
        }
        return resolved;
    }

    /** All sizes, outermost first. */
    public int[] sizes() {
        return sizes.clone();
    }

    /** The number of rows when everything but the last axis is flattened; 1 for a scalar. */
    public int rows() {
        return product(0, sizes.length - 1);
    }

    /** The product of the sizes of axes {@code from} (inclusive) to {@code to} (exclusive); 1 when empty. */
    public int product(int from, int to) {
        int product = 1;
        for (int axis = from; axis < to; axis++) {
            product *= sizes[axis];
        }
        return product;
    }

    /** This shape with another size on one axis. */
    public Shape with(int axis, int size) {
        int[] changed = sizes.clone();
        changed[resolve(axis)] = size;
        return new Shape(changed);
    }

    /** This shape with one more axis in front, as a batch of {@code size} has. */
    public Shape prepend(int size) {
        int[] longer = new int[sizes.length + 1];
        longer[0] = size;
        System.arraycopy(sizes, 0, longer, 1, sizes.length);
        return new Shape(longer);
    }

    /** This shape without its first axis: the shape of one sample of a batch. */
    public Shape dropFirst() {
        if (sizes.length == 0) {
            throw new IllegalArgumentException("shape: expected at least one axis, received a scalar");
        }
        return new Shape(Arrays.copyOfRange(sizes, 1, sizes.length));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Shape shape && Arrays.equals(sizes, shape.sizes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(sizes);
    }

    /** As in {@code [32, 28, 28, 1]}. */
    @Override
    public String toString() {
        return Arrays.toString(sizes);
    }
}
