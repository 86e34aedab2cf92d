package dev.halfwave.bench.translate;

import dev.halfwave.graph.Node;
import dev.halfwave.graph.Parameters;
import dev.halfwave.graph.Source;
import dev.halfwave.graph.Value;
import dev.halfwave.tensor.Shape;
import dev.halfwave.tensor.Tensor;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** A network's parameters with channels first, each turned around once. */
final class Weights {
    private final Parameters parameters;
    private final Map<String, Weight> known = new HashMap<>();

    Weights(Parameters parameters) {
        this.parameters = parameters;
    }

    /** A vector, which is the same in every order. */
    Weight vector(Value parameter) {
        return vector(source(parameter).key());
    }

    Weight vector(String key) {
        return known.computeIfAbsent(key, k -> {
            Tensor tensor = parameters.get(k);
            return new Weight(k, new long[] {tensor.shape().elements()}, tensor.data(), trainable(k));
        });
    }

    /** Filters {@code [R, S, C/groups, K]} as {@code [K, C/groups, R, S]}. */
    Weight filters(Value parameter) {
        return known.computeIfAbsent(source(parameter).key(), key -> {
            Shape s = parameters.get(key).shape();
            float[] turned = Layouts.filters(parameters.get(key));
            return new Weight(key, new long[] {s.size(3), s.size(2), s.size(0), s.size(1)}, turned, trainable(key));
        });
    }

    /** Dense weights, whose rows follow the flattened image {@code [H, W, C]} if their input is one. */
    Weight dense(Value parameter, Optional<Shape> image) {
        return known.computeIfAbsent(source(parameter).key(), key -> {
            Tensor tensor = parameters.get(key);
            float[] values = image.map(shape -> Layouts.rows(tensor, shape)).orElse(tensor.data());
            long[] shape = {tensor.shape().size(0), tensor.shape().size(1)};
            return new Weight(key, shape, values, trainable(key));
        });
    }

    private boolean trainable(String key) {
        return parameters.layout().entry(key).parameter().trainable();
    }

    private static Source.Parameter source(Value value) {
        Node producer = value.producer();
        if (producer.op() instanceof Source.Parameter parameter) {
            return parameter;
        }
        throw new IllegalArgumentException(
                "translation: expected a parameter, received " + producer + "; bench networks keep weights plain");
    }
}
