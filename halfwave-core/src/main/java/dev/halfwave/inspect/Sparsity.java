package dev.halfwave.inspect;

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
import dev.halfwave.op.Conv2d;
import dev.halfwave.op.Conv2dInputGradient;
import dev.halfwave.op.MatMul;
import dev.halfwave.tensor.DoubleTensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What one convolution or dense layer would save if it skipped the zeros in its input.
 *
 * @param name the op's, as in {@code conv2d_2.conv2d}
 * @param zeroShare the share of its input that is zero, over all images
 * @param multiplyAdds products per image, padding not counted
 * @param saved how many of them have a zero from the image, on average
 */
public record Sparsity(String name, double zeroShare, long multiplyAdds, double saved) {
    private static final int BATCH = 64;

    /** The share of the products that could be skipped, from 0 to 1. */
    public double savedShare() {
        return saved / multiplyAdds;
    }

    /** Looks at every image of a dataset; one entry per convolution and product with weights. */
    public static List<Sparsity> of(Model model, Dataset data, WorkerPool pool) {
        List<Counter> counters = products(model.network().graph(1, Mode.INFERENCE)).stream()
                .map(Counter::new)
                .toList();
        Probe probe = new Probe(model, pool, Sparsity::inputs);
        try (Batches batches = Loader.of(data, BATCH).epoch(0)) {
            while (batches.hasNext()) {
                Batch batch = batches.next();
                Session session = probe.run(batch.images());
                counters.forEach(counter ->
                        counter.count(session.output(counter.node.name()).data(), batch.size()));
            }
        }
        return counters.stream().map(Counter::result).toList();
    }

    private static List<Node> products(Graph graph) {
        List<Node> products = new ArrayList<>();
        for (Node node : graph.nodes()) {
            boolean product = node.op() instanceof Conv2d || node.op() instanceof MatMul;
            boolean byWeights = product
                    && !node.input(0).producer().isLasting()
                    && node.input(1).producer().isLasting();
            if (byWeights) {
                products.add(node);
            }
        }
        return products;
    }

    private static Map<String, Value> inputs(Graph graph) {
        Map<String, Value> inputs = new LinkedHashMap<>();
        products(graph).forEach(node -> inputs.put(node.name(), node.input(0)));
        return inputs;
    }

    /** Counts for one product. */
    private static final class Counter {
        private final Node node;
        private final double[] uses;
        private long zeros;
        private double saved;
        private long images;

        Counter(Node node) {
            this.node = node;
            this.uses = uses(node);
        }

        /** In how many products each element of the input takes part: the gradient where all other numbers are one. */
        private static double[] uses(Node node) {
            double[] uses = new double[node.input(0).shape().elements()];
            if (node.op() instanceof Conv2d conv) {
                int h = node.input(0).shape().size(1);
                int w = node.input(0).shape().size(2);
                Conv2dInputGradient gradient =
                        new Conv2dInputGradient(conv.vertical(), conv.horizontal(), conv.groups(), h, w);
                List<DoubleTensor> ones = new ArrayList<>();
                for (Value value : List.of(node.output(), node.input(1))) {
                    DoubleTensor one = DoubleTensor.zeros(value.shape());
                    Arrays.fill(one.data(), 1);
                    ones.add(one);
                }
                return gradient.evaluate(ones, 0).get(0).data();
            }
            Arrays.fill(uses, node.output().shape().size(-1));
            return uses;
        }

        void count(float[] x, int batch) {
            for (int i = 0; i < x.length; i++) {
                if (x[i] == 0) {
                    zeros++;
                    saved += uses[i % uses.length];
                }
            }
            images += batch;
        }

        Sparsity result() {
            double products = Arrays.stream(uses).sum();
            double share = (double) zeros / (images * uses.length);
            return new Sparsity(node.name(), share, Math.round(products), saved / images);
        }
    }
}
