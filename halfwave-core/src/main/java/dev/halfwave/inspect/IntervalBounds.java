package dev.halfwave.inspect;

import dev.halfwave.graph.Graph;
import dev.halfwave.graph.Mode;
import dev.halfwave.graph.Node;
import dev.halfwave.graph.Source;
import dev.halfwave.graph.Value;
import dev.halfwave.nn.Model;
import dev.halfwave.op.Activate;
import dev.halfwave.op.PRelu;
import dev.halfwave.tensor.DoubleTensor;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

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
    private final Map<Value, Bounds> bounds = new IdentityHashMap<>();

    private IntervalBounds(Graph graph) {
        this.graph = graph;
    }

    /**
     * Follows a range of pixels through a model as it is used after training.
     *
     * @param low the smallest pixel, 0 for ordinary images
     * @param high the largest pixel, 1 for ordinary images
     * @throws IllegalArgumentException if the range is empty, or an op is met that has no rule; the text names the op
     */
    public static IntervalBounds of(Model model, double low, double high) {
        if (!(low <= high)) {
            throw new IllegalArgumentException("bounds: expected a range of pixels, received " + low + " to " + high);
        }
        IntervalBounds found = new IntervalBounds(model.network().graph(1, Mode.INFERENCE));
        for (Node node : found.graph.nodes()) {
            found.follow(node, model, low, high);
        }
        return found;
    }

    private void follow(Node node, Model model, double low, double high) {
        if (node.op() instanceof Source.Input input) {
            bounds.put(node.output(), Bounds.everywhere(input.shape(), low, high));
        } else if (node.op() instanceof Source.Parameter parameter) {
            bounds.put(
                    node.output(),
                    Bounds.exactly(DoubleTensor.of(model.parameters().get(parameter.key()))));
        } else if (node.op() instanceof Source.Constant constant) {
            bounds.put(node.output(), Bounds.exactly(DoubleTensor.of(constant.tensor())));
        } else if (node.isLasting()) {
            List<DoubleTensor> known =
                    node.inputs().stream().map(value -> of(value).low()).toList();
            bounds.put(
                    node.output(), Bounds.exactly(node.op().evaluate(known, 0).get(0)));
        } else {
            bounds.put(
                    node.output(),
                    BoundRules.apply(node, node.inputs().stream().map(this::of).toList()));
        }
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
        Bounds found = bounds.get(value);
        if (found == null) {
            throw new IllegalArgumentException(value.name() + ": expected a value of the bounded graph");
        }
        return found;
    }

    /** What is proved about every activation, from the input to the output. */
    public List<ProvedLayer> layers() {
        return graph.nodes().stream()
                .filter(node -> node.op() instanceof Activate || node.op() instanceof PRelu)
                .map(node -> ProvedLayer.of(node.name(), of(node.input(0))))
                .toList();
    }
}
