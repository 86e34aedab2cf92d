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
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Adds one number per channel: x {@code [..., C]} and bias {@code [C]} to {@code [..., C]}. It moves a rectifier's
 * kink.
 */
public record BiasAdd() implements Op {
    @Override
    public String name() {
        return "bias_add";
    }

    @Override
    public List<Shape> infer(List<Shape> inputs) {
        Expect.inputs(inputs, 2, 2);
        Expect.perChannel("a bias", inputs.get(1), inputs.get(0));
        return List.of(inputs.get(0));
    }

    @Override
    public List<DoubleTensor> evaluate(List<DoubleTensor> inputs, long randomKey) {
        DoubleTensor x = inputs.get(0);
        double[] bias = inputs.get(1).data();
        DoubleTensor y = DoubleTensor.zeros(x.shape());
        for (int i = 0; i < y.data().length; i++) {
            y.data()[i] = x.data()[i] + bias[i % bias.length];
        }
        return List.of(y);
    }

    @Override
    public List<@Nullable Value> differentiate(GraphBuilder g, Node node, Value dy) {
        return Arrays.asList(dy, g.add(new ChannelSum(), dy));
    }

    @Override
    public Step lower(Lowering lowering) {
        Slot x = lowering.input(0);
        Slot bias = lowering.input(1);
        Slot y = lowering.output(0);
        int c = lowering.inputShape(1).elements();
        ChannelKernels kernels = lowering.kernels().channels();
        return Grain.rows(
                lowering.outputShape(0).rows(),
                c,
                (f, from, to) -> kernels.addBias(
                        f.array(x),
                        x.offset() + from * c,
                        f.array(bias),
                        bias.offset(),
                        f.array(y),
                        y.offset() + from * c,
                        to - from,
                        c));
    }

    @Override
    public boolean inPlace(int input) {
        return input == 0;
    }
}
