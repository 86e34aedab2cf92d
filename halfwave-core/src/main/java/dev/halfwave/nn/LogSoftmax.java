package dev.halfwave.nn;

import dev.halfwave.graph.GraphBuilder;
import dev.halfwave.graph.Value;

/**
 * Turns each row of logits {@code [..., K]} into logarithms of probabilities, finite where a {@link Softmax} would give 0.
 *
 * <p>They are logits themselves, of the same probabilities, so a classifier may end with it: softmax and the losses that
 * start with it make the same of them.
 */
public record LogSoftmax() implements Layer {
    @Override
    public Value apply(GraphBuilder g, Value x) {
        try (GraphBuilder.Scope layer = g.layer("log_softmax")) {
            return g.add(new dev.halfwave.op.LogSoftmax(), x);
        }
    }
}
