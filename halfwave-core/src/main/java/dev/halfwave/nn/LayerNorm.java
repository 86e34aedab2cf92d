package dev.halfwave.nn;

import dev.halfwave.graph.GraphBuilder;
import dev.halfwave.graph.Value;

/**
 * Layer normalisation: each position's channels are centred and scaled to unit variance, then stretched and shifted as
 * learnt.
 *
 * <p>Input and output {@code [..., C]}. Parameters {@code gamma [C]}, {@code beta [C]}. Training and inference compute
 * the same.
 *
 * @param epsilon added to the variance, above 0; 1e-5 by default
 * @see <a href="https://arxiv.org/abs/1607.06450">Ba, Kiros and Hinton 2016</a>
 */
public record LayerNorm(double epsilon) implements Layer {

    /** @throws IllegalArgumentException if epsilon is not above 0 */
    public LayerNorm {
        if (!(epsilon > 0)) {
            throw new IllegalArgumentException("layer_norm: expected an epsilon above 0, received " + epsilon);
        }
    }

    /** With the usual epsilon of 1e-5. */
    public LayerNorm() {
        this(1e-5);
    }

    @Override
    public Value apply(GraphBuilder g, Value x) {
        try (GraphBuilder.Scope layer = g.layer("layer_norm")) {
            return ChannelScale.add(g, g.add(new dev.halfwave.op.LayerNorm(epsilon), x));
        }
    }
}
