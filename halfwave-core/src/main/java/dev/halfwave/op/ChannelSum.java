package dev.halfwave.op;

import dev.halfwave.graph.GraphBuilder;
import dev.halfwave.graph.Lowering;
import dev.halfwave.graph.Node;
import dev.halfwave.graph.Op;
import dev.halfwave.graph.Slot;
import dev.halfwave.graph.Step;
import dev.halfwave.graph.Value;
import dev.halfwave.kernel.ChannelKernels;
import dev.halfwave.tensor.DoubleTensor;
import dev.halfwave.tensor.Shape;
import dev.halfwave.tensor.Tensor;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Adds up everything but the channels: {@code [..., C]} to {@code [C]}, the gradient of a bias. */
public record ChannelSum() implements Op {
    @Override
    public String name() {
        return "channel_sum";
    }

    @Override
    public List<Shape> infer(List<Shape> inputs) {
        Expect.inputs(inputs, 1, 1);
        Expect.channels("x", inputs.get(0));
        return List.of(Shape.of(inputs.get(0).size(-1)));
    }

    @Override
    public List<DoubleTensor> evaluate(List<DoubleTensor> inputs, long randomKey) {
        DoubleTensor x = inputs.get(0);
        DoubleTensor sum = DoubleTensor.zeros(Shape.of(x.shape().size(-1)));
        for (int i = 0; i < x.data().length; i++) {
            sum.data()[i % sum.data().length] += x.data()[i];
        }
        return List.of(sum);
    }

    @Override
    public List<@Nullable Value> differentiate(GraphBuilder g, Node node, Value dy) {
        Value zeros = g.constant(Tensor.zeros(node.input(0).shape()));
        return Arrays.asList(g.add(new BiasAdd(), zeros, dy));
    }

    @Override
    public Step lower(Lowering lowering) {
        Slot x = lowering.input(0);
        Slot out = lowering.output(0);
        int c = lowering.outputShape(0).elements();
        Chunks chunks = Chunks.of(lowering.inputShape(0).rows());
        Slot partial = lowering.scratch(chunks.count() * c);
        ChannelKernels kernels = lowering.kernels().channels();
        return Step.sequence(
                Step.tasks(
                        chunks.count(),
                        (f, i) -> kernels.sum(
                                f.array(x),
                                x.offset() + chunks.start(i) * c,
                                f.array(partial),
                                partial.offset() + i * c,
                                chunks.length(i),
                                c)),
                f -> chunks.merge(f.array(partial), partial.offset(), f.array(out), out.offset(), c));
    }
}
