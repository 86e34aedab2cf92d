package dev.halfwave.nn.init;

import dev.halfwave.activation.Activation;
import dev.halfwave.graph.Initializer;
import dev.halfwave.tensor.Shape;
import java.util.random.RandomGenerator;

/**
 * Normal with standard deviation gain / √fan-in, which keeps the signal's variance through rectifiers.
 *
 * @param gain √2 for ReLU, √(2 / (1 + slope²)) for leaky and parametric ones
 * @see <a href="https://arxiv.org/abs/1502.01852">He et al. 2015, section 2.2</a>
 */
public record He(double gain) implements Initializer {
    /** For ReLU. */
    public He() {
        this(Math.sqrt(2));
    }

    /** For an activation, by its {@link Gain}. */
    public static He of(Activation activation) {
        return new He(Gain.of(activation));
    }

    @Override
    public void fill(Shape shape, float[] into, int offset, RandomGenerator random) {
        double deviation = gain / Math.sqrt(Math.max(1, shape.rows()));
        for (int i = 0; i < shape.elements(); i++) {
            into[offset + i] = (float) (deviation * random.nextGaussian());
        }
    }
}
