package dev.halfwave.bench.translate;

import dev.halfwave.graph.Graph;
import dev.halfwave.graph.Node;
import dev.halfwave.graph.Op;
import dev.halfwave.graph.Parameters;
import dev.halfwave.graph.Source;
import dev.halfwave.graph.Value;
import dev.halfwave.nn.Network;
import dev.halfwave.op.Activate;
import dev.halfwave.op.Add;
import dev.halfwave.op.AvgPool2d;
import dev.halfwave.op.BatchNorm;
import dev.halfwave.op.BiasAdd;
import dev.halfwave.op.Concat;
import dev.halfwave.op.Conv2d;
import dev.halfwave.op.Dropout;
import dev.halfwave.op.FrozenBatchNorm;
import dev.halfwave.op.MatMul;
import dev.halfwave.op.MaxPool2d;
import dev.halfwave.op.MovingAverage;
import dev.halfwave.op.Reshape;
import dev.halfwave.tensor.Shape;
import dev.halfwave.tensor.Window;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Walks a network's graph, as built and not rewritten, and has a {@link Target} say each layer; may be walked again and again.
 *
 * <p>Biases come along with the convolution or product in front of them. A flattened image has its channels outermost, so the weights
 * behind it are given in that order.
 */
public final class Translation {
    private final Graph graph;
    private final Weights weights;
    private final Map<Node, Value> biases = new IdentityHashMap<>();
    private final Map<Value, Shape> flattened = new IdentityHashMap<>();

    /** A translation of a graph with these numbers. */
    public Translation(Graph graph, Parameters parameters) {
        this.graph = graph;
        this.weights = new Weights(parameters);
        for (Node node : graph.nodes()) {
            if (node.op() instanceof BiasAdd) {
                biases.put(node.input(0).producer(), node.input(1));
            }
        }
    }

    /** What the target makes of the network, from its input to its logits. */
    public <T> T apply(Target<T> target, T input) {
        Map<Value, T> values = new IdentityHashMap<>();
        for (Node node : graph.nodes()) {
            if (node.op() instanceof Source.Input) {
                values.put(node.output(), input);
            } else if (!(node.op() instanceof Source) && !(node.op() instanceof MovingAverage)) {
                values.put(node.output(), say(target, node, values));
            }
        }
        return get(values, graph.output(Network.LOGITS));
    }

    private <T> T say(Target<T> target, Node node, Map<Value, T> values) {
        T x = get(values, node.input(0));
        Op op = node.op();
        if (op instanceof BiasAdd || op instanceof Reshape) {
            return op instanceof BiasAdd ? x : flatten(target, node, x);
        } else if (op instanceof Conv2d conv) {
            return target.conv2d(x, weights.filters(node.input(1)), bias(node), conv);
        } else if (op instanceof MatMul) {
            Optional<Shape> image = Optional.ofNullable(flattened.get(node.input(0)));
            return target.dense(x, weights.dense(node.input(1), image), bias(node));
        } else if (op instanceof Activate activate) {
            keepFlattened(node);
            return target.activate(x, activate.activation());
        } else if (op instanceof Dropout dropout) {
            keepFlattened(node);
            return target.dropout(x, dropout.rate());
        } else if (op instanceof Add) {
            return target.add(x, get(values, node.input(1)));
        } else if (op instanceof Concat) {
            List<T> parts =
                    node.inputs().stream().map(value -> get(values, value)).toList();
            return target.concat(parts);
        }
        return window(target, node, x);
    }

    private <T> T window(Target<T> target, Node node, T x) {
        Op op = node.op();
        if (op instanceof BatchNorm norm) {
            return target.batchNorm(x, norm(node, norm.epsilon(), true));
        } else if (op instanceof FrozenBatchNorm norm) {
            return target.batchNorm(x, norm(node, norm.epsilon(), false));
        } else if (op instanceof MaxPool2d pool) {
            return target.maxPool(x, pool);
        } else if (op instanceof AvgPool2d pool) {
            Shape image = node.input(0).shape();
            boolean whole = pool.vertical().equals(Window.of(image.size(1), 1))
                    && pool.horizontal().equals(Window.of(image.size(2), 1));
            return whole ? target.globalAvgPool(x, image) : target.avgPool(x, pool);
        }
        throw new UnsupportedOperationException("translation: no translation for op " + op.name() + " (" + node.name()
                + "); add a method to Target and a line to Translation");
    }

    private <T> T flatten(Target<T> target, Node node, T x) {
        Shape from = node.input(0).shape();
        if (from.rank() != 4 || node.output().shape().rank() != 2) {
            throw new UnsupportedOperationException(
                    "translation: expected a reshape of images to rows, received " + node);
        }
        flattened.put(node.output(), from.dropFirst());
        return target.flatten(x);
    }

    private void keepFlattened(Node node) {
        Shape image = flattened.get(node.input(0));
        if (image != null) {
            flattened.put(node.output(), image);
        }
    }

    private Optional<Weight> bias(Node node) {
        return Optional.ofNullable(biases.get(node)).map(weights::vector);
    }

    /** The statistics stand beside gamma, also in a training graph, which only updates them. */
    private Target.Norm norm(Node node, double epsilon, boolean training) {
        Weight gamma = weights.vector(node.input(1));
        String prefix = gamma.key().substring(0, gamma.key().lastIndexOf('.') + 1);
        return new Target.Norm(
                gamma,
                weights.vector(node.input(2)),
                weights.vector(prefix + "mean"),
                weights.vector(prefix + "variance"),
                epsilon,
                training);
    }

    private static <T> T get(Map<Value, T> values, Value value) {
        T known = values.get(value);
        if (known == null) {
            throw new UnsupportedOperationException("translation: expected an image or row, received " + value);
        }
        return known;
    }
}
