package dev.halfwave.train;

import dev.halfwave.graph.Graph;
import dev.halfwave.graph.GraphBuilder;
import dev.halfwave.graph.Mode;
import dev.halfwave.graph.Node;
import dev.halfwave.graph.Result;
import dev.halfwave.graph.Source;
import dev.halfwave.graph.Value;
import dev.halfwave.op.BatchNorm;
import dev.halfwave.op.FrozenBatchNorm;
import dev.halfwave.op.MovingAverage;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Makes of a training graph one in which some parameters are fixed: no gradient leads to them, so that nothing before the
 * first trainable layer is computed backwards, and batch norms of fixed statistics use these.
 */
final class Freezing {
    private final Graph graph;
    private final Set<String> frozen;
    private final GraphBuilder g = new GraphBuilder(Mode.TRAINING);
    private final Map<Value, Value> made = new IdentityHashMap<>();
    /** The moving averages of frozen statistics, by the value they come from. */
    private final Map<Value, Value> averages = new IdentityHashMap<>();

    private Freezing(Graph graph, Set<String> frozen) {
        this.graph = graph;
        this.frozen = frozen;
    }

    /** The graph with the parameters of the given keys fixed. */
    static Graph of(Graph graph, Set<String> frozen) {
        return frozen.isEmpty() ? graph : new Freezing(graph, frozen).graph();
    }

    private Graph graph() {
        graph.results().forEach((result, value) -> {
            if (isOver(result) && value.producer().op() instanceof MovingAverage) {
                averages.put(value.producer().input(1), value);
            }
        });
        graph.nodes().stream()
                .filter(node -> node.op() instanceof Source.Parameter)
                .forEach(this::fix);
        graph.nodes().stream()
                .filter(node -> !(node.op() instanceof Source.Parameter))
                .forEach(this::carryOver);
        graph.results().forEach((result, value) -> {
            if (!isOver(result)) {
                g.result(result, made(value));
            }
        });
        return g.build();
    }

    private boolean isOver(Result result) {
        return result instanceof Result.Update update && frozen.contains(update.parameter());
    }

    private void fix(Node node) {
        Source.Parameter parameter = (Source.Parameter) node.op();
        boolean trainable = parameter.trainable() && !frozen.contains(parameter.key());
        Source fixed = new Source.Parameter(parameter.key(), parameter.shape(), parameter.initializer(), trainable);
        made.put(node.output(), g.restate(node.name(), fixed, List.of()).output());
    }

    private void carryOver(Node node) {
        if (averages.containsValue(node.output())) {
            return;
        }
        Optional<Node> fixed = node.op() instanceof BatchNorm norm ? fixed(node, norm) : Optional.empty();
        if (fixed.isPresent()) {
            made.put(node.output(), fixed.get().output());
            return;
        }
        Node carried = g.retain(node, node.inputs().stream().map(this::made).toList());
        for (int i = 0; i < node.outputs().size(); i++) {
            made.put(node.outputs().get(i), carried.outputs().get(i));
        }
    }

    /** A batch norm with its own statistics, if both are frozen and nothing else reads the batch's. */
    private Optional<Node> fixed(Node node, BatchNorm norm) {
        Value mean = node.outputs().get(1);
        Value variance = node.outputs().get(2);
        Value meanSoFar = averages.get(mean);
        Value varianceSoFar = averages.get(variance);
        if (meanSoFar == null || varianceSoFar == null || graph.uses(mean) > 1 || graph.uses(variance) > 1) {
            return Optional.empty();
        }
        List<Value> inputs = List.of(
                made(node.input(0)),
                made(node.input(1)),
                made(node.input(2)),
                made(meanSoFar.producer().input(0)),
                made(varianceSoFar.producer().input(0)));
        return Optional.of(g.restate(node.name(), new FrozenBatchNorm(norm.epsilon()), inputs));
    }

    private Value made(Value value) {
        Value carried = made.get(value);
        if (carried == null) {
            throw new IllegalStateException(value.name() + ": expected a value carried over, received none");
        }
        return carried;
    }
}
