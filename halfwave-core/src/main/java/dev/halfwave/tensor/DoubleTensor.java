package dev.halfwave.tensor;

/**
 * An array of float64 with a shape: what the reference interpreter computes with.
 *
 * @param shape the sizes of the axes
 * @param data the elements, row-major; shared, not copied
 */
@SuppressWarnings("ArrayRecordComponent") // a carrier between plain loops, compared element by element where it matters
public record DoubleTensor(Shape shape, double[] data) {

    /** @throws IllegalArgumentException if the array's length is not the shape's element count */
    public DoubleTensor {
        if (data.length != shape.elements()) {
            throw new IllegalArgumentException("double tensor: expected " + shape.elements() + " values for shape "
                    + shape + ", received " + data.length);
        }
    }

    /** A tensor of zeros. */
    public static DoubleTensor zeros(Shape shape) {
        return new DoubleTensor(shape, new double[shape.elements()]);
    }

    /** A float32 tensor, widened. */
    public static DoubleTensor of(Tensor tensor) {
        DoubleTensor wide = zeros(tensor.shape());
        for (int i = 0; i < wide.data.length; i++) {
            wide.data[i] = tensor.data()[i];
        }
        return wide;
    }

    /** This tensor rounded to float32. */
    public Tensor toFloat() {
        Tensor narrow = Tensor.zeros(shape);
        for (int i = 0; i < data.length; i++) {
            narrow.data()[i] = (float) data[i];
        }
        return narrow;
    }
}
