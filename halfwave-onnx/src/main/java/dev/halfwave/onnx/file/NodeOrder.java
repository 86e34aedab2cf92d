package dev.halfwave.onnx.file;

import dev.halfwave.format.ModelFormatException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Puts nodes in an order in which each follows what it reads, as files should, but do not always, have them.
 *
 * @param where what messages call the file
 * @param nodes in the file's order, which is kept where it will do
 * @param known what is there before any node runs
 */
record NodeOrder(String where, List<OnnxNode> nodes, Set<String> known) {

    /**
     * The nodes in order.
     *
     * @throws ModelFormatException if a value has two makers or none, or needs itself
     */
    List<OnnxNode> sorted() {
        Map<String, OnnxNode> makers = makers();
        Map<String, List<OnnxNode>> readers = new HashMap<>();
        Map<OnnxNode, Integer> missing = new IdentityHashMap<>();
        Deque<OnnxNode> ready = new ArrayDeque<>();
        for (OnnxNode node : nodes) {
            int waits = 0;
            for (String input : new HashSet<>(node.inputs())) {
                if (!input.isEmpty() && !known.contains(input)) {
                    checkMade(node, input, makers);
                    readers.computeIfAbsent(input, name -> new ArrayList<>()).add(node);
                    waits++;
                }
            }
            missing.put(node, waits);
            if (waits == 0) {
                ready.add(node);
            }
        }
        List<OnnxNode> sorted = new ArrayList<>();
        while (!ready.isEmpty()) {
            OnnxNode node = ready.remove();
            sorted.add(node);
            for (String output : node.outputs()) {
                for (OnnxNode reader : readers.getOrDefault(output, List.of())) {
                    if (missing.merge(reader, -1, Integer::sum) == 0) {
                        ready.add(reader);
                    }
                }
            }
        }
        checkAll(sorted);
        return sorted;
    }

    private Map<String, OnnxNode> makers() {
        Map<String, OnnxNode> makers = new HashMap<>();
        for (OnnxNode node : nodes) {
            for (String output : node.outputs()) {
                if (!output.isEmpty() && (known.contains(output) || makers.put(output, node) != null)) {
                    throw new ModelFormatException(where + ", " + node.where()
                            + ": expected outputs that nothing else makes, received \"" + output + "\"");
                }
            }
        }
        return makers;
    }

    private void checkMade(OnnxNode node, String input, Map<String, OnnxNode> makers) {
        if (!makers.containsKey(input)) {
            throw new ModelFormatException(where + ", " + node.where()
                    + ": expected inputs that a node, an input or an initializer provides, received \"" + input + "\"");
        }
    }

    private void checkAll(List<OnnxNode> sorted) {
        if (sorted.size() < nodes.size()) {
            Set<OnnxNode> left = new LinkedHashSet<>(nodes);
            sorted.forEach(left::remove);
            List<String> names = left.stream()
                    .limit(5)
                    .map(node -> "\"" + node.name() + "\"")
                    .toList();
            throw new ModelFormatException(where + ": expected a graph without circles, received one in which "
                    + left.size() + " nodes wait for each other, among them " + String.join(", ", names));
        }
    }
}
