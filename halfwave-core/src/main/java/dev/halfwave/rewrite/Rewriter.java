package dev.halfwave.rewrite;

import dev.halfwave.graph.Graph;
import dev.halfwave.graph.GraphBuilder;
import dev.halfwave.graph.Mode;
import dev.halfwave.graph.Node;
import dev.halfwave.graph.Value;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** Applies rules until none fits any more. */
public final class Rewriter {
    /**
     * More passes than any sane set of rules needs: two rules that undo each other are a bug, and are reported as one.
     */
    private static final int MOST_PASSES = 1000;

    private final List<Rewrite> rules;

    /** An engine for the given rules; where several fit a node, the first wins. */
    public Rewriter(List<Rewrite> rules) {
        this.rules = List.copyOf(rules);
    }

    /**
     * The graph after all rewriting.
     *
     * @throws IllegalStateException if the rules never come to an end
     */
    public Graph apply(Graph graph) {
        Graph current = graph;
        for (int pass = 0; pass < MOST_PASSES; pass++) {
            Optional<Graph> next = new Pass(current).run();
            if (next.isEmpty()) {
                return current;
            }
            current = next.get();
        }
        throw new IllegalStateException("rewrite: expected the rules to end within " + MOST_PASSES
                + " passes, received " + rules.stream().map(Rewrite::name).toList() + "; two of them undo each other");
    }

    /** One walk over all nodes. */
    private final class Pass {
        private final Graph graph;
        private final GraphBuilder builder = new GraphBuilder(Mode.INFERENCE);
        private final Map<Value, Value> renewed = new IdentityHashMap<>();
        private final Set<Value> fresh = Collections.newSetFromMap(new IdentityHashMap<>());

        Pass(Graph graph) {
            this.graph = graph;
        }

        Optional<Graph> run() {
            for (Node node : graph.nodes()) {
                List<Value> inputs = node.inputs().stream().map(this::renew).toList();
                Optional<Value> replacement = match(node, inputs);
                if (replacement.isPresent()) {
                    renewed.put(node.output(), replacement.get());
                    fresh.add(replacement.get());
                } else {
                    keep(node, inputs);
                }
            }
            if (fresh.isEmpty()) {
                return Optional.empty();
            }
            graph.results().forEach((result, value) -> builder.result(result, renew(value)));
            return Optional.of(builder.build());
        }

        private Value renew(Value value) {
            return Objects.requireNonNull(renewed.get(value), value::name);
        }

        private Optional<Value> match(Node node, List<Value> inputs) {
            if (node.outputs().size() != 1) {
                return Optional.empty();
            }
            Site site = new Site(graph, node, inputs, fresh, builder);
            return rules.stream().flatMap(rule -> rule.apply(site).stream()).findFirst();
        }

        private void keep(Node node, List<Value> inputs) {
            Node kept = builder.restate(node.name(), node.op(), inputs);
            for (int i = 0; i < node.outputs().size(); i++) {
                renewed.put(node.outputs().get(i), kept.outputs().get(i));
            }
        }
    }
}
