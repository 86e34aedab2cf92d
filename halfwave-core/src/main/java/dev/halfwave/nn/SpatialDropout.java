package dev.halfwave.nn;

import dev.halfwave.graph.GraphBuilder;
import dev.halfwave.graph.Mode;
import dev.halfwave.graph.Value;
import dev.halfwave.op.Distribution;
import dev.halfwave.op.RandomFactor;

/**
 * In training, sets a random share of each sample's channels to zero as a whole and scales up the rest; otherwise nothing.
 *
 * <p>Input and output {@code [N, …, C]}: images or sequences, whose neighbouring elements say so much of each other that
 * dropping single ones drops little.
 *
 * @param rate the share that is dropped, in [0, 1)
 * @see <a href="https://arxiv.org/abs/1411.4280">Tompson, Goroshin, Jain, LeCun and Bregler 2015, section 3.2</a>
 */
public record SpatialDropout(double rate) implements Layer {

    /** @throws IllegalArgumentException if the rate is not in [0, 1) */
    public SpatialDropout {
        if (!(rate >= 0 && rate < 1)) {
            throw new IllegalArgumentException("spatial_dropout: expected a rate from 0 to below 1, received " + rate);
        }
    }

    @Override
    public Value apply(GraphBuilder g, Value x) {
        try (GraphBuilder.Scope layer = g.layer("spatial_dropout")) {
            return drop(g, x, rate, RandomFactor.Sharing.CHANNEL);
        }
    }

    /** Adds the op within the layer that is open, whose name keys what is dropped. */
    static Value drop(GraphBuilder g, Value x, double rate, RandomFactor.Sharing sharing) {
        if (g.mode() == Mode.INFERENCE || rate == 0) {
            return x;
        }
        return g.add(
                new RandomFactor(
                        new Distribution.Kept(rate), sharing, g.prefix().hashCode()),
                x);
    }
}
