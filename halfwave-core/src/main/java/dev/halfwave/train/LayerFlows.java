package dev.halfwave.train;

import dev.halfwave.autodiff.Differentiate;
import dev.halfwave.compile.Compiler;
import dev.halfwave.compile.Session;
import dev.halfwave.data.Dataset;
import dev.halfwave.graph.Graph;
import dev.halfwave.graph.GraphBuilder;
import dev.halfwave.graph.Mode;
import dev.halfwave.graph.Node;
import dev.halfwave.graph.ParameterLayout;
import dev.halfwave.graph.Source;
import dev.halfwave.graph.Value;
import dev.halfwave.kernel.WorkerPool;
import dev.halfwave.nn.Model;
import dev.halfwave.nn.Network;
import dev.halfwave.tensor.Shape;
import dev.halfwave.tensor.Tensor;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How large activations and gradients are in the layers of one network on a few samples, always the same ones. */
final class LayerFlows {
    private final Model model;
    private final int samples;
    private final Session session;
    private final List<Watched> layers;

    LayerFlows(Model model, Loss loss, Dataset data, int samples, WorkerPool pool) {
        this.model = model;
        this.samples = samples;
        Graph forward = Programs.loss(model.network(), loss.fit(data), samples, Mode.TRAINING);
        this.layers = layers(forward);
        this.session = Compiler.compile(
                        withGradients(forward), model.parameters().layout())
                .session(model.parameters(), pool);
        feed(data);
    }

    /** Whose layers they are. */
    Model model() {
        return model;
    }

    private void feed(Dataset data) {
        Tensor images = Tensor.zeros(data.sampleShape().prepend(samples));
        Tensor labels = Tensor.zeros(Shape.of(samples));
        for (int i = 0; i < samples; i++) {
            data.read(i, images.data(), i * data.sampleShape().elements());
            labels.data()[i] = data.label(i);
        }
        session.feed(Network.INPUT, images).feed(Programs.LABELS, labels);
    }

    /** Each layer that has weights of two axes or more, with its last value. */
    private static List<Watched> layers(Graph forward) {
        Map<String, Source.Parameter> weights = new LinkedHashMap<>();
        Map<String, Value> outputs = new LinkedHashMap<>();
        for (Node node : forward.nodes()) {
            if (node.op() instanceof Source.Parameter parameter) {
                if (parameter.trainable() && parameter.shape().rank() > 1) {
                    weights.putIfAbsent(node.layer(), parameter);
                }
            } else if (weights.containsKey(node.layer())) {
                outputs.put(node.layer(), node.output());
            }
        }
        List<Watched> layers = new ArrayList<>();
        weights.forEach((layer, parameter) -> {
            Value output = outputs.get(layer);
            if (output != null) {
                layers.add(new Watched(layer, parameter, output));
            }
        });
        return layers;
    }

    private Graph withGradients(Graph forward) {
        GraphBuilder g = GraphBuilder.continuing(forward, Mode.TRAINING);
        Value one = g.constant(Tensor.full(Shape.of(), 1));
        List<Value> values = new ArrayList<>();
        for (Watched layer : layers) {
            values.add(layer.output);
            values.add(g.source(layer.weights.key(), layer.weights));
        }
        List<@Nullable Value> gradients =
                Differentiate.gradients(g, forward, forward.output(Programs.LOSS), one, values);
        for (int i = 0; i < values.size(); i++) {
            Value gradient = gradients.get(i);
            String name = layers.get(i / 2).name;
            if (i % 2 == 0) {
                g.output(name, values.get(i));
            }
            if (gradient != null) {
                g.output(name + (i % 2 == 0 ? " gradient" : " weights"), gradient);
            }
        }
        return g.build();
    }

    /**
     * Measures now.
     *
     * @param step which step of training is done
     * @param before the parameters before that step
     */
    List<LayerFlow> measure(long step, float[] before) {
        session.run(step);
        List<LayerFlow> flows = new ArrayList<>();
        double last = gradient(layers.get(layers.size() - 1));
        for (Watched layer : layers) {
            double gradient = gradient(layer);
            flows.add(new LayerFlow(
                    step,
                    layer.name,
                    rms(session.output(layer.name).data()),
                    gradient,
                    gradient / last,
                    read(layer.name + " weights"),
                    updateRatio(layer, before)));
        }
        return flows;
    }

    /** The loss is a mean, so each sample's own gradient is as many times larger. */
    private double gradient(Watched layer) {
        return samples * read(layer.name + " gradient");
    }

    private double read(String output) {
        return session.program().graph().outputNames().contains(output)
                ? rms(session.output(output).data())
                : 0;
    }

    private double updateRatio(Watched layer, float[] before) {
        ParameterLayout.Entry entry = model.parameters().layout().entry(layer.weights.key());
        double changes = 0;
        double squares = 0;
        for (int i = entry.offset(); i < entry.offset() + entry.shape().elements(); i++) {
            double change = (double) model.parameters().data()[i] - before[i];
            changes += change * change;
            squares += (double) before[i] * before[i];
        }
        return Math.sqrt(changes / squares);
    }

    private static double rms(float[] values) {
        double squares = 0;
        for (float value : values) {
            squares += (double) value * value;
        }
        return Math.sqrt(squares / values.length);
    }

    /** A layer, its weights and its last value. */
    private record Watched(String name, Source.Parameter weights, Value output) {}
}
