package dev.halfwave.op;

import dev.halfwave.graph.GraphBuilder;
import dev.halfwave.graph.Lowering;
import dev.halfwave.graph.Node;
import dev.halfwave.graph.Op;
import dev.halfwave.graph.Slot;
import dev.halfwave.graph.Step;
import dev.halfwave.graph.Value;
import dev.halfwave.kernel.BilinearKernel;
import dev.halfwave.kernel.ConvGeometry;
import dev.halfwave.kernel.ConvKernels;
import dev.halfwave.tensor.DoubleTensor;
import dev.halfwave.tensor.Shape;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A convolution of whose results only the largest of every window are kept: {@code y = maxpool(f(conv(x, w) + b))}, as
 * networks that are not trained any more have it.
 *
 * <p>Inputs are {@link Conv2d}'s; output {@code [N, PH, PW, K]}, where the pool's windows move over the convolution's
 * result. Where the kernels can, that is never written as a whole.
 *
 * @param conv the convolution, with its activation f
 * @param pool the windows
 */
public record PooledConv2d(Conv2d conv, MaxPool2d pool) implements Op {
    @Override
    public String name() {
        return "pooled_conv2d";
    }

    @Override
    public List<Shape> infer(List<Shape> inputs) {
        return pool.infer(conv.infer(inputs));
    }

    @Override
    public List<DoubleTensor> evaluate(List<DoubleTensor> inputs, long randomKey) {
        return pool.evaluate(conv.evaluate(inputs, randomKey), randomKey);
    }

    /** The convolution is computed again: its result was not kept. */
    @Override
    public List<@Nullable Value> differentiate(GraphBuilder g, Node node, Value dy) {
        Node z = g.addNode(conv, node.inputs());
        Value dz = g.add(new MaxPool2dGradient(pool.vertical(), pool.horizontal()), dy, z.output(), node.output());
        return conv.differentiate(g, z, dz);
    }

    @Override
    public long flops(List<Shape> inputs, List<Shape> outputs) {
        List<Shape> z = conv.infer(inputs);
        return conv.flops(inputs, z) + pool.flops(z, outputs);
    }

    @Override
    public Step lower(Lowering lowering) {
        Shape x = lowering.inputShape(0);
        Shape w = lowering.inputShape(1);
        boolean bias = lowering.inputCount() == 3;
        ConvGeometry geometry = conv.geometry(x, w);
        ConvKernels kernels = lowering.kernels().conv();
        Optional<BilinearKernel> pooled =
                kernels.forwardPooled(geometry, pool.vertical(), pool.horizontal(), bias, conv.activation());
        if (pooled.isPresent()) {
            return Bilinear.lower(lowering, pooled.get(), bias);
        }
        Shape z = Shape.of(x.size(0), geometry.oh(), geometry.ow(), geometry.k());
        Slot apart = lowering.scratch(z.elements());
        BilinearKernel whole = kernels.forward(geometry, bias, conv.activation());
        Step maxima = pool.lower(lowering.kernels().pool(), z, apart, lowering.output(0));
        return Step.sequence(Bilinear.lower(lowering, whole, bias, apart), maxima)
                .by(whole.algorithm());
    }
}
