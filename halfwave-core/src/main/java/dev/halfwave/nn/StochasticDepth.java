package dev.halfwave.nn;

import dev.halfwave.graph.GraphBuilder;
import dev.halfwave.graph.Value;
import dev.halfwave.op.RandomFactor;

/**
 * In training, sets some samples to zero as a whole and scales up the others; otherwise nothing. At the end of a
 * {@link Residual}'s branch, it makes a network that is shallower for each sample in another way.
 *
 * <p>Input and output {@code [N, …, C]}. Scaling up in training stands for scaling down in use, as in {@link Dropout}.
 *
 * <pre>{@code
 * Layer block = Residual.of(branch, new Relu()).stochasticDepth(0.2);
 * }</pre>
 *
 * @param rate the share of samples that skip the branch, in [0, 1)
 * @see <a href="https://arxiv.org/abs/1603.09382">Huang, Sun, Liu, Sedra and Weinberger 2016, section 3</a>
 */
public record StochasticDepth(double rate) implements Layer {

    /** @throws IllegalArgumentException if the rate is not in [0, 1) */
    public StochasticDepth {
        if (!(rate >= 0 && rate < 1)) {
            throw new IllegalArgumentException("stochastic_depth: expected a rate from 0 to below 1, received " + rate);
        }
    }

    @Override
    public Value apply(GraphBuilder g, Value x) {
        try (GraphBuilder.Scope layer = g.layer("stochastic_depth")) {
            return SpatialDropout.drop(g, x, rate, RandomFactor.Sharing.SAMPLE);
        }
    }
}
