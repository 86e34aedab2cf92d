package dev.halfwave.nn;

import dev.halfwave.graph.GraphBuilder;
import dev.halfwave.graph.Mode;
import dev.halfwave.graph.Value;

/**
 * In training, sets a random share of the elements to zero and scales up the rest; otherwise nothing.
 *
 * @param rate the share that is dropped, in [0, 1)
 * @see <a href="https://jmlr.org/papers/v15/srivastava14a.html">Srivastava et al. 2014</a>
 */
public record Dropout(double rate) implements Layer {

    /** @throws IllegalArgumentException if the rate is not in [0, 1) */
    public Dropout {
        if (!(rate >= 0 && rate < 1)) {
            throw new IllegalArgumentException("dropout: expected a rate from 0 to below 1, received " + rate);
        }
    }

    @Override
    public Value apply(GraphBuilder g, Value x) {
        try (GraphBuilder.Scope layer = g.layer("dropout")) {
            if (g.mode() == Mode.INFERENCE || rate == 0) {
                return x;
            }
            // The layer's own name keys its mask, so that no two layers drop alike.
            return g.add(new dev.halfwave.op.Dropout(rate, g.prefix().hashCode()), x);
        }
    }
}
