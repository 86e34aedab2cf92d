package dev.halfwave.inspect;

import dev.halfwave.activation.Identity;
import dev.halfwave.graph.Graph;
import dev.halfwave.graph.Node;
import dev.halfwave.graph.Op;
import dev.halfwave.graph.Source;
import dev.halfwave.graph.Value;
import dev.halfwave.kernel.ConvGeometry;
import dev.halfwave.op.Conv2d;
import dev.halfwave.op.Conv2dInputGradient;
import dev.halfwave.tensor.DoubleTensor;
import dev.halfwave.tensor.Shape;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Runs a graph in double precision by the ops' own definitions, as {@link dev.halfwave.graph.Interpreter} does, but only
 * what is asked for, and again only what depends on a source that was set anew.
 */
final class LazyInterpreter {
    private final Map<String, Set<Value>> dependents = new HashMap<>();
    private final Map<String, DoubleTensor> sources;
    private final Map<Value, DoubleTensor> values = new IdentityHashMap<>();
    private final Graph graph;

    /** @param parameters the parameters by key; inputs are {@link #set} before they are needed */
    LazyInterpreter(Graph graph, Map<String, DoubleTensor> parameters) {
        this.graph = graph;
        this.sources = new HashMap<>(parameters);
    }

    /** Feeds an input in, and forgets what was computed from it. */
    LazyInterpreter set(String input, DoubleTensor value) {
        sources.put(input, value);
        values.keySet().removeAll(dependents.computeIfAbsent(input, this::dependents));
        return this;
    }

    private Set<Value> dependents(String input) {
        Set<Value> found = Collections.newSetFromMap(new IdentityHashMap<>());
        for (Node node : graph.nodes()) {
            boolean itself =
                    node.op() instanceof Source.Input source && source.key().equals(input);
            if (itself || node.inputs().stream().anyMatch(found::contains)) {
                found.addAll(node.outputs());
            }
        }
        return found;
    }

    /** What a value of the graph comes to. */
    DoubleTensor get(Value value) {
        DoubleTensor known = values.get(value);
        if (known != null) {
            return known;
        }
        Node node = value.producer();
        List<DoubleTensor> outputs = node.op() instanceof Source source
                ? List.of(provide(source))
                : node.op().evaluate(inputs(node), 0);
        for (int i = 0; i < outputs.size(); i++) {
            values.put(node.outputs().get(i), outputs.get(i));
        }
        return outputs.get(value.index());
    }

    /** An op's outputs by its definition, but convolutions faster; see {@link DoubleConv}. */
    static List<DoubleTensor> evaluate(Op op, List<DoubleTensor> inputs) {
        if (op instanceof Conv2d conv && conv.activation() instanceof Identity && inputs.size() == 2) {
            Shape x = inputs.get(0).shape();
            Shape w = inputs.get(1).shape();
            DoubleTensor y = DoubleTensor.zeros(conv.infer(List.of(x, w)).get(0));
            new DoubleConv(new ConvGeometry(
                            x.size(0),
                            x.size(1),
                            x.size(2),
                            x.size(3),
                            w.size(3),
                            conv.vertical(),
                            conv.horizontal(),
                            conv.groups()))
                    .forward(inputs.get(0).data(), inputs.get(1).data(), y.data());
            return List.of(y);
        }
        if (op instanceof Conv2dInputGradient back) {
            Shape dy = inputs.get(0).shape();
            Shape w = inputs.get(1).shape();
            Shape x = back.infer(List.of(dy, w)).get(0);
            DoubleTensor dx = DoubleTensor.zeros(x);
            new DoubleConv(new ConvGeometry(
                            x.size(0),
                            x.size(1),
                            x.size(2),
                            x.size(3),
                            w.size(3),
                            back.vertical(),
                            back.horizontal(),
                            back.groups()))
                    .inputGradient(inputs.get(0).data(), inputs.get(1).data(), dx.data());
            return List.of(dx);
        }
        return op.evaluate(inputs, 0);
    }

    private List<DoubleTensor> inputs(Node node) {
        List<DoubleTensor> inputs = new ArrayList<>();
        node.inputs().forEach(input -> inputs.add(get(input)));
        return inputs;
    }

    private DoubleTensor provide(Source source) {
        if (source instanceof Source.Constant constant) {
            return DoubleTensor.of(constant.tensor());
        }
        String key = source instanceof Source.Input input ? input.key() : ((Source.Parameter) source).key();
        DoubleTensor given = sources.get(key);
        if (given == null || !given.shape().equals(source.shape())) {
            throw new IllegalArgumentException(key + ": expected shape " + source.shape() + ", received "
                    + (given == null ? "nothing" : given.shape()));
        }
        return given;
    }
}
