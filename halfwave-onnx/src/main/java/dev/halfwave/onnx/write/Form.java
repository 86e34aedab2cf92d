package dev.halfwave.onnx.write;

import dev.halfwave.tensor.Shape;
import dev.halfwave.tensor.Tensor;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * How the numbers of a core tensor stand in the model: seen under one shape, with axes in another order, and seen under
 * a last shape.
 *
 * @param view the sizes before the axes are put in order
 * @param order for each axis of the result the view's
 * @param shape the sizes in the model
 */
record Form(Shape view, List<Integer> order, Shape shape) {

    /** The same numbers under another shape. */
    static Form reshaped(Shape shape) {
        return new Form(shape, IntStream.range(0, shape.rank()).boxed().toList(), shape);
    }

    /** The axes in another order. */
    static Form permuted(Shape view, List<Integer> order) {
        return new Form(view, List.copyOf(order), sorted(view, order));
    }

    /** The axes in another order, and then another shape. */
    Form then(Shape reshaped) {
        return new Form(view, order, reshaped);
    }

    /** This form of a transposed tensor, as a form of the tensor that was transposed. */
    Form after(List<Integer> transposed, Shape before) {
        return new Form(before, order.stream().map(transposed::get).toList(), shape);
    }

    private static Shape sorted(Shape shape, List<Integer> order) {
        return Shape.of(order.stream().mapToInt(shape::size).toArray());
    }

    /** The numbers as they stand in the model. */
    Tensor apply(Tensor tensor) {
        int[] from = origins();
        Tensor result = Tensor.zeros(shape);
        for (int i = 0; i < from.length; i++) {
            result.data()[i] = tensor.data()[from[i]];
        }
        return result;
    }

    /** The numbers as they stand in core, given those of the model. */
    Tensor undo(Tensor written, Shape core) {
        int[] from = origins();
        Tensor result = Tensor.zeros(core);
        for (int i = 0; i < from.length; i++) {
            result.data()[from[i]] = written.data()[i];
        }
        return result;
    }

    /** For each element of the result the position it comes from. */
    private int[] origins() {
        int[] from = new int[view.elements()];
        int[] strides = strides();
        int[] index = new int[order.size()];
        int position = 0;
        for (int i = 0; i < from.length; i++) {
            from[i] = position;
            for (int axis = index.length - 1; axis >= 0; axis--) {
                int size = view.size(order.get(axis));
                position += strides[axis];
                if (++index[axis] < size) {
                    break;
                }
                position -= size * strides[axis];
                index[axis] = 0;
            }
        }
        return from;
    }

    private int[] strides() {
        int[] strides = new int[order.size()];
        Arrays.setAll(strides, axis -> view.product(order.get(axis) + 1, view.rank()));
        return strides;
    }
}
