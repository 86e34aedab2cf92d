package dev.halfwave.op;

import dev.halfwave.activation.Activation;
import dev.halfwave.activation.Identity;
import dev.halfwave.graph.GraphBuilder;
import dev.halfwave.graph.Lowering;
import dev.halfwave.graph.Node;
import dev.halfwave.graph.Op;
import dev.halfwave.graph.Step;
import dev.halfwave.graph.Value;
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
        return Sum.lower(lowering, lowering.input(0), lowering.input(1), activation);
    }

    @Override
    public boolean inPlace(int input) {
        return true;
    }
}
