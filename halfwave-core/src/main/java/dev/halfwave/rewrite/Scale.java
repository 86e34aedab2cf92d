package dev.halfwave.rewrite;

import dev.halfwave.graph.Node;
import dev.halfwave.graph.Op;
import dev.halfwave.graph.Value;
import dev.halfwave.op.Binary;
import dev.halfwave.op.BinaryFunction;
import dev.halfwave.op.Reshape;
import dev.halfwave.op.Take;
import dev.halfwave.tensor.Indices;
import dev.halfwave.tensor.Shape;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * A product, or a quotient, of something and one number, or one for each channel, that follow from parameters.
 *
 * @param x what is scaled
 * @param op the product or quotient, whose first operand is scaled by the second
 * @param factor the number, or the numbers
 */
record Scale(Value x, Op op, Value factor) {

    /** A node, if it is one. */
    static Optional<Scale> of(Node node) {
        return of(node.op(), node.inputs(), node.output().shape());
    }

    /** The node at a site, if it is one. */
    static Optional<Scale> of(Site site) {
        return of(site.op(), site.inputs(), site.shape());
    }

    private static Optional<Scale> of(Op op, List<Value> inputs, Shape result) {
        if (!isKind(op)) {
            return Optional.empty();
        }
        Optional<Scale> first = of(op, inputs.get(0), inputs.get(1), result);
        boolean turned = first.isEmpty() && ((Binary) op).function() == BinaryFunction.MULTIPLY;
        return turned ? of(op, inputs.get(1), inputs.get(0), result) : first;
    }

    /** Whether an op could be one. */
    static boolean isKind(Op op) {
        return op instanceof Binary binary
                && (binary.function() == BinaryFunction.MULTIPLY || binary.function() == BinaryFunction.DIVIDE);
    }

    private static Optional<Scale> of(Op op, Value x, Value factor, Shape result) {
        Shape s = factor.shape();
        boolean perChannel = s.rank() > 0 && result.rank() > 0 && s.rows() == 1 && s.size(-1) == result.size(-1);
        boolean fits = !x.producer().isLasting()
                && factor.producer().isLasting()
                && x.shape().rank() > 0
                && x.shape().equals(result)
                && (s.elements() == 1 || perChannel);
        return fits ? Optional.of(new Scale(x, op, factor)) : Optional.empty();
    }

    /** Whether no number is negative, as far as the graph tells. */
    boolean isNonNegative() {
        return NonNegative.holds(factor);
    }

    /** The factor in a shape that spreads over weights: along a last axis, or along the one in front of that. */
    Value spread(Site site, boolean alongLast) {
        int numbers = factor.shape().elements();
        Shape shape = alongLast || numbers == 1 ? Shape.of(numbers) : Shape.of(numbers, 1);
        return site.derive("factor", new Reshape(shape), factor);
    }

    /** The same numbers for several places side by side. */
    Value repeated(Site site, int length) {
        Value row = spread(site, true);
        int numbers = row.shape().elements();
        int[] channels = IntStream.range(0, length).map(i -> i % numbers).toArray();
        return numbers == 1 || numbers == length ? row : site.derive("factors", new Take(0, Indices.of(channels)), row);
    }
}
