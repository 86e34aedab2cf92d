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
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The gradient of {@link Activate}: {@code dx = dy · f′}.
 *
 * <p>Inputs: dy, and the activation's output where its derivative is a formula of y, else its input; all of one shape.
 * Working from the output means that a rectifier's input need not be kept.
 *
 * @param activation the function f
 */
public record ActivateGradient(Activation activation) implements Op {

    /** The gradient in front of an activation that was fused into {@code node}; {@code dy} itself if there is none. */
    static Value through(GraphBuilder g, Node node, Activation activation, Value dy) {
        if (activation instanceof Identity) {
            return dy;
        }
        if (activation.derivative().mentionsX()) {
            throw new UnsupportedOperationException(node.name() + ": expected an activation whose derivative follows"
                    + " from its output, received " + activation.spec() + "; differentiate before fusing");
        }
        return g.add(new ActivateGradient(activation), dy, node.output());
    }

    @Override
    public String name() {
        return activation.name().replace('-', '_') + "_gradient";
    }

    @Override
    public List<Shape> infer(List<Shape> inputs) {
        return Pointwise.gradientShape(inputs);
    }

    @Override
    public List<DoubleTensor> evaluate(List<DoubleTensor> inputs, long randomKey) {
        return Pointwise.gradient(activation.derivative(), inputs);
    }

    @Override
    public List<@Nullable Value> differentiate(GraphBuilder g, Node node, Value dy) {
        throw Op.noGradient(node);
    }

    @Override
    public Step lower(Lowering lowering) {
        return Pointwise.gradient(lowering, lowering.kernels().pointwise().gradient(activation));
    }

    @Override
    public boolean inPlace(int input) {
        return input == 0;
    }
}
