package dev.halfwave.nn.init;

import dev.halfwave.activation.Activation;
import dev.halfwave.activation.Identity;
import dev.halfwave.graph.Initializer;
import dev.halfwave.tensor.Shape;
import java.util.random.RandomGenerator;

/** What suits the layer's activation: {@link He} with its gain for rectifiers, {@link Glorot} for the rest. */
public record Automatic() implements Initializer {
    /** The given initializer, or the one that suits the activation if it is automatic. */
    public static Initializer resolve(Initializer given, Activation activation) {
        if (!(given instanceof Automatic)) {
            return given;
        }
        boolean rectifier = activation.slopes().isPresent() && !(activation instanceof Identity);
        return rectifier ? new He(activation.gain()) : new Glorot();
    }

    @Override
    public void fill(Shape shape, float[] into, int offset, RandomGenerator random) {
        new Glorot().fill(shape, into, offset, random);
    }
}
