package dev.halfwave.nn;

import dev.halfwave.compile.Compiler;
import dev.halfwave.compile.Session;
import dev.halfwave.graph.Graph;
import dev.halfwave.graph.GraphBuilder;
import dev.halfwave.graph.Mode;
import dev.halfwave.graph.Node;
import dev.halfwave.graph.ParameterLayout;
import dev.halfwave.graph.Parameters;
import dev.halfwave.graph.Source;
import dev.halfwave.kernel.WorkerPool;
import dev.halfwave.nn.init.Orthogonal;
import dev.halfwave.op.BatchedMatMul;
import dev.halfwave.op.Conv2d;
import dev.halfwave.op.Conv2dInputGradient;
import dev.halfwave.op.MatMul;
import dev.halfwave.tensor.Tensor;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * First weights by looking at data (LSUV): orthogonal ones, scaled layer by layer from the input on until each layer's
 * pre-activations have a variance of 1 over a batch.
 *
 * <p>It suits deep networks without norms, whatever their activations. The batch is run as in training, with its own
 * statistics and dropped as dropout drops. Of weights that serve several times the first use counts. Orthogonal weights take
 * long for layers of many thousand inputs, see {@link Orthogonal}.
 *
 * <pre>{@code
 * new LayerSequentialUnitVariance().start(model.network(), model.parameters(), images, 42, WorkerPool.shared());
 * }</pre>
 *
 * @param tolerance how far from 1 a variance may stay, above 0; 0.01 by default
 * @param trials how often a layer is scaled at most, 1 or more; 10 by default
 * @see <a href="https://arxiv.org/abs/1511.06422">Mishkin and Matas 2016, algorithm 1</a>
 */
public record LayerSequentialUnitVariance(double tolerance, int trials) {

    /** @throws IllegalArgumentException if a number is out of range */
    public LayerSequentialUnitVariance {
        if (!(tolerance > 0) || trials < 1) {
            throw new IllegalArgumentException(
                    "lsuv: expected a tolerance above 0 and 1 trial or more, received " + tolerance + " and " + trials);
        }
    }

    /** To 1 %, in 10 trials at most. */
    public LayerSequentialUnitVariance() {
        this(0.01, 10);
    }

    /**
     * Draws and scales the weights of every convolution and dense layer; other parameters stay.
     *
     * @param parameters the network's numbers, which are changed
     * @param images a batch {@code [N, …]} of samples; a few hundred tell variances well
     * @param seed what weights are drawn from
     * @return the variance that each layer ended with, by its weights' name, in the order of the layers
     * @throws IllegalArgumentException if the images are not of the network's shape
     */
    public Map<String, Double> start(
            Network network, Parameters parameters, Tensor images, long seed, WorkerPool pool) {
        GraphBuilder g = new GraphBuilder(Mode.TRAINING);
        g.output(Network.LOGITS, network.addTo(g, images.shape().size(0)));
        Graph graph = g.build();
        Map<String, Node> layers = layers(graph);
        layers.keySet().forEach(weights -> draw(parameters, parameters.layout().entry(weights), seed));
        Map<String, Double> variances = new LinkedHashMap<>();
        layers.forEach((weights, node) -> {
            Session session =
                    Compiler.compile(upTo(node, graph), parameters.layout()).session(parameters, pool);
            session.feed(Network.INPUT, images);
            variances.put(weights, scale(session, parameters, weights));
        });
        return variances;
    }

    /** The first node that reads each parameter as weights. */
    private static Map<String, Node> layers(Graph graph) {
        Map<String, Node> layers = new LinkedHashMap<>();
        for (Node node : graph.nodes()) {
            boolean weighs = node.op() instanceof Conv2d
                    || node.op() instanceof Conv2dInputGradient
                    || node.op() instanceof MatMul
                    || node.op() instanceof BatchedMatMul;
            if (weighs && node.input(1).producer().op() instanceof Source.Parameter weights && weights.trainable()) {
                layers.putIfAbsent(weights.key(), node);
            }
        }
        return layers;
    }

    private static void draw(Parameters parameters, ParameterLayout.Entry weights, long seed) {
        SplittableRandom random =
                new SplittableRandom(seed * 0x9e3779b97f4a7c15L + weights.key().hashCode());
        new Orthogonal().fill(weights.shape(), parameters.data(), weights.offset(), random);
        parameters.changed();
    }

    /** What leads to a node, and nothing else. */
    private static Graph upTo(Node node, Graph graph) {
        GraphBuilder g = new GraphBuilder(Mode.TRAINING);
        graph.nodes().forEach(each -> g.retain(each, each.inputs()));
        g.output("z", node.output());
        return g.build();
    }

    /** The variance at the end. */
    private double scale(Session session, Parameters parameters, String weights) {
        for (int trial = 0; ; trial++) {
            session.run(0);
            double variance = variance(session.output("z").data());
            boolean hopeless = !(variance > 0 && variance < Double.POSITIVE_INFINITY);
            if (Math.abs(variance - 1) < tolerance || trial == trials || hopeless) {
                return variance;
            }
            Tensor scaled = parameters.get(weights);
            float factor = (float) (1 / Math.sqrt(variance));
            for (int i = 0; i < scaled.data().length; i++) {
                scaled.data()[i] *= factor;
            }
            parameters.set(weights, scaled);
        }
    }

    private static double variance(float[] z) {
        double sum = 0;
        double squares = 0;
        for (float value : z) {
            sum += value;
            squares += (double) value * value;
        }
        double mean = sum / z.length;
        return squares / z.length - mean * mean;
    }
}
