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
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Puts tensors one behind the other along one axis; on all others they agree.
 *
 * @param axis the axis that grows; negative counts from the end, −1 being channels
 */
public record Concat(int axis) implements Op {
    @Override
    public String name() {
        return "concat";
    }

    @Override
    public List<Shape> infer(List<Shape> inputs) {
        Expect.inputs(inputs, 2, Expect.ANY);
        Shape first = inputs.get(0);
        int at = Expect.axis(first, axis);
        int total = 0;
        for (Shape input : inputs) {
            if (input.rank() != first.rank() || !input.with(at, 0).equals(first.with(at, 0))) {
                throw new IllegalArgumentException(
                        "expected inputs that differ on axis " + at + " alone, received " + inputs);
            }
            total = Math.addExact(total, input.size(at));
        }
        return List.of(first.with(at, total));
    }

    @Override
    public List<DoubleTensor> evaluate(List<DoubleTensor> inputs, long randomKey) {
        Shape shape = infer(inputs.stream().map(DoubleTensor::shape).toList()).get(0);
        DoubleTensor out = DoubleTensor.zeros(shape);
        int start = 0;
        for (DoubleTensor input : inputs) {
            Span span = Span.of(shape, axis, start, input.shape().size(axis));
            for (int i = 0; i < input.data().length; i++) {
                out.data()[span.whole(i)] = input.data()[i];
            }
            start += input.shape().size(axis);
        }
        return List.of(out);
    }

    @Override
    public List<@Nullable Value> differentiate(GraphBuilder g, Node node, Value dy) {
        List<@Nullable Value> gradients = new ArrayList<>();
        int start = 0;
        for (Value input : node.inputs()) {
            int size = input.shape().size(axis);
            gradients.add(g.add(new Slice(axis, start, size), dy));
            start += size;
        }
        return gradients;
    }

    @Override
    public long flops(List<Shape> inputs, List<Shape> outputs) {
        return 0; // copies
    }

    @Override
    public Step lower(Lowering lowering) {
        Step[] copies = new Step[lowering.inputCount()];
        int start = 0;
        for (int i = 0; i < copies.length; i++) {
            int size = lowering.inputShape(i).size(axis);
            copies[i] = copy(lowering, i, Span.of(lowering.outputShape(0), axis, start, size));
            start += size;
        }
        return Step.sequence(copies);
    }

    private static Step copy(Lowering lowering, int input, Span span) {
        Slot x = lowering.input(input);
        Slot out = lowering.output(0);
        ElementwiseKernels kernels = lowering.kernels().elementwise();
        return Grain.rows(
                span.rows(),
                span.width(),
                (f, from, to) -> kernels.copyRows(
                        f.array(x),
                        x.offset() + from * span.width(),
                        span.width(),
                        f.array(out),
                        out.offset() + from * span.stride() + span.skip(),
                        span.stride(),
                        to - from,
                        span.width()));
    }
}
