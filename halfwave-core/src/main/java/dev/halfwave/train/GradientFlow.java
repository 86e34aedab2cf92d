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
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Measures during training how large activations, gradients and updates are in every layer with weights, and so where
 * gradients vanish or explode.
 *
 * <p>Activations and gradients are those of a few samples, always the same ones, in the network as it is trained; updates
 * are training's own.
 *
 * <pre>{@code
 * trainer.addListener(GradientFlow.of(trainer.model(), plan.loss(), data.train(), 32, 100, pool, flows -> log(flows)));
 * }</pre>
 *
 * @see <a href="https://proceedings.mlr.press/v9/glorot10a.html">Glorot and Bengio 2010, section 4.2</a>
 */
public final class GradientFlow implements TrainingListener {
    private final Model model;
    private final int every;
    private final int samples;
    private final Consumer<List<LayerFlow>> told;
    private final Session session;
    private final List<Watched> layers;
    private final float[] before;

    private GradientFlow(
            Model model,
            Loss loss,
            Dataset data,
            int samples,
            int every,
            WorkerPool pool,
            Consumer<List<LayerFlow>> told) {
        this.model = model;
        this.every = every;
        this.samples = samples;
        this.told = told;
        Graph forward = Programs.loss(model.network(), loss.fit(data), samples, Mode.TRAINING);
        this.layers = layers(forward);
        this.session = Compiler.compile(
                        withGradients(forward), model.parameters().layout())
                .session(model.parameters(), pool);
        this.before = new float[model.parameters().data().length];
        feed(data);
    }

    /**
     * Measures every so many batches.
     *
     * @param samples how many samples to run, 1 or more
     * @param every batches from one measurement to the next, 2 or more
     * @param told who is told: one entry per layer, from the input to the output
     * @throws IllegalArgumentException if a number is out of range, or the data do not fit the model
     */
    public static GradientFlow of(
            Model model,
            Loss loss,
            Dataset data,
            int samples,
            int every,
            WorkerPool pool,
            Consumer<List<LayerFlow>> told) {
        if (samples < 1 || every < 2) {
            throw new IllegalArgumentException(
                    "gradient flow: expected 1 sample or more and 2 batches or more, received " + samples + " and "
                            + every);
        }
        Evaluator.check(model, data);
        return new GradientFlow(model, loss, data, Math.min(samples, data.size()), every, pool, told);
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

    @Override
    public void batchDone(Trainer trainer, Tally tally) {
        float[] parameters = model.parameters().data();
        long step = trainer.position().step();
        if ((step + 1) % every == 0) {
            System.arraycopy(parameters, 0, before, 0, parameters.length);
        } else if (step % every == 0) {
            told.accept(measure(step));
        }
    }

    private List<LayerFlow> measure(long step) {
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
                    updateRatio(layer)));
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

    private double updateRatio(Watched layer) {
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
