package dev.halfwave.op;

import dev.halfwave.graph.GraphBuilder;
import dev.halfwave.graph.Lowering;
import dev.halfwave.graph.Node;
import dev.halfwave.graph.Op;
import dev.halfwave.graph.Slot;
import dev.halfwave.graph.Step;
import dev.halfwave.graph.Value;
import dev.halfwave.kernel.ConvKernels;
import dev.halfwave.kernel.StatisticsKernel;
import dev.halfwave.tensor.DoubleTensor;
import dev.halfwave.tensor.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A convolution that takes its channels' statistics on the way, for the batch norm that follows it in training.
 *
 * <p>{@code z = f(conv(x, w) + b)}, and for each channel {@code mean = Σ z / m} and {@code variance = Σ (z − mean)² / m}
 * over its m pixels in the batch. Inputs: x, w and b, if there is one, as {@link Conv2d}'s; outputs: z {@code [N, OH,
 * OW, K]}, mean and variance {@code [K]}. Only z carries a gradient. Kernels that cannot take statistics while z is in
 * the cache leave them to a pass of their own.
 *
 * @param conv the convolution, with its activation
 * @see <a href="https://arxiv.org/abs/1502.03167">Ioffe and Szegedy 2015, algorithm 1, the first two lines</a>
 */
public record Conv2dStatistics(Conv2d conv) implements Op {
    @Override
    public String name() {
        return "conv2d_statistics";
    }

    @Override
    public List<Shape> infer(List<Shape> inputs) {
        Shape z = conv.infer(inputs).get(0);
        Statistics.check(z);
        return List.of(z, Shape.of(z.size(3)), Shape.of(z.size(3)));
    }

    @Override
    public List<DoubleTensor> evaluate(List<DoubleTensor> inputs, long randomKey) {
        List<DoubleTensor> outputs = new ArrayList<>(conv.evaluate(inputs, randomKey));
        outputs.addAll(Statistics.of(outputs.get(0)));
        return outputs;
    }

    @Override
    public List<@Nullable Value> differentiate(GraphBuilder g, Node node, Value dz) {
        return conv.differentiate(g, node, dz);
    }

    @Override
    public long flops(List<Shape> inputs, List<Shape> outputs) {
        return conv.flops(inputs, outputs) + Statistics.flops(outputs.get(0));
    }

    @Override
    public Step lower(Lowering lowering) {
        ConvKernels kernels = lowering.kernels().conv();
        boolean bias = lowering.inputCount() == 3;
        Slot mean = lowering.output(1);
        Slot variance = lowering.output(2);
        Optional<StatisticsKernel> kernel = kernels.forwardWithStatistics(
                conv.geometry(lowering.inputShape(0), lowering.inputShape(1)), bias, conv.activation());
        if (kernel.isPresent()) {
            return Bilinear.lower(lowering, kernel.get(), bias, mean, variance);
        }
        Step z = conv.lower(lowering);
        Step taken = Statistics.take(lowering, lowering.output(0), lowering.outputShape(0), mean, variance);
        return Step.sequence(z, taken).by(z.algorithm());
    }
}
