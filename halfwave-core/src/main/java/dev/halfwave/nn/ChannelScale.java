package dev.halfwave.nn;

import dev.halfwave.graph.GraphBuilder;
import dev.halfwave.graph.Value;
import dev.halfwave.nn.init.Constant;
import dev.halfwave.op.FrozenBatchNorm;
import dev.halfwave.tensor.Shape;
import dev.halfwave.tensor.Tensor;

/** What norms end with: every channel stretched and shifted as learnt, {@code y = γ · x + β}. */
final class ChannelScale {
    /** Half of a divisor of 1, which a norm makes from a variance and its ε. */
    private static final float HALF = 0.5f;

    private ChannelScale() {}

    /**
     * Adds it within the layer that is open, with its parameters {@code gamma [C]} and {@code beta [C]}: a norm with a
     * mean of 0 and {@code √(½ + ½)} to divide by, both exactly.
     */
    static Value add(GraphBuilder g, Value x) {
        Shape c = Shape.of(x.shape().size(-1));
        Value gamma = g.parameter("gamma", c, new Constant(1), true);
        Value beta = g.parameter("beta", c, new Constant(0), true);
        Value mean = g.constant(Tensor.zeros(c));
        return g.add(new FrozenBatchNorm(HALF), x, gamma, beta, mean, g.constant(Tensor.full(c, HALF)));
    }
}
