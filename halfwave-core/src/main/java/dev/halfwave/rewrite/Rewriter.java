package dev.halfwave.rewrite;

import dev.halfwave.graph.Graph;
import dev.halfwave.graph.GraphBuilder;
import dev.halfwave.graph.Mode;
import dev.halfwave.graph.Node;
import dev.halfwave.graph.Value;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
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
        return rewrite(graph).graph();
    }

    /**
     * The graph after all rewriting, with the rules that made its nodes.
     *
     * @throws IllegalStateException if the rules never come to an end
     */
    public Rewritten rewrite(Graph graph) {
        Rewritten current = new Rewritten(graph, Map.of());
        for (int pass = 0; pass < MOST_PASSES; pass++) {
            Optional<Rewritten> next = new Pass(current).run();
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
        private final Rewritten before;
        private final GraphBuilder builder = new GraphBuilder(Mode.INFERENCE);
        private final Map<Value, Value> renewed = new IdentityHashMap<>();
        private final Set<Value> fresh = Collections.newSetFromMap(new IdentityHashMap<>());
        private final Map<Node, List<String>> made = new IdentityHashMap<>();

        Pass(Rewritten before) {
            this.before = before;
        }

        Optional<Rewritten> run() {
            Graph graph = before.graph();
            for (Node node : graph.nodes()) {
                List<Value> inputs = node.inputs().stream().map(this::renew).toList();
                if (node.outputs().size() != 1 || !replace(node, new Site(graph, node, inputs, fresh, builder))) {
                    keep(node, inputs);
                }
            }
            if (fresh.isEmpty()) {
                return Optional.empty();
            }
            graph.results().forEach((result, value) -> builder.result(result, renew(value)));
            return Optional.of(new Rewritten(builder.build(), made));
        }

        private Value renew(Value value) {
            return Objects.requireNonNull(renewed.get(value), value::name);
        }

        private boolean replace(Node node, Site site) {
            for (Rewrite rule : rules) {
                Optional<Value> replacement = rule.apply(site);
                if (replacement.isPresent()) {
                    renewed.put(node.output(), replacement.get());
                    fresh.add(replacement.get());
                    note(rule, node, site, replacement.get().producer());
                    return true;
                }
            }
            return false;
        }

        /** What a rule makes carries on the rules of the nodes it replaces. */
        private void note(Rewrite rule, Node node, Site site, Node replacement) {
            Set<String> names = new LinkedHashSet<>(made.getOrDefault(replacement, List.of()));
            site.absorbed().forEach(absorbed -> names.addAll(made.getOrDefault(absorbed, List.of())));
            names.addAll(before.rules(node));
            names.add(rule.name());
            made.put(replacement, List.copyOf(names));
            site.made().forEach(between -> made.put(between, List.copyOf(names)));
        }

        private void keep(Node node, List<Value> inputs) {
            Node kept = builder.restate(node.name(), node.op(), inputs);
            made.put(kept, before.rules(node));
            for (int i = 0; i < node.outputs().size(); i++) {
                renewed.put(node.outputs().get(i), kept.outputs().get(i));
            }
        }
    }
}
