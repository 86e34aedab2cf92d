package dev.halfwave.inspect;

import dev.halfwave.graph.Graph;
import dev.halfwave.graph.Mode;
import dev.halfwave.graph.Node;
import dev.halfwave.graph.Source;
import dev.halfwave.nn.Network;
import dev.halfwave.op.MovingAverage;
import dev.halfwave.tensor.Shape;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

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
        for (Node node : graph.nodes()) {
            if (!(node.op() instanceof Source.Input) && !(node.op() instanceof MovingAverage)) {
                layers.computeIfAbsent(node.layer(), name -> new ArrayList<>()).add(node);
            }
        }
        layers.values().removeIf(nodes -> nodes.stream().allMatch(node -> node.op() instanceof Source));
        return layers.entrySet().stream()
                .map(layer -> of(layer.getKey(), layer.getValue()))
                .toList();
    }

    private static LayerSummary of(String name, List<Node> nodes) {
        List<Node> computing =
                nodes.stream().filter(node -> !(node.op() instanceof Source)).toList();
        Node last = computing.get(computing.size() - 1);
        return new LayerSummary(
                name,
                computing.stream().map(node -> node.op().name()).toList(),
                last.output().shape().dropFirst(),
                count(nodes, true),
                count(nodes, false));
    }

    private static long count(List<Node> nodes, boolean trainable) {
        return nodes.stream()
                .map(Node::op)
                .filter(Source.Parameter.class::isInstance)
                .map(Source.Parameter.class::cast)
                .filter(parameter -> parameter.trainable() == trainable)
                .mapToLong(parameter -> parameter.shape().elements())
                .sum();
    }
}
