package dev.halfwave.train;

import dev.halfwave.graph.GraphBuilder;
import dev.halfwave.graph.Value;

/** A loss that is a mean over samples, each of which has its own. */
public interface SampleLoss extends Loss {
    /**
     * Adds each sample's loss to a graph.
     *
     * @param logits {@code [N, classes]}
     * @param labels the right classes' numbers, {@code [N]}
     * @return {@code [N]}
     */
    Value samples(GraphBuilder g, Value logits, Value labels);

    @Override
    default Value apply(GraphBuilder g, Value logits, Value labels) {
        return Terms.mean(g, samples(g, logits, labels));
    }
}
