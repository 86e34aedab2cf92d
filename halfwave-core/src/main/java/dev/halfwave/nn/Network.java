package dev.halfwave.nn;

import dev.halfwave.activation.Activation;
import dev.halfwave.graph.Graph;
import dev.halfwave.graph.GraphBuilder;
import dev.halfwave.graph.Mode;
import dev.halfwave.graph.ParameterLayout;
import dev.halfwave.graph.Value;
import dev.halfwave.tensor.Shape;
import java.util.Optional;

/**
 * A network before it has any numbers: a layer, usually made of layers, and the shape of one sample.
 *
 * <pre>{@code
 * Network network = Network.of("tiny", Shape.of(28, 28, 1),
 *     Conv2d.of(8, 3).activation(new Relu()), MaxPool2d.of(2), new Flatten(), Dense.of(10));
 * }</pre>
 *
 * @param name what it is called
 * @param sample the shape of one sample, as in {@code [28, 28, 1]}
 * @param body from the samples to the logits
 */
public record Network(String name, Shape sample, Layer body) {
    /** The name under which samples are fed in. */
    public static final String INPUT = "images";

    /** The name under which the last layer's output is read. */
    public static final String LOGITS = "logits";

    /**
     * A network of layers in order.
     *
     * @throws IllegalArgumentException if the layers do not fit together or the sample; the text names the layer
     */
    public static Network of(String name, Shape sample, Layer... layers) {
        return new Network(name, sample, Sequential.of(layers));
    }

    /** Builds it once, so that misfits show at once. */
    public Network {
        layout(sample, body);
    }

    /** Adds this network to a graph, for a batch of the given size, and returns the logits. */
    public Value addTo(GraphBuilder g, int batch) {
        return body.apply(g, g.input(INPUT, sample.prepend(batch)));
    }

    /** This network as a graph from {@link #INPUT} to {@link #LOGITS}. */
    public Graph graph(int batch, Mode mode) {
        GraphBuilder g = new GraphBuilder(mode);
        g.output(LOGITS, addTo(g, batch));
        return g.build();
    }

    /** Where its parameters stand. */
    public ParameterLayout layout() {
        return layout(sample, body);
    }

    private static ParameterLayout layout(Shape sample, Layer body) {
        GraphBuilder g = new GraphBuilder(Mode.TRAINING);
        g.output(LOGITS, body.apply(g, g.input(INPUT, sample.prepend(1))));
        return ParameterLayout.of(g.build());
    }

    /** The shape of one sample's output: {@code [classes]} for a classifier. */
    public Shape output() {
        return graph(1, Mode.INFERENCE).output(LOGITS).shape().dropFirst();
    }

    /**
     * The same network with one activation replaced and all parameters where they were.
     *
     * <pre>{@code
     * Network gentler = network.withActivation("conv2d_1.relu", new LeakyRelu(0.01)).orElseThrow();
     * }</pre>
     *
     * @param node the activation's name in {@link #graph}
     * @return empty if no layer holds such an activation, as within an imported model, or if it is one with parameters of
     *     its own, or would become one
     */
    public Optional<Network> withActivation(String node, Activation other) {
        return new ActivationSwap(this, other).at(node);
    }
}
