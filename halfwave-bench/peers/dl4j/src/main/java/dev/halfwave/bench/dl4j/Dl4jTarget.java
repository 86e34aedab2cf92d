package dev.halfwave.bench.dl4j;

import dev.halfwave.activation.Activation;
import dev.halfwave.activation.Relu;
import dev.halfwave.bench.peer.Subject;
import dev.halfwave.bench.translate.Target;
import dev.halfwave.bench.translate.Translation;
import dev.halfwave.bench.translate.Weight;
import dev.halfwave.op.AvgPool2d;
import dev.halfwave.op.Conv2d;
import dev.halfwave.op.MaxPool2d;
import dev.halfwave.tensor.Shape;
import dev.halfwave.tensor.Window;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.graph.ElementWiseVertex;
import org.deeplearning4j.nn.conf.graph.MergeVertex;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.DropoutLayer;
import org.deeplearning4j.nn.conf.layers.GlobalPoolingLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.LossLayer;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/** Says each layer as a vertex of a computation graph; values are the vertices' names. */
final class Dl4jTarget implements Target<String> {
    private static final String IMAGES = "images";

    private final GraphBuilder graph;
    private final Map<String, Weight> weights = new TreeMap<>();
    private int vertices;

    private Dl4jTarget(Shape sample) {
        graph = new NeuralNetConfiguration.Builder()
                .seed(1)
                .updater(new Adam(1e-3))
                .graphBuilder()
                .addInputs(IMAGES)
                .setInputTypes(InputType.convolutional(sample.size(0), sample.size(1), sample.size(2)));
    }

    /** The network with the subject's numbers, ending in softmax and its loss. */
    static ComputationGraph network(Subject subject) {
        Dl4jTarget target = new Dl4jTarget(subject.network().sample());
        String logits = new Translation(subject.graph(), subject.parameters()).apply(target, IMAGES);
        LossLayer loss = new LossLayer.Builder(LossFunction.MCXENT)
                .activation(org.nd4j.linalg.activations.Activation.SOFTMAX)
                .build();
        target.graph.addLayer("loss", loss, logits).setOutputs("loss");
        ComputationGraph network = new ComputationGraph(target.graph.build());
        network.init();
        target.weights.forEach(
                (name, weight) -> network.setParam(name, Nd4j.create(weight.values(), shape(weight), 'c')));
        return network;
    }

    /** Vectors are rows. */
    private static long[] shape(Weight weight) {
        return weight.shape().length == 1 ? new long[] {1, weight.shape()[0]} : weight.shape();
    }

    @Override
    public String conv2d(String x, Weight filters, Optional<Weight> bias, Conv2d op) {
        if (op.groups() != 1) {
            throw new UnsupportedOperationException("dl4j: no translation for convolutions in groups");
        }
        Window v = op.vertical();
        Window h = op.horizontal();
        ConvolutionLayer layer = new ConvolutionLayer.Builder(v.size(), h.size())
                .stride(v.stride(), h.stride())
                .dilation(v.dilation(), h.dilation())
                .padding(padding(v, h))
                .convolutionMode(ConvolutionMode.Truncate)
                .nOut(filters.size(0))
                .hasBias(bias.isPresent())
                .activation(org.nd4j.linalg.activations.Activation.IDENTITY)
                .build();
        return weighted(layer, x, filters, bias);
    }

    @Override
    public String dense(String x, Weight w, Optional<Weight> bias) {
        DenseLayer layer = new DenseLayer.Builder()
                .nOut(w.size(1))
                .hasBias(bias.isPresent())
                .activation(org.nd4j.linalg.activations.Activation.IDENTITY)
                .build();
        return weighted(layer, x, w, bias);
    }

    private String weighted(Layer layer, String x, Weight w, Optional<Weight> bias) {
        String name = add(layer, x);
        weights.put(name + "_W", w);
        bias.ifPresent(b -> weights.put(name + "_b", b));
        return name;
    }

    @Override
    public String batchNorm(String x, Norm norm) {
        BatchNormalization layer = new BatchNormalization.Builder()
                .eps(norm.epsilon())
                .decay(1 - Norm.MOMENTUM)
                .useLogStd(false)
                .build();
        String name = add(layer, x);
        weights.put(name + "_gamma", norm.gamma());
        weights.put(name + "_beta", norm.beta());
        weights.put(name + "_mean", norm.mean());
        weights.put(name + "_var", norm.variance());
        return name;
    }

    @Override
    public String activate(String x, Activation activation) {
        if (activation instanceof Relu) {
            return add(new ActivationLayer(org.nd4j.linalg.activations.Activation.RELU), x);
        }
        throw new UnsupportedOperationException(
                "dl4j: no translation for activation " + activation.name() + "; add its line to Dl4jTarget");
    }

    @Override
    public String maxPool(String x, MaxPool2d op) {
        return pool(x, PoolingType.MAX, op.vertical(), op.horizontal());
    }

    @Override
    public String avgPool(String x, AvgPool2d op) {
        return pool(x, PoolingType.AVG, op.vertical(), op.horizontal());
    }

    private String pool(String x, PoolingType type, Window v, Window h) {
        SubsamplingLayer layer = new SubsamplingLayer.Builder(type)
                .kernelSize(v.size(), h.size())
                .stride(v.stride(), h.stride())
                .padding(padding(v, h))
                .convolutionMode(ConvolutionMode.Truncate)
                .build();
        return add(layer, x);
    }

    @Override
    public String globalAvgPool(String x, Shape input) {
        return add(new GlobalPoolingLayer(PoolingType.AVG), x);
    }

    /** Dense layers flatten by themselves, channels outermost. */
    @Override
    public String flatten(String x) {
        return x;
    }

    @Override
    public String dropout(String x, double rate) {
        return add(new DropoutLayer(1 - rate), x);
    }

    @Override
    public String add(String a, String b) {
        graph.addVertex(name(), new ElementWiseVertex(ElementWiseVertex.Op.Add), a, b);
        return "v" + vertices;
    }

    @Override
    public String concat(List<String> parts) {
        graph.addVertex(name(), new MergeVertex(), new ArrayList<>(parts).toArray(String[]::new));
        return "v" + vertices;
    }

    private String add(Layer layer, String x) {
        String name = name();
        graph.addLayer(name, layer, x);
        return name;
    }

    private String name() {
        return "v" + ++vertices;
    }

    private static int[] padding(Window v, Window h) {
        if (v.before() != v.after() || h.before() != h.after()) {
            throw new UnsupportedOperationException("dl4j: layers pad evenly, received " + v + " and " + h);
        }
        return new int[] {v.before(), h.before()};
    }
}
