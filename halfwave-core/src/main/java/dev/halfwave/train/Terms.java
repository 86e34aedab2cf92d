package dev.halfwave.train;

import dev.halfwave.graph.GraphBuilder;
import dev.halfwave.graph.Value;
import dev.halfwave.op.Binary;
import dev.halfwave.op.BinaryFunction;
import dev.halfwave.op.Reduce;
import dev.halfwave.op.Reduction;
import dev.halfwave.op.Reshape;
import dev.halfwave.tensor.Shape;
import dev.halfwave.tensor.Tensor;
import java.util.List;

/** What losses are put together from: the right classes as ones and zeros, sums over classes, means over the batch. */
final class Terms {
    private Terms() {}

    /**
     * For every logit whether its class is the right one: 1 or 0, {@code [N, K]}.
     *
     * @throws IllegalArgumentException if the logits are not rows
     */
    static Value targets(String loss, GraphBuilder g, Value logits, Value labels) {
        Shape shape = logits.shape();
        if (shape.rank() != 2 || shape.elements() == 0) {
            throw new IllegalArgumentException(loss + ": expected logits with 2 axes [N, K], received " + shape
                    + (shape.rank() == 4 ? "; put a Flatten in front" : ""));
        }
        int classes = shape.size(1);
        Tensor numbers = Tensor.zeros(Shape.of(1, classes));
        for (int i = 0; i < classes; i++) {
            numbers.data()[i] = i;
        }
        Value column = g.add(new Reshape(Shape.of(shape.size(0), 1)), labels);
        return g.add(new Binary(BinaryFunction.EQUAL), column, g.constant(numbers));
    }

    /** How much each of some mixed images is of each class, {@code [N, K]}, of two labels and the first one's share. */
    static Value distributions(String loss, GraphBuilder g, Value logits, Value labels, Value others, Value shares) {
        Value own = targets(loss, g, logits, labels);
        Value other = targets(loss, g, logits, others);
        Value share = g.add(new Reshape(Shape.of(logits.shape().size(0), 1)), shares);
        return of(
                g,
                other,
                BinaryFunction.ADD,
                of(g, share, BinaryFunction.MULTIPLY, of(g, own, BinaryFunction.SUBTRACT, other)));
    }

    /** A function of two values, element by element. */
    static Value of(GraphBuilder g, Value a, BinaryFunction function, Value b) {
        return g.add(new Binary(function), a, b);
    }

    /** A function of a value and a number. */
    static Value of(GraphBuilder g, Value a, BinaryFunction function, double b) {
        return of(g, a, function, g.constant(Tensor.full(Shape.of(), (float) b)));
    }

    /** The sum over the classes: {@code [N]} of {@code [N, K]}. */
    static Value sum(GraphBuilder g, Value terms) {
        return g.add(new Reduce(Reduction.SUM, List.of(1), false), terms);
    }

    /** The mean of everything: {@code []}. */
    static Value mean(GraphBuilder g, Value terms) {
        List<Integer> axes = terms.shape().rank() == 1 ? List.of(0) : List.of(0, 1);
        return g.add(new Reduce(Reduction.MEAN, axes, false), terms);
    }
}
