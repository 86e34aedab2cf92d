package dev.halfwave.nn.init;

import dev.halfwave.graph.Initializer;
import dev.halfwave.tensor.Shape;
import java.util.random.RandomGenerator;

/**
 * Uniform within ±√(6 / (fan-in + fan-out)), which suits activations that are about linear around zero.
 *
 * @see <a href="https://proceedings.mlr.press/v9/glorot10a.html">Glorot and Bengio 2010, equation 16</a>
 */
public record Glorot() implements Initializer {
    @Override
    public void fill(Shape shape, float[] into, int offset, RandomGenerator random) {
        // A filter bank [R, S, C, K] has R·S·C ways in and R·S·K ways out of each unit.
        int taps = shape.rank() > 2 ? shape.product(0, shape.rank() - 2) : 1;
        double bound = Math.sqrt(6.0 / (shape.rows() + (double) taps * shape.size(-1)));
        for (int i = 0; i < shape.elements(); i++) {
            into[offset + i] = (float) ((2 * random.nextDouble() - 1) * bound);
        }
    }
}
