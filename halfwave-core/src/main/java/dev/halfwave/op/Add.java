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

/** The sum of two tensors of one shape: where a residual branch joins. */
public record Add() implements Op {
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
            sum.data()[i] = inputs.get(0).data()[i] + inputs.get(1).data()[i];
        }
        return List.of(sum);
    }

    @Override
    public List<@Nullable Value> differentiate(GraphBuilder g, Node node, Value dy) {
        return Arrays.asList(dy, dy);
    }

    @Override
    public Step lower(Lowering lowering) {
        Slot a = lowering.input(0);
        Slot b = lowering.input(1);
        Slot out = lowering.output(0);
        ElementwiseKernels kernels = lowering.kernels().elementwise();
        return Grain.elements(
                lowering.outputShape(0).elements(),
                (f, from, to) -> kernels.add(
                        f.array(a),
                        a.offset() + from,
                        f.array(b),
                        b.offset() + from,
                        f.array(out),
                        out.offset() + from,
                        to - from));
    }

    @Override
    public boolean inPlace(int input) {
        return true;
    }
}
