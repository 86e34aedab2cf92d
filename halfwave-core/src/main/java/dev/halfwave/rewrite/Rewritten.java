package dev.halfwave.rewrite;

import dev.halfwave.graph.Graph;
import dev.halfwave.graph.Node;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/** A graph after rewriting, which knows the rules that made its nodes. */
public final class Rewritten {
    private final Graph graph;
    private final Map<Node, List<String>> rules;

    Rewritten(Graph graph, Map<Node, List<String>> rules) {
        this.graph = graph;
        this.rules = new IdentityHashMap<>(rules);
    }

    /** What is computed. */
    public Graph graph() {
        return graph;
    }

    /**
     * The names of the rules that made a node what it is, or that found another node to compute the same, in the order
     * in which they did; none if it stands as the network was written.
     */
    public List<String> rules(Node node) {
        return rules.getOrDefault(node, List.of());
    }
}
