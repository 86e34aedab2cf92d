package dev.halfwave.op;

import dev.halfwave.graph.GraphBuilder;
import dev.halfwave.graph.Lowering;
import dev.halfwave.graph.Node;
import dev.halfwave.graph.Op;
import dev.halfwave.graph.Slot;
import dev.halfwave.graph.Step;
import dev.halfwave.graph.Value;
import dev.halfwave.kernel.ElementwiseKernels;
import dev.halfwave.tensor.DoubleTensor;
import dev.halfwave.tensor.Shape;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The elements {@code [start, start + size)} of one axis, and all of the others.
 *
 * @param axis the axis that shrinks; negative counts from the end
 * @param start the first element taken
 * @param size the number of elements taken
 */
public record Slice(int axis, int start, int size) implements Op {
    @Override
    public String name() {
        return "slice";
    }

    @Override
    public List<Shape> infer(List<Shape> inputs) {
        Expect.inputs(inputs, 1, 1);
        Span.check(inputs.get(0), axis, start, size);
        return List.of(inputs.get(0).with(axis, size));
    }

    @Override
    public List<DoubleTensor> evaluate(List<DoubleTensor> inputs, long randomKey) {
        DoubleTensor x = inputs.get(0);
        Span span = Span.of(x.shape(), axis, start, size);
        DoubleTensor y = DoubleTensor.zeros(x.shape().with(axis, size));
        for (int i = 0; i < y.data().length; i++) {
            y.data()[i] = x.data()[span.whole(i)];
        }
        return List.of(y);
    }

    @Override
    public List<@Nullable Value> differentiate(GraphBuilder g, Node node, Value dy) {
        int total = node.input(0).shape().size(axis);
        return Arrays.asList(g.add(new Embed(axis, start, total), dy));
    }

    @Override
    public long flops(List<Shape> inputs, List<Shape> outputs) {
        return 0; // copies
    }

    @Override
    public Step lower(Lowering lowering) {
        Slot x = lowering.input(0);
        Slot y = lowering.output(0);
        Span span = Span.of(lowering.inputShape(0), axis, start, size);
        ElementwiseKernels kernels = lowering.kernels().elementwise();
        return Grain.rows(
                span.rows(),
                span.width(),
                (f, from, to) -> kernels.copyRows(
                        f.array(x),
                        x.offset() + from * span.stride() + span.skip(),
                        span.stride(),
                        f.array(y),
                        y.offset() + from * span.width(),
                        span.width(),
                        to - from,
                        span.width()));
    }
}
