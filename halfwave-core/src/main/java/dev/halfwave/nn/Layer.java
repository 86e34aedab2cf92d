package dev.halfwave.nn;

import dev.halfwave.graph.GraphBuilder;
import dev.halfwave.graph.Value;

/**
 * A part of a network: a record that adds ops, and declares the parameters they need, to a graph.
 *
 * <p>To add one: a record in this package, its line in {@link Layers}, its row in the layer contract test.
 */
public interface Layer {
    /**
     * Adds this layer behind {@code x}.
     *
     * @return the layer's output
     * @throws IllegalArgumentException if the layer cannot take a value of that shape; the text names the layer
     */
    Value apply(GraphBuilder g, Value x);
}
