package dev.halfwave.nn;

import dev.halfwave.graph.GraphBuilder;
import dev.halfwave.graph.Value;

/**
 * Instance normalisation: each channel of each image is centred and scaled to unit variance, then stretched and shifted
 * as learnt.
 *
 * <p>Input and output {@code [N, H, W, C]}. Parameters {@code gamma [C]}, {@code beta [C]}. Training and inference
 * compute the same.
 *
 * @param epsilon added to the variance, above 0; 1e-5 by default
 * @see <a href="https://arxiv.org/abs/1607.08022">Ulyanov, Vedaldi and Lempitsky 2016</a>
 */
public record InstanceNorm(double epsilon) implements Layer {

    /** @throws IllegalArgumentException if epsilon is not above 0 */
    public InstanceNorm {
        if (!(epsilon > 0)) {
            throw new IllegalArgumentException("instance_norm: expected an epsilon above 0, received " + epsilon);
        }
    }

    /** With the usual epsilon of 1e-5. */
    public InstanceNorm() {
        this(1e-5);
    }

    @Override
    public Value apply(GraphBuilder g, Value x) {
        try (GraphBuilder.Scope layer = g.layer("instance_norm")) {
            Images.check("instance_norm", g, x);
            return ChannelScale.add(g, GroupNorm.normalize(g, x, x.shape().size(3), epsilon));
        }
    }
}
