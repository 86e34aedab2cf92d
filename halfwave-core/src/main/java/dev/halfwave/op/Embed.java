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
 * Its input in the midst of zeros: the gradient of {@link Slice}, which in turn is its own.
 *
 * @param axis the axis that grows; negative counts from the end
 * @param start where the input begins on that axis
 * @param total the axis's size in the output
 */
public record Embed(int axis, int start, int total) implements Op {
    @Override
    public String name() {
        return "embed";
    }

    @Override
    public List<Shape> infer(List<Shape> inputs) {
        Expect.inputs(inputs, 1, 1);
        Shape x = inputs.get(0);
        Expect.axis(x, axis);
        Shape whole = x.with(axis, total);
        Span.check(whole, axis, start, x.size(axis));
        return List.of(whole);
    }

    @Override
    public List<DoubleTensor> evaluate(List<DoubleTensor> inputs, long randomKey) {
        DoubleTensor x = inputs.get(0);
        DoubleTensor y = DoubleTensor.zeros(x.shape().with(axis, total));
        Span span = Span.of(y.shape(), axis, start, x.shape().size(axis));
        for (int i = 0; i < x.data().length; i++) {
            y.data()[span.whole(i)] = x.data()[i];
        }
        return List.of(y);
    }

    @Override
    public List<@Nullable Value> differentiate(GraphBuilder g, Node node, Value dy) {
        int size = node.input(0).shape().size(axis);
        return Arrays.asList(g.add(new Slice(axis, start, size), dy));
    }

    @Override
    public long flops(List<Shape> inputs, List<Shape> outputs) {
        return 0; // copies
    }

    @Override
    public Step lower(Lowering lowering) {
        Slot x = lowering.input(0);
        Slot y = lowering.output(0);
        Span span = Span.of(
                lowering.outputShape(0), axis, start, lowering.inputShape(0).size(axis));
        ElementwiseKernels kernels = lowering.kernels().elementwise();
        return Grain.rows(span.rows(), span.stride(), (f, from, to) -> {
            int at = y.offset() + from * span.stride();
            Arrays.fill(f.array(y), at, y.offset() + to * span.stride(), 0f);
            kernels.copyRows(
                    f.array(x),
                    x.offset() + from * span.width(),
                    span.width(),
                    f.array(y),
                    at + span.skip(),
                    span.stride(),
                    to - from,
                    span.width());
        });
    }
}
