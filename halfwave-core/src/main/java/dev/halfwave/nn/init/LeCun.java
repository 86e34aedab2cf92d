package dev.halfwave.nn.init;

import dev.halfwave.graph.Initializer;
import dev.halfwave.tensor.Shape;
import java.util.random.RandomGenerator;

/**
 * Normal with standard deviation 1 / √fan-in, which keeps the signal's variance where the activation's slope is about 1, as
 * of tanh around zero, or where the activation restores it, as SELU does.
 *
 * @see <a href="https://doi.org/10.1007/3-540-49430-8_2">LeCun et al. 1998, section 4.6, equation 16</a>
 * @see <a href="https://arxiv.org/abs/1706.02515">Klambauer et al. 2017, for SELU</a>
 */
public record LeCun() implements Initializer {
    @Override
    public void fill(Shape shape, float[] into, int offset, RandomGenerator random) {
        new He(1).fill(shape, into, offset, random);
    }
}
