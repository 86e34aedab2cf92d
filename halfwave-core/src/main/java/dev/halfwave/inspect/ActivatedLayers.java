package dev.halfwave.inspect;

import dev.halfwave.compile.Compiler;
import dev.halfwave.compile.Session;
import dev.halfwave.graph.Graph;
import dev.halfwave.graph.GraphBuilder;
import dev.halfwave.graph.Mode;
import dev.halfwave.graph.Node;
import dev.halfwave.kernel.WorkerPool;
import dev.halfwave.name.Names;
import dev.halfwave.nn.Model;
import dev.halfwave.nn.Network;
import dev.halfwave.op.Activate;
import dev.halfwave.op.PRelu;
import dev.halfwave.tensor.Shape;
import dev.halfwave.tensor.Tensor;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The layers of a model that end in an activation, and what goes on in them for one image.
 *
 * <pre>{@code
 * ActivatedLayers layers = ActivatedLayers.of(Model.load(file));
 * Rectification first = layers.rectify("conv2d_1", image, WorkerPool.shared());
 * }</pre>
 */
public final class ActivatedLayers {
    private static final String BEFORE = "before";
    private static final String AFTER = "after";

    private final Model model;
    private final Graph graph;
    private final Map<String, Node> activations = new LinkedHashMap<>();

    private ActivatedLayers(Model model) {
        this.model = model;
        this.graph = model.network().graph(1, Mode.INFERENCE);
        for (Node node : graph.nodes()) {
            if (node.op() instanceof Activate || node.op() instanceof PRelu) {
                activations.put(node.layer(), node);
            }
        }
    }

    /** The layers of a model. */
    public static ActivatedLayers of(Model model) {
        return new ActivatedLayers(model);
    }

    /** Their names, from the input to the output. */
    public List<String> names() {
        return List.copyOf(activations.keySet());
    }

    /**
     * The name of the op that activates a layer, as in {@code conv2d_1.relu}.
     *
     * @param layer one of {@link #names()}
     * @throws IllegalArgumentException if there is no such layer; the nearest one is suggested
     */
    public String activation(String layer) {
        return node(layer).name();
    }

    private Node node(String layer) {
        Node node = activations.get(layer);
        if (node == null) {
            throw Names.unknown("layer with an activation", layer, activations.keySet());
        }
        return node;
    }

    /**
     * Runs the model on one image and takes a layer's values before and after its activation.
     *
     * <p>The values of a layer without height and width are laid out row by row in the most nearly square rectangle
     * they fill.
     *
     * @param layer one of {@link #names()}
     * @param image of the network's sample shape
     * @throws IllegalArgumentException if there is no such layer (the nearest one is suggested), or the image has another shape
     */
    public Rectification rectify(String layer, Tensor image, WorkerPool pool) {
        Node node = node(layer);
        GraphBuilder g = GraphBuilder.continuing(graph, Mode.INFERENCE);
        g.output(BEFORE, node.input(0));
        g.output(AFTER, node.output());
        Session session =
                Compiler.compile(g.build(), model.parameters().layout()).session(model.parameters(), pool);
        session.feed(Network.INPUT, image.reshape(image.shape().prepend(1))).run(0);
        Shape map = map(node.output().shape().dropFirst());
        return new Rectification(
                image,
                node.op() instanceof Activate op
                        ? op.activation().spec()
                        : node.op().name(),
                session.output(BEFORE).reshape(map),
                session.output(AFTER).reshape(map));
    }

    /** The shape {@code [height, width, channels]} to show a layer's values in. */
    private static Shape map(Shape values) {
        if (values.rank() == 3) {
            return values;
        }
        int rows = (int) Math.sqrt(values.elements());
        while (values.elements() % rows != 0) {
            rows--;
        }
        return Shape.of(rows, values.elements() / rows, 1);
    }
}
