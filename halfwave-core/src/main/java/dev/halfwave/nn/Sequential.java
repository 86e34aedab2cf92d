package dev.halfwave.nn;

import dev.halfwave.graph.GraphBuilder;
import dev.halfwave.graph.Value;
import java.util.List;

/**
 * Layers one behind the other.
 *
 * @param layers from the input to the output
 */
public record Sequential(List<Layer> layers) implements Layer {
    /** Keeps its own copy of the list. */
    public Sequential {
        layers = List.copyOf(layers);
    }

    /** Layers in order. */
    public static Sequential of(Layer... layers) {
        return new Sequential(List.of(layers));
    }

    @Override
    public Value apply(GraphBuilder g, Value x) {
        Value current = x;
        for (Layer layer : layers) {
            current = layer.apply(g, current);
        }
        return current;
    }
}
