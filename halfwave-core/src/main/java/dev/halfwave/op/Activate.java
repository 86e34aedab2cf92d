package dev.halfwave.op;

import dev.halfwave.activation.Activation;
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
 * Applies an activation to every element; the output has the input's shape.
 *
 * @param activation the function
 */
public record Activate(Activation activation) implements Op {
    @Override
    public String name() {
        return activation.name().replace('-', '_');
    }

    @Override
    public List<Shape> infer(List<Shape> inputs) {
        Expect.inputs(inputs, 1, 1);
        return inputs;
    }

    @Override
    public List<DoubleTensor> evaluate(List<DoubleTensor> inputs, long randomKey) {
        return Pointwise.value(activation.value(), inputs.get(0));
    }

    @Override
    public List<@Nullable Value> differentiate(GraphBuilder g, Node node, Value dy) {
        boolean fromOutput = !activation.derivative().mentionsX();
        return Arrays.asList(g.add(new ActivateGradient(activation), dy, fromOutput ? node.output() : node.input(0)));
    }

    @Override
    public Step lower(Lowering lowering) {
        return Pointwise.value(lowering, lowering.kernels().pointwise().value(activation));
    }

    @Override
    public boolean inPlace(int input) {
        return true;
    }
}
