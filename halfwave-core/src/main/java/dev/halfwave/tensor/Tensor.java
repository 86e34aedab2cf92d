package dev.halfwave.tensor;

import java.util.Arrays;

/**
 * A dense array of float32 with a shape, row-major, channels last.
 *
 * <p>A tensor is data: it does no mathematics, which lives in ops. The array is shared, not copied, by
 * {@link #of(Shape, float[])}, {@link #data()} and {@link #reshape(Shape)}.
 */
public final class Tensor {
    private final Shape shape;
    private final float[] data;

    private Tensor(Shape shape, float[] data) {
        if (data.length != shape.elements()) {
            throw new IllegalArgumentException("tensor: expected " + shape.elements() + " values for shape " + shape
                    + ", received " + data.length);
        }
        this.shape = shape;
        this.data = data;
    }

    /** A tensor of zeros. */
    public static Tensor zeros(Shape shape) {
        return new Tensor(shape, new float[shape.elements()]);
    }

    /** A tensor whose elements all equal {@code value}. */
    public static Tensor full(Shape shape, float value) {
        Tensor tensor = zeros(shape);
        Arrays.fill(tensor.data, value);
        return tensor;
    }

    /**
     * A tensor over the given array, which it shares.
     *
     * @throws IllegalArgumentException if the array's length is not the shape's element count
     */
    public static Tensor of(Shape shape, float... data) {
        return new Tensor(shape, data);
    }

    /** The sizes of the axes. */
    public Shape shape() {
        return shape;
    }

    /** The elements themselves, row-major; writes go through. */
    public float[] data() {
        return data;
    }

    /**
     * One element.
     *
     * @throws IllegalArgumentException if there are not as many indices as axes
     * @throws IndexOutOfBoundsException if an index is outside its axis
     */
    public float at(int... index) {
        return data[offset(index)];
    }

    /** Where an element stands in {@link #data()}. */
    public int offset(int... index) {
        if (index.length != shape.rank()) {
            throw new IllegalArgumentException("tensor: expected " + shape.rank() + " indices for shape " + shape
                    + ", received " + Arrays.toString(index));
        }
        int offset = 0;
        for (int axis = 0; axis < index.length; axis++) {
            if (index[axis] < 0 || index[axis] >= shape.size(axis)) {
                throw new IndexOutOfBoundsException(
                        "tensor: index " + Arrays.toString(index) + " is outside shape " + shape);
            }
            offset = offset * shape.size(axis) + index[axis];
        }
        return offset;
    }

    /**
     * The same elements under another shape.
     *
     * @throws IllegalArgumentException if the element counts differ
     */
    public Tensor reshape(Shape other) {
        return new Tensor(other, data);
    }

    /** A tensor with a copy of the elements. */
    public Tensor copy() {
        return new Tensor(shape, data.clone());
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Tensor tensor && shape.equals(tensor.shape) && Arrays.equals(data, tensor.data);
    }

    @Override
    public int hashCode() {
        return 31 * shape.hashCode() + Arrays.hashCode(data);
    }

    /** The shape and the first few elements. */
    @Override
    public String toString() {
        int shown = Math.min(8, data.length);
        String first = Arrays.toString(Arrays.copyOf(data, shown));
        return "Tensor" + shape + (shown < data.length ? first.replace("]", ", …]") : first);
    }
}
