package dev.halfwave.inspect;

import dev.halfwave.activation.Activation;
import dev.halfwave.compile.Session;
import dev.halfwave.data.Batch;
import dev.halfwave.data.Batches;
import dev.halfwave.data.Dataset;
import dev.halfwave.data.Loader;
import dev.halfwave.graph.Graph;
import dev.halfwave.graph.Mode;
import dev.halfwave.graph.Node;
import dev.halfwave.graph.Value;
import dev.halfwave.kernel.WorkerPool;
import dev.halfwave.nn.Model;
import dev.halfwave.op.Activate;
import dev.halfwave.op.PRelu;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Counts over a dataset what every unit of a model does: which fire, which never do, which always, which saturate.
 *
 * <pre>{@code
 * List<LayerActivity> layers = Activity.of(model, data.test(), WorkerPool.shared());
 * int silent = layers.get(0).silent();
 * }</pre>
 */
public final class Activity {
    private static final int BATCH = 64;
    private static final String BEFORE = "before ";
    private static final String AFTER = "after ";

    private Activity() {}

    /**
     * Looks at every image of a dataset.
     *
     * @return one entry per activation, from the input to the output; none for a network without
     * @throws IllegalArgumentException if the images are not of the network's shape
     */
    public static List<LayerActivity> of(Model model, Dataset data, WorkerPool pool) {
        List<Node> nodes = activations(model.network().graph(1, Mode.INFERENCE));
        List<UnitCounter> counters = nodes.stream().map(UnitCounter::new).toList();
        Probe probe = new Probe(model, pool, Activity::values);
        try (Batches batches = Loader.of(data, BATCH).epoch(0)) {
            while (batches.hasNext()) {
                Batch batch = batches.next();
                Session session = probe.run(batch.images());
                for (UnitCounter counter : counters) {
                    counter.count(
                            session.output(BEFORE + counter.name()).data(),
                            session.output(AFTER + counter.name()).data(),
                            batch.size());
                }
            }
        }
        return counters.stream().map(UnitCounter::result).toList();
    }

    private static List<Node> activations(Graph graph) {
        return graph.nodes().stream()
                .filter(node -> node.op() instanceof Activate || node.op() instanceof PRelu)
                .toList();
    }

    private static Map<String, Value> values(Graph graph) {
        Map<String, Value> values = new LinkedHashMap<>();
        for (Node node : activations(graph)) {
            values.put(BEFORE + node.name(), node.input(0));
            values.put(AFTER + node.name(), node.output());
        }
        return values;
    }

    /** Counts for one activation. */
    private static final class UnitCounter {
        /** How near to an asymptote counts as saturated, in parts of the distance between the two. */
        private static final double NEAR = 0.01;

        private final Node node;
        private final int places;
        private final long[] fired;
        private final long[] saturated;
        private double floor = Double.NEGATIVE_INFINITY;
        private double ceiling = Double.POSITIVE_INFINITY;
        private long examples;
        private double zeroShares;
        private double least = 1;
        private double most;

        UnitCounter(Node node) {
            this.node = node;
            int units = node.output().shape().size(-1);
            this.places = node.output().shape().elements() / units;
            this.fired = new long[units];
            this.saturated = new long[units];
            if (node.op() instanceof Activate activate) {
                Activation f = activate.activation();
                if (f.lowerAsymptote().isPresent() && f.upperAsymptote().isPresent()) {
                    double low = f.lowerAsymptote().getAsDouble();
                    double high = f.upperAsymptote().getAsDouble();
                    floor = low + NEAR * (high - low);
                    ceiling = high - NEAR * (high - low);
                }
            }
        }

        String name() {
            return node.name();
        }

        void count(float[] z, float[] a, int images) {
            int perImage = z.length / images;
            for (int image = 0; image < images; image++) {
                int zeros = 0;
                for (int i = 0; i < perImage; i++) {
                    int at = image * perImage + i;
                    fired[i % fired.length] += z[at] > 0 ? 1 : 0;
                    saturated[i % fired.length] += a[at] <= floor || a[at] >= ceiling ? 1 : 0;
                    zeros += a[at] == 0 ? 1 : 0;
                }
                double share = (double) zeros / perImage;
                zeroShares += share;
                least = Math.min(least, share);
                most = Math.max(most, share);
            }
            examples += images;
        }

        LayerActivity result() {
            boolean cuts = node.op() instanceof Activate activate
                    && activate.activation().slopes().isPresent()
                    && activate.activation().slopes().get().negative() == 0;
            String function = node.op() instanceof Activate activate
                    ? activate.activation().spec()
                    : node.op().name();
            LayerActivity.Spread zeros = new LayerActivity.Spread(zeroShares / examples, least, most);
            return new LayerActivity(name(), function, cuts, examples, places, fired, saturated, zeros);
        }
    }
}
