package dev.halfwave.op;

import dev.halfwave.activation.Activation;
import dev.halfwave.activation.Identity;
import dev.halfwave.graph.GraphBuilder;
import dev.halfwave.graph.Lowering;
import dev.halfwave.graph.Node;
import dev.halfwave.graph.Op;
import dev.halfwave.graph.Slot;
import dev.halfwave.graph.Step;
import dev.halfwave.graph.Value;
import dev.halfwave.kernel.ElementwiseKernels;
import dev.halfwave.kernel.PointwiseKernels;
import dev.halfwave.tensor.DoubleTensor;
import dev.halfwave.tensor.Shape;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The sum of two tensors of one shape, where a residual branch joins, optionally with activation: {@code y = f(a + b)}.
 *
 * @param activation f; identity unless a rewrite rule fused one in
 */
public record Add(Activation activation) implements Op {
    /** Floats that are added and activated at a time: 8 KiB, so that the sum is still in the first cache. */
    private static final int BLOCK = 2048;

    /** A sum without activation. */
    public Add() {
        this(new Identity());
    }

    @Override
    public String name() {
        return "add";
    }

    @Override
    public List<Shape> infer(List<Shape> inputs) {
        Expect.inputs(inputs, 2, 2);
        Expect.shape("a second summand", inputs.get(1), inputs.get(0));
        return List.of(inputs.get(0));
    }

    @Override
    public List<DoubleTensor> evaluate(List<DoubleTensor> inputs, long randomKey) {
        DoubleTensor sum = DoubleTensor.zeros(inputs.get(0).shape());
        for (int i = 0; i < sum.data().length; i++) {
            sum.data()[i] =
                    activation.at(inputs.get(0).data()[i] + inputs.get(1).data()[i]);
        }
        return List.of(sum);
    }

    @Override
    public List<@Nullable Value> differentiate(GraphBuilder g, Node node, Value dy) {
        Value dz = ActivateGradient.through(g, node, activation, dy);
        return Arrays.asList(dz, dz);
    }

    @Override
    public Step lower(Lowering lowering) {
        Step.Range sum = sum(lowering);
        int elements = lowering.outputShape(0).elements();
        if (activation instanceof Identity) {
            return Grain.elements(elements, sum);
        }
        Slot out = lowering.output(0);
        PointwiseKernels.Value f = lowering.kernels().pointwise().value(activation);
        return Grain.elements(elements, (frame, from, to) -> {
            for (int i = from; i < to; i += BLOCK) {
                int end = Math.min(to, i + BLOCK);
                sum.run(frame, i, end);
                float[] y = frame.array(out);
                f.apply(y, out.offset() + i, y, out.offset() + i, end - i);
            }
        });
    }

    private static Step.Range sum(Lowering lowering) {
        Slot a = lowering.input(0);
        Slot b = lowering.input(1);
        Slot out = lowering.output(0);
        ElementwiseKernels kernels = lowering.kernels().elementwise();
        return (f, from, to) -> kernels.add(
                f.array(a),
                a.offset() + from,
                f.array(b),
                b.offset() + from,
                f.array(out),
                out.offset() + from,
                to - from);
    }

    @Override
    public boolean inPlace(int input) {
        return true;
    }
}
