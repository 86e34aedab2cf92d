package dev.halfwave.onnx.write;

import dev.halfwave.activation.Identity;
import dev.halfwave.graph.Graph;
import dev.halfwave.graph.Node;
import dev.halfwave.graph.Value;
import dev.halfwave.op.BiasAdd;
import dev.halfwave.op.Conv2d;
import dev.halfwave.op.Conv2dInputGradient;
import dev.halfwave.op.MatMul;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Who reads which value, and which additions of a bias become an input of the convolution or product before them. */
final class Fusion {
    private final Graph graph;
    private final Map<Value, List<Node>> users = new IdentityHashMap<>();
    private final Map<Node, Node> biases = new IdentityHashMap<>();

    Fusion(Graph graph) {
        this.graph = graph;
        for (Node node : graph.nodes()) {
            node.inputs()
                    .forEach(input -> users.computeIfAbsent(input, unread -> new ArrayList<>())
                            .add(node));
            if (node.op() instanceof BiasAdd && takesBias(node.input(0)) && isFixed(node.input(1))) {
                biases.put(node.input(0).producer(), node);
            }
        }
    }

    private boolean takesBias(Value z) {
        Node node = z.producer();
        boolean plain = node.op() instanceof Conv2d conv && conv.activation() instanceof Identity
                || node.op() instanceof MatMul product && product.activation() instanceof Identity
                || node.op() instanceof Conv2dInputGradient;
        return plain && node.inputs().size() == 2 && graph.uses(z) == 1 && !node.isLasting();
    }

    private static boolean isFixed(Value bias) {
        return bias.producer().isLasting();
    }

    /** The nodes that read a value. */
    List<Node> users(Value value) {
        return users.getOrDefault(value, List.of());
    }

    /** Whether a value is a result that somebody reads. */
    boolean isResult(Value value) {
        return graph.results().containsValue(value);
    }

    /** Whether the node's work is done by the one in front of it. */
    boolean isAbsorbed(Node node) {
        return node.op() instanceof BiasAdd && biases.get(node.input(0).producer()) == node;
    }

    /** What the node computes, with the bias that it takes over. */
    Value result(Node node) {
        Node bias = biases.get(node);
        return bias == null ? node.output() : bias.output();
    }

    /** The bias of a convolution or product, its own or one that it takes over. */
    @Nullable
    Value bias(Node node) {
        Node bias = biases.get(node);
        if (bias != null) {
            return bias.input(1);
        }
        return node.inputs().size() > 2 ? node.input(2) : null;
    }
}
