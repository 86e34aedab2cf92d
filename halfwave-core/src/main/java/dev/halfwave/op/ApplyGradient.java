package dev.halfwave.op;

import dev.halfwave.activation.Formula;
import dev.halfwave.graph.GraphBuilder;
import dev.halfwave.graph.Lowering;
import dev.halfwave.graph.Node;
import dev.halfwave.graph.Op;
import dev.halfwave.graph.Step;
import dev.halfwave.graph.Value;
import dev.halfwave.tensor.DoubleTensor;
import dev.halfwave.tensor.Shape;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The gradient of {@link Apply}: {@code dx = dy · f′}.
 *
 * <p>Inputs: dy, and the function's input if its derivative mentions x, else its output; all of one shape.
 *
 * @param function the name of f
 * @param derivative f′, a formula of x alone or of y alone
 */
public record ApplyGradient(String function, Formula derivative) implements Op {
    @Override
    public String name() {
        return function + "_gradient";
    }

    @Override
    public List<Shape> infer(List<Shape> inputs) {
        return Pointwise.gradientShape(inputs);
    }

    @Override
    public List<DoubleTensor> evaluate(List<DoubleTensor> inputs, long randomKey) {
        return Pointwise.gradient(derivative, inputs);
    }

    @Override
    public List<@Nullable Value> differentiate(GraphBuilder g, Node node, Value dy) {
        throw Op.noGradient(node);
    }

    @Override
    public Step lower(Lowering lowering) {
        return Pointwise.gradient(lowering, lowering.kernels().pointwise().gradient(derivative));
    }

    @Override
    public boolean inPlace(int input) {
        return input == 0;
    }
}
