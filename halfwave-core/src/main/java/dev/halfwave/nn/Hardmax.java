package dev.halfwave.nn;

import dev.halfwave.graph.GraphBuilder;
import dev.halfwave.graph.Value;
import dev.halfwave.op.ArgMax;
import dev.halfwave.op.Binary;
import dev.halfwave.op.BinaryFunction;
import dev.halfwave.op.Reduce;
import dev.halfwave.op.Reduction;
import dev.halfwave.op.Where;
import dev.halfwave.tensor.Shape;
import dev.halfwave.tensor.Tensor;
import java.util.List;

/**
 * Decides: of each row {@code [..., K]} the largest element becomes 1, the first of equal ones, and all others 0.
 *
 * <p>A row that holds what is not a number becomes that. It changes in jumps, so no gradient flows: a network to be
 * trained has none.
 */
public record Hardmax() implements Layer {
    @Override
    public Value apply(GraphBuilder g, Value x) {
        try (GraphBuilder.Scope layer = g.layer("hardmax")) {
            Binary equal = new Binary(BinaryFunction.EQUAL);
            Value first = g.add(new ArgMax(-1, true, false, false), x);
            Value chosen = g.add(equal, first, g.constant(numbers(x.shape().size(-1))));
            Value largest = g.add(new Reduce(Reduction.MAX, List.of(-1), true), x);
            return g.add(new Where(), g.add(equal, largest, largest), chosen, largest);
        }
    }

    /** 0, 1, 2, … */
    private static Tensor numbers(int count) {
        Tensor numbers = Tensor.zeros(Shape.of(count));
        for (int i = 0; i < count; i++) {
            numbers.data()[i] = i;
        }
        return numbers;
    }
}
