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

    /**
     * Adds the loss of images that are of several classes in part, as mixed ones are.
     *
     * @param logits the network's output, {@code [N, classes]}
     * @param shares how much each image is of each class, {@code [N, classes]}; rows sum to 1
     * @return the mean over the batch, {@code []}; with shares of 1 and 0 the same as {@link #apply}
     * @throws IllegalArgumentException if the loss has no meaning for such images, as by default
     */
    default Value applyTo(GraphBuilder g, Value logits, Value shares) {
        throw new IllegalArgumentException(
                "loss " + name() + ": expected images of one class each, received mixed ones;"
                        + " train with softmax, kl, one-vs-rest, mse or huber, or without mixup and cutmix");
    }
}
