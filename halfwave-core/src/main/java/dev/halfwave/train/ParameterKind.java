package dev.halfwave.train;

import dev.halfwave.graph.Graph;
import dev.halfwave.graph.Mode;
import dev.halfwave.graph.Node;
import dev.halfwave.graph.Source;
import dev.halfwave.nn.Network;
import dev.halfwave.op.BatchNorm;
import dev.halfwave.op.FrozenBatchNorm;
import dev.halfwave.op.LayerNorm;
import dev.halfwave.op.PRelu;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What a trainable parameter is to its layer, as seen from its axes and what reads it. */
public enum ParameterKind {
    /** Filters and matrices: two axes or more. */
    WEIGHT,
    /** A normalisation's scales and shifts. */
    NORM,
    /** Slopes that a PReLU learns. */
    SLOPE,
    /** Everything else with one axis or none: what is added to sums. */
    BIAS;

    /** What users call it. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** All that users may call kinds. */
    public static List<String> names() {
        return Arrays.stream(values()).map(ParameterKind::text).toList();
    }

    /** The kinds of a network's trainable parameters, by key. */
    public static Map<String, ParameterKind> of(Network network) {
        Graph graph = network.graph(1, Mode.TRAINING);
        Map<String, ParameterKind> kinds = new LinkedHashMap<>();
        for (Node node : graph.nodes()) {
            if (node.op() instanceof Source.Parameter parameter && parameter.trainable()) {
                kinds.put(parameter.key(), of(graph, node, parameter));
            }
        }
        return kinds;
    }

    private static ParameterKind of(Graph graph, Node node, Source.Parameter parameter) {
        if (parameter.shape().rank() > 1) {
            return WEIGHT;
        }
        for (Node reader : graph.readers(node.output())) {
            if (reader.op() instanceof BatchNorm
                    || reader.op() instanceof FrozenBatchNorm
                    || reader.op() instanceof LayerNorm) {
                return NORM;
            }
            if (reader.op() instanceof PRelu) {
                return SLOPE;
            }
        }
        return BIAS;
    }
}
