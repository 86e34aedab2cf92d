package dev.halfwave.train;

import dev.halfwave.data.Dataset;
import dev.halfwave.graph.GraphBuilder;
import dev.halfwave.graph.Value;

/** What training makes small. To add one: a record in this package, and its line in {@link Losses}. */
public interface Loss {
    /** What users call it, as in {@code softmax}. */
    String name();

    /**
     * Adds the loss to a graph.
     *
     * @param logits the network's output, {@code [N, classes]}
     * @param labels the right classes' numbers, {@code [N]}
     * @return the mean over the batch, {@code []}
     */
    Value apply(GraphBuilder g, Value logits, Value labels);

    /** The same with whatever it takes from the data to train on, such as how frequent the classes are. */
    default Loss fit(Dataset data) {
        return this;
    }

    /** What validation and tests report: the same without what only training weighs. */
    default Loss measure() {
        return this;
    }
}
