package dev.halfwave.nn.init;

import dev.halfwave.graph.Initializer;
import dev.halfwave.tensor.Shape;
import java.util.random.RandomGenerator;

/**
 * Normal around zero, drawn again where it would be more than two deviations away.
 *
 * <p>What is left of the normal distribution has 0.88 times the given deviation.
 *
 * @param deviation the standard deviation before anything is cut off, 0 or more; 0.02 by default
 * @see <a href="https://arxiv.org/abs/2010.11929">Dosovitskiy et al. 2021, whose usual weights start so</a>
 */
public record TruncatedNormal(double deviation) implements Initializer {
    private static final double MOST = 2;

    /** @throws IllegalArgumentException if the deviation is negative or not finite */
    public TruncatedNormal {
        if (!(deviation >= 0 && deviation < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException(
                    "truncated_normal: expected a deviation of 0 or more, received " + deviation + "; 0.02 is usual");
        }
    }

    /** With a deviation of 0.02. */
    public TruncatedNormal() {
        this(0.02);
    }

    @Override
    public void fill(Shape shape, float[] into, int offset, RandomGenerator random) {
        for (int i = 0; i < shape.elements(); i++) {
            double drawn = random.nextGaussian();
            while (Math.abs(drawn) > MOST) {
                drawn = random.nextGaussian();
            }
            into[offset + i] = (float) (deviation * drawn);
        }
    }
}
