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
        Map<Node, List<String>> made = new IdentityHashMap<>();
        Graph current = graph;
        for (int pass = 0; pass < MOST_PASSES; pass++) {
            Graph next = new Pass(current, made).run();
            if (next == current) {
                return new Rewritten(current, made);
            }
            current = next;
        }
        throw new IllegalStateException("rewrite: expected the rules to end within " + MOST_PASSES
                + " passes, received " + rules.stream().map(Rewrite::name).toList() + "; two of them undo each other");
    }

    /** One walk over all nodes. */
    private final class Pass {
        private final Graph graph;
        private final Map<Node, List<String>> made;
        private final GraphBuilder builder = new GraphBuilder(Mode.INFERENCE);
        private final Map<Value, Value> renewed = new IdentityHashMap<>();
        private final Set<Value> shared = Collections.newSetFromMap(new IdentityHashMap<>());
        private boolean changed;

        /** @param made the rules that made each node, to be added to */
        Pass(Graph graph, Map<Node, List<String>> made) {
            this.graph = graph;
            this.made = made;
        }

        /** The graph after this pass; the same if no rule fits. */
        Graph run() {
            for (Node node : graph.nodes()) {
                List<Value> inputs = renew(node.inputs());
                if (!replace(node, new Site(graph, node, inputs, shared, builder))) {
                    keep(node, inputs);
                }
            }
            if (!changed) {
                return graph;
            }
            graph.results().forEach((result, value) -> builder.result(result, renew(value)));
            return builder.build();
        }

        private Value renew(Value value) {
            return renewed.getOrDefault(value, value);
        }

        private List<Value> renew(List<Value> values) {
            for (Value value : values) {
                if (renewed.containsKey(value)) {
                    return values.stream().map(this::renew).toList();
                }
            }
            return values;
        }

        private boolean replace(Node node, Site site) {
            for (Rewrite rule : rules) {
                Optional<List<Value>> replacement = rule.applyToAll(site);
                if (replacement.isPresent()) {
                    put(node, site, replacement.get());
                    note(rule, node, site, replacement.get().get(0).producer());
                    return true;
                }
            }
            return false;
        }

        private void put(Node node, Site site, List<Value> replacements) {
            changed = true;
            for (int i = 0; i < replacements.size(); i++) {
                Value replacement = replacements.get(i);
                renewed.put(node.outputs().get(i), replacement);
                if (!site.hasMade(replacement)) {
                    shared.add(replacement);
                }
            }
        }

        /** What a rule makes carries on the rules of the nodes it replaces. */
        private void note(Rewrite rule, Node node, Site site, Node replacement) {
            Set<String> names = new LinkedHashSet<>(rules(replacement));
            site.absorbed().forEach(absorbed -> names.addAll(rules(absorbed)));
            names.addAll(rules(node));
            names.add(rule.name());
            made.put(replacement, List.copyOf(names));
            site.made().forEach(between -> made.put(between, List.copyOf(names)));
        }

        private List<String> rules(Node node) {
            return made.getOrDefault(node, List.of());
        }

        private void keep(Node node, List<Value> inputs) {
            Node kept = builder.retain(node, inputs);
            if (kept == node) {
                return;
            }
            made.put(kept, rules(node));
            for (int i = 0; i < node.outputs().size(); i++) {
                renewed.put(node.outputs().get(i), kept.outputs().get(i));
            }
        }
    }
}
