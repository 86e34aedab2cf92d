package dev.halfwave.inspect;

import dev.halfwave.graph.Graph;
import dev.halfwave.graph.Mode;
import dev.halfwave.graph.Node;
import dev.halfwave.graph.Source;
import dev.halfwave.graph.Value;
import dev.halfwave.nn.Network;
import dev.halfwave.op.MovingAverage;
import dev.halfwave.tensor.Shape;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * One layer of a network in a few facts.
 *
 * @param name as in {@code conv2d_1}
 * @param ops what it computes, in order, as in {@code conv2d, bias_add, relu}
 * @param output the shape of its output for one sample
 * @param trainable how many numbers in it an optimizer changes
 * @param fixed how many numbers in it are kept besides, such as running means
 */
public record LayerSummary(String name, List<String> ops, Shape output, long trainable, long fixed) {
    /** Keeps its own copy of the list. */
    public LayerSummary {
        ops = List.copyOf(ops);
    }

    /** All layers of a network, as it is trained, from the input to the output. */
    public static List<LayerSummary> of(Network network) {
        Graph graph = network.graph(1, Mode.TRAINING);
        Map<String, List<Node>> layers = new LinkedHashMap<>();
        Map<String, Set<Source.Parameter>> parameters = new HashMap<>();
        Set<Source.Parameter> counted = new HashSet<>();
        for (Node node : graph.nodes()) {
            if (node.op() instanceof Source) {
                continue;
            }
            if (!(node.op() instanceof MovingAverage)) {
                layers.computeIfAbsent(node.layer(), name -> new ArrayList<>()).add(node);
            }
            for (Value input : node.inputs()) { // a parameter belongs to the layer that reads it first
                if (input.producer().op() instanceof Source.Parameter parameter && counted.add(parameter)) {
                    parameters
                            .computeIfAbsent(node.layer(), name -> new HashSet<>())
                            .add(parameter);
                }
            }
        }
        return layers.entrySet().stream()
                .map(layer -> of(layer.getKey(), layer.getValue(), parameters.getOrDefault(layer.getKey(), Set.of())))
                .toList();
    }

    private static LayerSummary of(String name, List<Node> nodes, Set<Source.Parameter> parameters) {
        Node last = nodes.get(nodes.size() - 1);
        return new LayerSummary(
                name,
                nodes.stream().map(node -> node.op().name()).toList(),
                last.output().shape().dropFirst(),
                count(parameters, true),
                count(parameters, false));
    }

    private static long count(Set<Source.Parameter> parameters, boolean trainable) {
        return parameters.stream()
                .filter(parameter -> parameter.trainable() == trainable)
                .mapToLong(parameter -> parameter.shape().elements())
                .sum();
    }
}
