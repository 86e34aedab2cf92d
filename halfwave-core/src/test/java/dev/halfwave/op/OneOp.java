package dev.halfwave.op;

import dev.halfwave.autodiff.Differentiate;
import dev.halfwave.graph.Graph;
import dev.halfwave.graph.GraphBuilder;
import dev.halfwave.graph.Mode;
import dev.halfwave.graph.Node;
import dev.halfwave.graph.Source;
import dev.halfwave.graph.Value;
import dev.halfwave.tensor.DoubleTensor;
import dev.halfwave.tensor.Shape;
import dev.halfwave.tensor.Tensor;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Graphs of a single op, for its contract. Sources are called x0, x1, … and seed; results y0, y1, … and dx0, dx1, ….
 */
enum OneOp {
    /** The op reads what the caller feeds in, which it may not overwrite. */
    FED,
    /** The op reads copies, which it may overwrite where it runs in place. */
    COPIED,
    /** All inputs but the first are parameters, from which packed filters and the like are derived once. */
    PARAMETERS;

    /** The op's outputs. */
    Graph forward(Trial trial) {
        GraphBuilder g = new GraphBuilder(Mode.TRAINING);
        Node node = g.addNode(trial.op(), inputs(g, trial));
        for (Value output : node.outputs()) {
            g.output("y" + output.index(), output);
        }
        return g.build();
    }

    /** The gradients of {@code Σ seed · y0} with respect to the inputs that have one. */
    Graph gradient(Trial trial) {
        GraphBuilder g = new GraphBuilder(Mode.TRAINING);
        List<Value> inputs = inputs(g, trial);
        Node node = g.addNode(trial.op(), inputs);
        g.output("y0", node.output());
        Value seed = use(g, g.input("seed", node.output().shape()));
        List<@Nullable Value> gradients = Differentiate.gradients(g, g.build(), node.output(), seed, inputs);
        for (int i = 0; i < inputs.size(); i++) {
            Value gradient = gradients.get(i);
            if ((gradient == null) != trial.fixed().contains(i)) {
                throw new AssertionError(
                        "expected " + (gradient == null ? "a gradient of input " : "no gradient of input ") + i);
            }
            if (gradient != null) {
                g.output("dx" + i, gradient);
            }
        }
        return g.build();
    }

    private List<Value> inputs(GraphBuilder g, Trial trial) {
        List<Value> inputs = new ArrayList<>();
        for (DoubleTensor tensor : trial.inputs()) {
            String name = "x" + inputs.size();
            Shape shape = tensor.shape();
            boolean parameter = this == PARAMETERS && !inputs.isEmpty();
            Source.Parameter source = new Source.Parameter(name, shape, (s, into, offset, random) -> {}, true);
            inputs.add(use(g, parameter ? g.source(name, source) : g.input(name, shape)));
        }
        return inputs;
    }

    private Value use(GraphBuilder g, Value value) {
        return this == COPIED ? g.add(new Add(), value, g.constant(Tensor.zeros(value.shape()))) : value;
    }

    /** The sources' values by name. */
    static Map<String, DoubleTensor> sources(Trial trial, DoubleTensor seed) {
        Map<String, DoubleTensor> sources = new LinkedHashMap<>();
        for (DoubleTensor input : trial.inputs()) {
            sources.put("x" + sources.size(), input);
        }
        sources.put("seed", seed);
        return sources;
    }
}
