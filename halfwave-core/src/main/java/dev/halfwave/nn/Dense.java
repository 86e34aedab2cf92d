package dev.halfwave.nn;

import dev.halfwave.activation.Activation;
import dev.halfwave.activation.Identity;
import dev.halfwave.graph.GraphBuilder;
import dev.halfwave.graph.Initializer;
import dev.halfwave.graph.Value;
import dev.halfwave.nn.init.Automatic;
import dev.halfwave.nn.init.Constant;
import dev.halfwave.op.BiasAdd;
import dev.halfwave.op.MatMul;
import dev.halfwave.tensor.Shape;

/**
 * A fully connected layer: {@code y = f(x·w + b)}.
 *
 * <p>Input {@code [N, C]}, output {@code [N, units]}. Parameters: {@code weights [C, units]} and {@code bias [units]}.
 *
 * @param units the number of outputs, 1 or more
 * @param bias whether each unit has a bias; yes by default
 * @param activation f; identity by default
 * @param initializer first values of the weights; by default He's for piecewise linear activations, else Glorot's
 */
public record Dense(int units, boolean bias, Activation activation, Initializer initializer) implements Layer {

    /** @throws IllegalArgumentException if there is no unit */
    public Dense {
        if (units < 1) {
            throw new IllegalArgumentException("dense: expected 1 unit or more, received " + units);
        }
    }

    /** A linear layer with bias. */
    public static Dense of(int units) {
        return new Dense(units, true, new Identity(), new Automatic());
    }

    /** The same with another activation. */
    public Dense activation(Activation other) {
        return new Dense(units, bias, other, initializer);
    }

    /** The same without bias. */
    public Dense withoutBias() {
        return new Dense(units, false, activation, initializer);
    }

    /** The same with other first values. */
    public Dense initializer(Initializer other) {
        return new Dense(units, bias, activation, other);
    }

    @Override
    public Value apply(GraphBuilder g, Value x) {
        try (GraphBuilder.Scope layer = g.layer("dense")) {
            if (x.shape().rank() != 2) {
                throw new IllegalArgumentException(
                        g.prefix().substring(0, g.prefix().length() - 1) + ": expected rows [N, C], received "
                                + x.shape() + "; put a Flatten in front");
            }
            Shape shape = Shape.of(x.shape().size(1), units);
            Value w = g.parameter("weights", shape, Automatic.resolve(initializer, activation), true);
            Value z = g.add(new MatMul(false, false), x, w);
            if (bias) {
                z = g.add(new BiasAdd(), z, g.parameter("bias", Shape.of(units), new Constant(0), true));
            }
            return Activate.add(g, activation, z);
        }
    }
}
