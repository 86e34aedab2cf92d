package dev.halfwave.nn;

import dev.halfwave.activation.Activation;
import dev.halfwave.activation.Identity;
import dev.halfwave.activation.NoisyRelu;
import dev.halfwave.activation.Prelu;
import dev.halfwave.activation.RRelu;
import dev.halfwave.graph.GraphBuilder;
import dev.halfwave.graph.Mode;
import dev.halfwave.graph.Value;
import dev.halfwave.nn.init.Constant;
import dev.halfwave.op.PRelu;
import dev.halfwave.tensor.Shape;

/**
 * An activation as a layer of its own; the output has the input's shape. For {@link Prelu} it has a parameter {@code
 * slope [C]}; {@link RRelu} and {@link NoisyRelu} draw from a hash of the run, the layer and the element in training.
 *
 * @param activation the function
 */
public record Activate(Activation activation) implements Layer {
    @Override
    public Value apply(GraphBuilder g, Value x) {
        try (GraphBuilder.Scope layer = g.layer(activation.name().replace('-', '_'))) {
            return add(g, activation, x);
        }
    }

    /** Adds an activation's op within the layer that is open. */
    static Value add(GraphBuilder g, Activation activation, Value z) {
        if (activation instanceof Identity) {
            return z;
        }
        if (activation instanceof Prelu prelu) {
            Shape channels = Shape.of(z.shape().size(-1));
            return g.add(new PRelu(), z, g.parameter("slope", channels, new Constant(prelu.initialSlope()), true));
        }
        if (g.mode() == Mode.TRAINING && activation instanceof RRelu random) {
            return RandomRectifier.slopes(g, random, z);
        }
        if (g.mode() == Mode.TRAINING && activation instanceof NoisyRelu) {
            return RandomRectifier.noise(g, z);
        }
        return g.add(new dev.halfwave.op.Activate(activation), z);
    }
}
