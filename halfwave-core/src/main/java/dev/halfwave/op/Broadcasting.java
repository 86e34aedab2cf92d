package dev.halfwave.op;

import dev.halfwave.graph.GraphBuilder;
import dev.halfwave.graph.Value;
import dev.halfwave.tensor.Shape;
import java.util.List;
import java.util.stream.IntStream;

/**
 * NumPy's rule for tensors of different shapes: axes are matched from the last one, and an axis that is missing or of size
 * 1 is repeated.
 *
 * @see <a href="https://numpy.org/doc/stable/user/basics.broadcasting.html">Broadcasting in NumPy</a>
 */
final class Broadcasting {
    private Broadcasting() {}

    /** The shape that all the given ones are repeated to. */
    static Shape shape(List<Shape> inputs) {
        int rank = inputs.stream().mapToInt(Shape::rank).max().orElse(0);
        int[] sizes = new int[rank];
        for (int axis = 0; axis < rank; axis++) {
            sizes[axis] = 1;
            for (Shape input : inputs) {
                int size = size(input, rank, axis);
                if (size != 1 && sizes[axis] != 1 && size != sizes[axis]) {
                    throw new IllegalArgumentException(
                            "expected shapes that agree on every axis counted from the last, or have 1 there, received "
                                    + inputs);
                }
                sizes[axis] = size == 1 ? sizes[axis] : size;
            }
        }
        return Shape.of(sizes);
    }

    /** The size of a shape on an axis of the rank it is repeated to. */
    private static int size(Shape shape, int rank, int axis) {
        int own = axis - rank + shape.rank();
        return own < 0 ? 1 : shape.size(own);
    }

    /** The number of the element of {@code in} that is repeated to the given element of {@code out}. */
    static int source(Shape in, Shape out, int element) {
        int at = 0;
        int rest = element;
        int stride = 1;
        for (int axis = out.rank() - 1; axis >= 0; axis--) {
            int size = size(in, out.rank(), axis);
            at += size == 1 ? 0 : rest % out.size(axis) * stride;
            stride *= size;
            rest /= out.size(axis);
        }
        return at;
    }

    /** A walk over {@code out} with the tensors that are repeated to it. */
    static Lockstep walk(Shape out, Shape... inputs) {
        int[][] strides = new int[inputs.length][out.rank()];
        for (int t = 0; t < inputs.length; t++) {
            int stride = 1;
            for (int axis = out.rank() - 1; axis >= 0; axis--) {
                int size = size(inputs[t], out.rank(), axis);
                strides[t][axis] = size == 1 ? 0 : stride;
                stride *= size;
            }
        }
        return new Lockstep(out.sizes(), strides);
    }

    /** The gradient of what was repeated, given that of the repetitions: their sums. */
    static Value sumBack(GraphBuilder g, Value dy, Shape shape) {
        int rank = dy.shape().rank();
        List<Integer> repeated = IntStream.range(0, rank)
                .filter(axis -> size(shape, rank, axis) == 1 && dy.shape().size(axis) != 1)
                .boxed()
                .toList();
        Value sum = repeated.isEmpty() ? dy : g.add(new Reduce(Reduction.SUM, repeated, true), dy);
        return sum.shape().equals(shape) ? sum : g.add(new Reshape(shape), sum);
    }
}
