package dev.halfwave.claims;

import dev.halfwave.autodiff.Differentiate;
import dev.halfwave.compile.Compiler;
import dev.halfwave.compile.Session;
import dev.halfwave.graph.GraphBuilder;
import dev.halfwave.graph.Mode;
import dev.halfwave.graph.ParameterLayout;
import dev.halfwave.graph.Parameters;
import dev.halfwave.graph.Value;
import dev.halfwave.nn.Dense;
import dev.halfwave.nn.Layer;
import dev.halfwave.nn.Network;
import dev.halfwave.tensor.Shape;
import dev.halfwave.tensor.Tensor;

/** Trains one recurrent layer on {@link FirstStep} by Adam, with gradients shortened to a length of 1. */
final class MemoryTraining {
    private static final String FIRST = "first";
    private static final String LOSS = "loss";
    private static final double BETA1 = 0.9;
    private static final double BETA2 = 0.999;
    private static final double EPSILON = 1e-8;

    private final FirstStep task;
    private final Tensor first;
    private final Parameters parameters;
    private final Session session;
    private final double[] mean;
    private final double[] square;

    MemoryTraining(Layer layer, FirstStep task, int batch, long seed) {
        this.task = task;
        first = Tensor.zeros(Shape.of(batch));
        int outputs = task.content().outputs();
        Network network = Network.of("memory", task.sample(), layer, Dense.of(outputs));
        GraphBuilder g = new GraphBuilder(Mode.TRAINING);
        Value told = network.addTo(g, batch);
        g.output(LOSS, task.content().loss(g, told, g.input(FIRST, first.shape())));
        ParameterLayout layout = network.layout();
        parameters = Parameters.initialized(layout, seed);
        session = Compiler.compile(Differentiate.withParameterGradients(g.build(), LOSS), layout)
                .session(parameters);
        mean = new double[layout.trainableEnd()];
        square = new double[layout.trainableEnd()];
    }

    /**
     * Which share of what is unknown, the variance or the entropy, is known on fresh sequences after so many steps at
     * that rate: 1 for what is told exactly, 0 for what is forgotten or if training diverged.
     */
    double known(int steps, double rate, int batches) {
        for (int step = 1; step <= steps; step++) {
            if (!Double.isFinite(run()) || !update(step, rate)) {
                return 0;
            }
        }
        double loss = 0;
        for (int i = 0; i < batches; i++) {
            loss += run() / batches;
        }
        return Double.isFinite(loss) ? Math.max(0, 1 - loss / task.content().unknown()) : 0;
    }

    /** Runs a batch and returns its loss. */
    private double run() {
        session.feed(Network.INPUT, task.draw(first)).feed(FIRST, first).run(0);
        return session.scalar(LOSS);
    }

    /** One step of Adam; returns whether the gradient had a length. */
    private boolean update(int step, double rate) {
        float[] gradients = session.gradients();
        double squares = 0;
        for (int i = 0; i < mean.length; i++) {
            squares += (double) gradients[i] * gradients[i];
        }
        double scale = 1 / Math.max(1, Math.sqrt(squares));
        double unbiased = 1 - StrictMath.pow(BETA1, step);
        double unbiasedSquare = 1 - StrictMath.pow(BETA2, step);
        for (int i = 0; i < mean.length; i++) {
            double slope = scale * gradients[i];
            mean[i] += (1 - BETA1) * (slope - mean[i]);
            square[i] += (1 - BETA2) * (slope * slope - square[i]);
            parameters.data()[i] -=
                    (float) (rate * mean[i] / unbiased / (Math.sqrt(square[i] / unbiasedSquare) + EPSILON));
        }
        parameters.changed();
        return Double.isFinite(squares);
    }
}
