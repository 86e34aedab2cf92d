package dev.halfwave.inspect;

import dev.halfwave.autodiff.Differentiate;
import dev.halfwave.graph.Graph;
import dev.halfwave.graph.GraphBuilder;
import dev.halfwave.graph.Mode;
import dev.halfwave.graph.Node;
import dev.halfwave.graph.Source;
import dev.halfwave.graph.Value;
import dev.halfwave.nn.Network;
import dev.halfwave.op.Activate;
import dev.halfwave.op.ActivateGradient;
import dev.halfwave.op.MaxPool2d;
import dev.halfwave.op.PRelu;
import dev.halfwave.op.PReluGradient;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * A piecewise linear network beside a copy of itself whose gates are held as the image sets them.
 *
 * <p>One graph: from the image x to the logits; from another point u, through the same weights but x's gates, to the
 * frozen logits, which are affine in u; and from a seed back to the gradient of {@code seed · logits} at x. The last two
 * are computed on separate ways, so each is a check of the other.
 */
final class Linearization {
    /** The name under which u is fed in. */
    static final String POINT = "point";

    /** The name under which the seed is fed in. */
    static final String SEED = "seed";

    private static final String FROZEN = "frozen_logits";
    private static final String GRADIENT = "image_gradient";

    private final GraphBuilder g;
    private final Map<Value, Value> copies = new IdentityHashMap<>();
    private final List<Node> gates = new ArrayList<>();
    private final Graph graph;

    /**
     * Builds the graph.
     *
     * @param batch how many images at once
     * @throws IllegalArgumentException if the network is not piecewise linear; the text names the op
     */
    Linearization(Network network, int batch) {
        Graph forward = network.graph(batch, Mode.INFERENCE);
        g = GraphBuilder.continuing(forward, Mode.INFERENCE);
        Value logits = forward.output(Network.LOGITS);
        Value image = g.input(Network.INPUT, network.sample().prepend(batch));
        copies.put(image, g.input(POINT, image.shape()));
        forward.nodes().forEach(this::freeze);
        Value gradient = Differentiate.gradients(g, forward, logits, g.input(SEED, logits.shape()), List.of(image))
                .get(0);
        if (gradient == null) {
            throw new IllegalArgumentException(
                    network.name() + ": expected logits that depend on the image, received constant ones");
        }
        g.output(FROZEN, frozen(logits));
        g.output(GRADIENT, gradient);
        graph = g.build();
    }

    private void freeze(Node node) {
        if (node.op() instanceof Source || node.inputs().stream().noneMatch(copies::containsKey)) {
            return;
        }
        Set<Value> varying = Collections.newSetFromMap(new IdentityHashMap<>());
        node.inputs().stream().filter(copies::containsKey).forEach(varying::add);
        Linearity.check(node, varying);
        if (Linearity.isGate(node)) {
            gates.add(node);
        }
        try (GraphBuilder.Scope scope = g.scope("frozen." + node.layer() + ".")) {
            copies.put(node.output(), copy(node));
        }
    }

    private Value copy(Node node) {
        Value u = frozen(node.input(0));
        if (Linearity.isGate(node)) {
            if (node.op() instanceof MaxPool2d pool) {
                return g.add(new FrozenMaxPool2d(pool), u, node.input(0));
            }
            if (node.op() instanceof PRelu) {
                return g.addNode(new PReluGradient(), List.of(u, node.input(0), node.input(1)))
                        .output();
            }
            Activate activate = (Activate) node.op();
            if (activate.activation().slopes().isPresent()) { // y = slope · u, for which there is a kernel
                boolean fromOutput = !activate.activation().derivative().mentionsX();
                return g.add(
                        new ActivateGradient(activate.activation()), u, fromOutput ? node.output() : node.input(0));
            }
            return g.add(new FrozenActivate(activate.activation()), u, node.input(0));
        }
        return g.addNode(node.op(), node.inputs().stream().map(this::frozen).toList())
                .output();
    }

    /** What stands in the copy for a value of the network: itself if it does not depend on the image. */
    Value frozen(Value value) {
        return Objects.requireNonNullElse(copies.get(value), value);
    }

    /** The whole graph. */
    Graph graph() {
        return graph;
    }

    /** The network's gates from the input to the output. */
    List<Node> gates() {
        return Collections.unmodifiableList(gates);
    }

    Value logits() {
        return graph.output(Network.LOGITS);
    }

    Value frozenLogits() {
        return graph.output(FROZEN);
    }

    Value gradient() {
        return graph.output(GRADIENT);
    }

    static String frozenName() {
        return FROZEN;
    }

    static String gradientName() {
        return GRADIENT;
    }
}
