package dev.halfwave.train;

import dev.halfwave.activation.Activation;
import dev.halfwave.compile.Compiler;
import dev.halfwave.compile.Session;
import dev.halfwave.data.Dataset;
import dev.halfwave.graph.Graph;
import dev.halfwave.graph.GraphBuilder;
import dev.halfwave.graph.Mode;
import dev.halfwave.graph.Node;
import dev.halfwave.kernel.WorkerPool;
import dev.halfwave.nn.Model;
import dev.halfwave.nn.Network;
import dev.halfwave.op.Activate;
import dev.halfwave.tensor.Tensor;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.Optional;
import java.util.StringJoiner;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Counts for every unit whose activation is flat below zero on how many samples in a row it was silent. A unit is silent
 * on a sample if its pre-activation is above zero in no place.
 */
final class SilentUnits {
    private final Model model;
    private final Dataset data;
    private final int patience;
    private final Graph graph;
    private final Session session;
    private final Tensor images;

    /** By the place of the activation in the graph, which stays when the function changes; its name may not. */
    private final Map<Integer, Layer> layers = new TreeMap<>();

    private int nextSample;

    /**
     * With nothing counted yet.
     *
     * @param samples how many each look takes
     * @param patience on how many samples a unit is silent before it is taken for dead
     */
    SilentUnits(Model model, Dataset data, WorkerPool pool, int samples, int patience) {
        this.model = model;
        this.data = data;
        this.patience = patience;
        int count = Math.min(samples, data.size());
        this.images = Tensor.zeros(data.sampleShape().prepend(count));
        this.graph = model.network().graph(count, Mode.INFERENCE);
        GraphBuilder g = GraphBuilder.continuing(graph, Mode.INFERENCE);
        for (int place = 0; place < graph.nodes().size(); place++) {
            Node node = graph.nodes().get(place);
            if (node.op() instanceof Activate activate && cuts(activate.activation())) {
                g.output(node.name(), node.input(0));
                layers.put(place, new Layer(node));
            }
        }
        this.session = Compiler.compile(g.build(), model.parameters().layout()).session(model.parameters(), pool);
    }

    /** Whether a function is flat everywhere below zero. */
    private static boolean cuts(Activation f) {
        return f.slopeAt(-1e-3) == 0 && f.slopeAt(-1e3) == 0;
    }

    /** The same counts for a network in which other layers' activations may have changed. */
    SilentUnits continuedBy(Model changed, WorkerPool pool) {
        SilentUnits next = new SilentUnits(changed, data, pool, images.shape().size(0), patience);
        next.nextSample = nextSample;
        next.layers.forEach((place, layer) -> {
            Layer old = layers.get(place);
            if (old != null) {
                System.arraycopy(old.silentFor, 0, layer.silentFor, 0, layer.silentFor.length);
            }
        });
        return next;
    }

    /**
     * What is counted, for a checkpoint: the next sample, then every layer that has silent units, by its place in the graph,
     * as in {@code 96;2:5=64,7=32}.
     */
    String counts() {
        StringJoiner text = new StringJoiner(";").add(Integer.toString(nextSample));
        layers.forEach((place, layer) -> {
            String silent = IntStream.range(0, layer.silentFor.length)
                    .filter(unit -> layer.silentFor[unit] > 0)
                    .mapToObj(unit -> unit + "=" + layer.silentFor[unit])
                    .collect(Collectors.joining(","));
            if (!silent.isEmpty()) {
                text.add(place + ":" + silent);
            }
        });
        return text.toString();
    }

    /**
     * Goes on from what {@link #counts} wrote.
     *
     * @throws IllegalArgumentException if that is of other units or samples than these
     */
    void restore(String counts) {
        String[] parts = counts.split(";", -1);
        try {
            nextSample = Objects.checkIndex(Integer.parseInt(parts[0]), data.size());
            for (int i = 1; i < parts.length; i++) {
                int colon = parts[i].indexOf(':');
                Integer place = Integer.valueOf(parts[i].substring(0, colon));
                Layer layer = Optional.ofNullable(layers.get(place)).orElseThrow();
                for (String unit : parts[i].substring(colon + 1).split(",", -1)) {
                    int equals = unit.indexOf('=');
                    layer.silentFor[Integer.parseInt(unit.substring(0, equals))] =
                            Integer.parseInt(unit.substring(equals + 1));
                }
            }
        } catch (IndexOutOfBoundsException | NumberFormatException | NoSuchElementException misfit) {
            throw new IllegalArgumentException(
                    "dead unit watch: expected counts of this network's units over " + data.size()
                            + " samples, received \"" + counts + "\"; start training anew",
                    misfit);
        }
    }

    /** What is run. */
    Graph graph() {
        return graph;
    }

    /** Whose units are counted. */
    Model model() {
        return model;
    }

    /** The layers in which the last look found a unit dead that was not before, from the input to the output. */
    List<Layer> withNewlyDead() {
        return layers.values().stream().filter(layer -> layer.died).toList();
    }

    /** Runs the next samples. */
    void look() {
        int samples = images.shape().size(0);
        int pixels = data.sampleShape().elements();
        for (int i = 0; i < samples; i++) {
            data.read(nextSample, images.data(), i * pixels);
            nextSample = (nextSample + 1) % data.size();
        }
        session.feed(Network.INPUT, images).run(0);
        layers.values().forEach(layer -> layer.count(samples));
    }

    /** How long the units of one layer have been silent. */
    final class Layer {
        private final Node node;
        private final float[] z;
        private final int[] silentFor;
        private boolean died;

        private Layer(Node node) {
            this.node = node;
            this.z = new float[node.input(0).shape().elements()];
            this.silentFor = new int[node.output().shape().size(-1)];
        }

        /** Its activation in the graph. */
        Node node() {
            return node;
        }

        /** How many units it has. */
        int units() {
            return silentFor.length;
        }

        /** Which units are dead. */
        List<Integer> dead() {
            return IntStream.range(0, silentFor.length)
                    .filter(unit -> silentFor[unit] >= patience)
                    .boxed()
                    .toList();
        }

        /** Counts anew for a unit. */
        void forget(int unit) {
            silentFor[unit] = 0;
        }

        private void count(int samples) {
            session.read(node.name(), z, 0);
            boolean[] fires = new boolean[silentFor.length];
            for (int i = 0; i < z.length; i++) {
                if (z[i] > 0) {
                    fires[i % fires.length] = true;
                }
            }
            died = false;
            for (int unit = 0; unit < fires.length; unit++) {
                boolean before = silentFor[unit] >= patience;
                silentFor[unit] = fires[unit] ? 0 : Math.min(silentFor[unit] + samples, Integer.MAX_VALUE / 2);
                died |= !before && silentFor[unit] >= patience;
            }
        }
    }
}
