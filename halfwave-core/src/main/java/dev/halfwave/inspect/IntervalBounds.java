package dev.halfwave.inspect;

import dev.halfwave.bounds.Bounds;
import dev.halfwave.bounds.ValueBounds;
import dev.halfwave.graph.Graph;
import dev.halfwave.graph.Mode;
import dev.halfwave.graph.Node;
import dev.halfwave.graph.Value;
import dev.halfwave.nn.Model;
import dev.halfwave.op.Activate;
import dev.halfwave.op.PRelu;
import java.util.List;

/**
 * Bounds of every value in a network for all images whose pixels lie in a range, by interval arithmetic in double.
 *
 * <p>What they prove holds for every such image, also for those that nobody has seen: a unit whose pre-activation cannot
 * rise above zero is dead. What they do not prove may hold all the same, for intervals forget that two values come from
 * the same image; they widen from layer to layer.
 *
 * <pre>{@code
 * IntervalBounds bounds = IntervalBounds.of(Model.load(file), 0, 1);
 * List<ProvedLayer> proved = bounds.layers();
 * }</pre>
 *
 * @see <a href="https://arxiv.org/abs/1810.12715">Gowal et al. 2018, section 3</a>
 */
public final class IntervalBounds {
    private final Graph graph;
    private final ValueBounds bounds;

    private IntervalBounds(Graph graph, ValueBounds bounds) {
        this.graph = graph;
        this.bounds = bounds;
    }

    /**
     * Follows a range of pixels through a model as it is used after training.
     *
     * @param low the smallest pixel, 0 for ordinary images
     * @param high the largest pixel, 1 for ordinary images
     * @throws IllegalArgumentException if the range is empty, or an op is met that has no rule; the text names the op
     */
    public static IntervalBounds of(Model model, double low, double high) {
        Graph graph = model.network().graph(1, Mode.INFERENCE);
        ValueBounds bounds = ValueBounds.of(graph, model.parameters(), low, high);
        for (Node node : graph.nodes()) {
            if (bounds.find(node.output()).isEmpty()) {
                throw new IllegalArgumentException(node.name() + ": expected an op with a rule for bounds, received "
                        + node.op().name() + "; bounds follow convolutions, dense layers, batch norm, pooling, sums,"
                        + " shapes and activations");
            }
        }
        return new IntervalBounds(graph, bounds);
    }

    /** The network's graph for one image, whose values can be asked for. */
    public Graph graph() {
        return graph;
    }

    /**
     * The bounds of a value.
     *
     * @throws IllegalArgumentException if it is not one of {@link #graph()}
     */
    public Bounds of(Value value) {
        return bounds.find(value)
                .orElseThrow(
                        () -> new IllegalArgumentException(value.name() + ": expected a value of the bounded graph"));
    }

    /** What is proved about every activation, from the input to the output. */
    public List<ProvedLayer> layers() {
        return graph.nodes().stream()
                .filter(node -> node.op() instanceof Activate || node.op() instanceof PRelu)
                .map(node -> ProvedLayer.of(node.name(), of(node.input(0))))
                .toList();
    }
}
