package dev.halfwave.nn;

import dev.halfwave.graph.GraphBuilder;
import dev.halfwave.graph.Value;

/**
 * Turns each row of logits into probabilities. Losses take logits, so a network to be trained has no softmax at its
 * end; a model adds it when it predicts.
 */
public record Softmax() implements Layer {
    @Override
    public Value apply(GraphBuilder g, Value x) {
        try (GraphBuilder.Scope layer = g.layer("softmax")) {
            return g.add(new dev.halfwave.op.Softmax(), x);
        }
    }
}
