package dev.halfwave.onnx.write;

import dev.halfwave.graph.Graph;
import dev.halfwave.graph.Node;
import dev.halfwave.graph.Op;
import dev.halfwave.graph.Source;
import dev.halfwave.graph.Value;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/** One network's graphs at batch sizes 2 and 3, walked in step: what differs between them depends on the batch. */
final class InStep {
    private final Graph graph;
    private final Map<Node, Node> twins = new IdentityHashMap<>();

    /** @throws IllegalArgumentException if the graphs are not made of the same nodes */
    InStep(Graph atTwo, Graph atThree) {
        graph = atTwo;
        if (atTwo.nodes().size() != atThree.nodes().size()) {
            throw new IllegalArgumentException("onnx: expected a network of the same ops at every batch size, received "
                    + atTwo.nodes().size() + " nodes at 2 and "
                    + atThree.nodes().size() + " at 3");
        }
        for (int i = 0; i < atTwo.nodes().size(); i++) {
            pair(atTwo.nodes().get(i), atThree.nodes().get(i));
        }
    }

    private void pair(Node node, Node twin) {
        if (node.op().getClass() != twin.op().getClass()
                || node.inputs().size() != twin.inputs().size()) {
            throw new IllegalArgumentException("onnx: expected a network of the same ops at every batch size, received "
                    + node.name() + " at 2 and " + twin.name() + " at 3");
        }
        twins.put(node, twin);
    }

    /** The graph that is written, at batch size 2. */
    Graph graph() {
        return graph;
    }

    /** The same value at batch size 3. */
    Value twin(Value value) {
        return twin(value.producer()).outputs().get(value.index());
    }

    private Node twin(Node node) {
        Node twin = twins.get(node);
        if (twin == null) {
            throw new IllegalArgumentException(node.name() + ": expected a node of the graph that is written");
        }
        return twin;
    }

    /** The sizes of a value's axes. */
    List<Extent> extents(Value value) {
        Value twin = twin(value);
        List<Extent> extents = new ArrayList<>();
        for (int axis = 0; axis < value.shape().rank(); axis++) {
            extents.add(Extent.of(value.shape().size(axis), twin.shape().size(axis)));
        }
        return extents;
    }

    /** Whether an op's attributes stay the same at every batch size. */
    boolean isSame(Node node) {
        Op op = node.op();
        return op instanceof Source || op.equals(twin(node).op());
    }
}
