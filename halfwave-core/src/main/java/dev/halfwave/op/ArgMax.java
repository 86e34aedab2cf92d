package dev.halfwave.op;

import dev.halfwave.graph.GraphBuilder;
import dev.halfwave.graph.Lowering;
import dev.halfwave.graph.Node;
import dev.halfwave.graph.Op;
import dev.halfwave.graph.Slot;
import dev.halfwave.graph.Step;
import dev.halfwave.graph.Value;
import dev.halfwave.kernel.ReduceKernels;
import dev.halfwave.tensor.DoubleTensor;
import dev.halfwave.tensor.Shape;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Where along an axis the largest element stands, or the smallest: its index from 0 as a number, exact up to 2²⁴.
 *
 * <p>What is not a number is taken for more extreme than any number, as in NumPy. The index changes in jumps, so no
 * gradient flows.
 *
 * @param axis the axis that is searched; negative counts from the end
 * @param keepDims whether it stays with size 1
 * @param last whether the last of equal elements is taken, instead of the first
 * @param smallest whether the smallest is looked for, instead of the largest
 */
public record ArgMax(int axis, boolean keepDims, boolean last, boolean smallest) implements Op {
    @Override
    public String name() {
        return smallest ? "arg_min" : "arg_max";
    }

    @Override
    public List<Shape> infer(List<Shape> inputs) {
        Expect.inputs(inputs, 1, 1);
        Shape x = inputs.get(0);
        int at = Expect.axis(x, axis);
        if (x.size(at) == 0) {
            throw new IllegalArgumentException("expected at least one element on axis " + at + ", received " + x);
        }
        int[] rest =
                IntStream.range(0, x.rank()).filter(i -> i != at).map(x::size).toArray();
        return List.of(keepDims ? x.with(at, 1) : Shape.of(rest));
    }

    @Override
    public List<DoubleTensor> evaluate(List<DoubleTensor> inputs, long randomKey) {
        DoubleTensor x = inputs.get(0);
        int at = x.shape().resolve(axis);
        int n = x.shape().size(at);
        int inner = x.shape().product(at + 1, x.shape().rank());
        DoubleTensor y = DoubleTensor.zeros(infer(List.of(x.shape())).get(0));
        for (int i = 0; i < y.data().length; i++) {
            int start = i / inner * n * inner + i % inner;
            for (int k = 1; k < n; k++) {
                double best = x.data()[start + ((int) y.data()[i]) * inner];
                y.data()[i] = replaces(x.data()[start + k * inner], best) ? k : y.data()[i];
            }
        }
        return List.of(y);
    }

    /** Whether an element takes the place of the best of those before it. */
    private boolean replaces(double v, double best) {
        if (Double.isNaN(v) || Double.isNaN(best)) {
            return Double.isNaN(v) && (last || !Double.isNaN(best));
        }
        return last && v == best || (smallest ? v < best : v > best);
    }

    @Override
    public List<@Nullable Value> differentiate(GraphBuilder g, Node node, Value dy) {
        return Arrays.asList((Value) null);
    }

    @Override
    public Step lower(Lowering lowering) {
        Slot x = lowering.input(0);
        Slot y = lowering.output(0);
        Shape shape = lowering.inputShape(0);
        int at = shape.resolve(axis);
        int n = shape.size(at);
        int inner = shape.product(at + 1, shape.rank());
        ReduceKernels kernels = lowering.kernels().reduce();
        return Grain.rows(shape.product(0, at), n * inner, (f, from, to) -> {
            for (int i = from; i < to; i++) {
                kernels.indexOfExtreme(
                        f.array(x),
                        x.offset() + i * n * inner,
                        inner,
                        n,
                        f.array(y),
                        y.offset() + i * inner,
                        inner,
                        last,
                        smallest);
            }
        });
    }
}
