package dev.halfwave.bench.peer;

import dev.halfwave.autodiff.Differentiate;
import dev.halfwave.compile.Compiler;
import dev.halfwave.compile.Session;
import dev.halfwave.graph.Graph;
import dev.halfwave.graph.GraphBuilder;
import dev.halfwave.graph.Mode;
import dev.halfwave.graph.ParameterLayout;
import dev.halfwave.graph.Parameters;
import dev.halfwave.graph.Value;
import dev.halfwave.kernel.CounterRandom;
import dev.halfwave.kernel.Kernels;
import dev.halfwave.kernel.Providers;
import dev.halfwave.kernel.WorkerPool;
import dev.halfwave.nn.Network;
import dev.halfwave.tensor.Shape;
import dev.halfwave.tensor.Tensor;
import dev.halfwave.train.Adam;
import dev.halfwave.train.SoftmaxLoss;
import java.util.List;

/** The trainer's step, check for infinities included, on one batch that is there already. */
final class HalfwaveTraining implements Running {
    private static final String LABELS = "labels";
    private static final String LOSS = "loss";
    private static final int UPDATE_GRAIN = 16_384;

    private final Adam adam = Adam.usual();
    private final Kernels kernels = Providers.active();
    private final Parameters parameters;
    private final WorkerPool pool;
    private final Session session;
    private final List<float[]> state;
    private long steps;

    HalfwaveTraining(Subject subject) {
        parameters = subject.parameters();
        pool = new WorkerPool(subject.threads());
        Tensor labels = Tensor.zeros(Shape.of(subject.samples().batch()));
        for (int i = 0; i < subject.samples().batch(); i++) {
            labels.data()[i] = subject.samples().labels().get(i);
        }
        session = Compiler.compile(graph(subject), parameters.layout())
                .session(parameters, pool)
                .feed(Network.INPUT, subject.samples().images())
                .feed(LABELS, labels);
        int length = parameters.layout().trainableEnd();
        state = List.of(new float[length], new float[length]);
    }

    private static Graph graph(Subject subject) {
        int batch = subject.samples().batch();
        GraphBuilder g = new GraphBuilder(Mode.TRAINING);
        Value logits = subject.network().addTo(g, batch);
        Value labels = g.input(LABELS, Shape.of(batch));
        g.output(LOSS, new SoftmaxLoss().apply(g, logits, labels));
        return Differentiate.withParameterGradients(g.build(), LOSS);
    }

    @Override
    public void step() {
        session.run(CounterRandom.key(1, steps));
        ParameterLayout layout = parameters.layout();
        int count = layout.trainableEnd() - layout.trainableStart();
        if (!kernels.elementwise().allFinite(session.gradients(), layout.trainableStart(), count)) {
            throw new IllegalStateException("training: expected finite gradients, received others in step " + steps);
        }
        steps++;
        pool.run((count + UPDATE_GRAIN - 1) / UPDATE_GRAIN, HalfwaveTraining::update, this);
        session.commit();
    }

    private void update(int task) {
        ParameterLayout layout = parameters.layout();
        int from = layout.trainableStart() + task * UPDATE_GRAIN;
        int n = Math.min(UPDATE_GRAIN, layout.trainableEnd() - from);
        adam.update(kernels.updates(), parameters.data(), session.gradients(), state, from, n, adam.usualRate(), steps);
    }

    @Override
    public float[] result() {
        return new float[] {session.scalar(LOSS)};
    }

    @Override
    public void close() {
        pool.close();
    }
}
