package dev.halfwave.nn;

import dev.halfwave.activation.Activation;
import dev.halfwave.graph.Graph;
import dev.halfwave.graph.Mode;
import dev.halfwave.graph.Node;
import dev.halfwave.op.Activate;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Puts another activation in the place of one within a network's layers.
 *
 * <p>Layers do not know which nodes of the graph they make, so every place that holds an activation is tried, and the
 * graph that differs from the old one in the wanted node alone is that of the network sought.
 *
 * @param network where to replace it
 * @param other what to put there
 */
record ActivationSwap(Network network, Activation other) {

    /** The network with the activation of the given node replaced; empty if no layer holds it by itself. */
    Optional<Network> at(String node) {
        Graph before = network.graph(1, Mode.INFERENCE);
        for (int place = 0; ; place++) {
            Walk walk = new Walk(place);
            Layer body = (Layer) walk.rebuilt(network.body());
            if (walk.seen <= place) {
                return Optional.empty();
            }
            Network changed = new Network(network.name(), network.sample(), body);
            if (differences(before, changed.graph(1, Mode.INFERENCE)).equals(List.of(node))) {
                return Optional.of(changed);
            }
        }
    }

    /** The names of the activations that differ; all of them if the graphs differ in more. */
    private static List<String> differences(Graph before, Graph after) {
        List<Node> old = before.nodes();
        List<Node> now = after.nodes();
        if (old.size() != now.size()) {
            return List.of();
        }
        return IntStream.range(0, old.size())
                .filter(i -> old.get(i).op() instanceof Activate
                        && !old.get(i).op().equals(now.get(i).op()))
                .mapToObj(i -> old.get(i).name())
                .toList();
    }

    /** Goes through records of records, and copies those in which something changes. */
    private final class Walk {
        private final int place;
        private int seen;

        /** @param place which of the activations on the way is replaced, from 0 */
        Walk(int place) {
            this.place = place;
        }

        Object rebuilt(Object value) {
            if (value instanceof Activation) {
                return seen++ == place ? other : value;
            }
            if (value instanceof List<?> list) {
                List<Object> copy = new ArrayList<>();
                list.forEach(element -> copy.add(rebuilt(element)));
                return copy;
            }
            return value instanceof Layer && value instanceof Record ? layer(value) : value;
        }

        private Object layer(Object value) {
            RecordComponent[] components = value.getClass().getRecordComponents();
            Object[] arguments = new Object[components.length];
            boolean same = true;
            for (int i = 0; i < components.length; i++) {
                Object old = Description.component(value, components[i]);
                arguments[i] = rebuilt(old);
                same &= arguments[i].equals(old);
            }
            return same ? value : DescriptionReader.construct(value.getClass(), components, arguments);
        }
    }
}
