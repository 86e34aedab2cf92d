package dev.halfwave.compile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import dev.halfwave.activation.Relu;
import dev.halfwave.autodiff.Differentiate;
import dev.halfwave.graph.Graph;
import dev.halfwave.graph.GraphBuilder;
import dev.halfwave.graph.Interpreter;
import dev.halfwave.graph.Mode;
import dev.halfwave.graph.ParameterLayout;
import dev.halfwave.graph.Parameters;
import dev.halfwave.graph.Result;
import dev.halfwave.graph.Value;
import dev.halfwave.kernel.Providers;
import dev.halfwave.kernel.WorkerPool;
import dev.halfwave.nn.Network;
import dev.halfwave.nn.Networks;
import dev.halfwave.nn.RandomNetworks;
import dev.halfwave.op.SoftmaxCrossEntropy;
import dev.halfwave.rewrite.Rewriter;
import dev.halfwave.rewrite.Rules;
import dev.halfwave.tensor.DoubleTensor;
import dev.halfwave.tensor.Shape;
import dev.halfwave.tensor.Tensor;
import java.lang.management.ManagementFactory;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("kernels")
class ProgramTest {
    private static final int BATCH = 3;

    private static Graph training(Network network) {
        GraphBuilder g = new GraphBuilder(Mode.TRAINING);
        Value logits = network.addTo(g, BATCH);
        g.output("logits", logits);
        g.output("loss", g.add(new SoftmaxCrossEntropy(), logits, g.input("labels", Shape.of(BATCH))));
        return Differentiate.withParameterGradients(g.build(), "loss");
    }

    private static Tensor random(Shape shape, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        Tensor tensor = Tensor.zeros(shape);
        for (int i = 0; i < tensor.data().length; i++) {
            tensor.data()[i] = (float) (random.nextDouble() * 2 - 1);
        }
        return tensor;
    }

    private static Interpreter interpret(Graph graph, Parameters parameters, Tensor images, Tensor labels) {
        Map<String, DoubleTensor> sources = new HashMap<>();
        parameters.toMap().forEach((key, tensor) -> sources.put(key, DoubleTensor.of(tensor)));
        sources.put("images", DoubleTensor.of(images));
        sources.put("labels", DoubleTensor.of(labels));
        return new Interpreter(graph, sources, 7);
    }

    private static void assertClose(float[] actual, int from, DoubleTensor expected, double tolerance, String what) {
        double scale = 1;
        for (double value : expected.data()) {
            scale = Math.max(scale, Math.abs(value));
        }
        for (int i = 0; i < expected.data().length; i++) {
            double difference = Math.abs(actual[from + i] - expected.data()[i]);
            assertThat(difference).as("%s, element %d", what, i).isLessThanOrEqualTo(tolerance * scale);
        }
    }

    /** Whole networks accumulate more rounding than single ops, which are held to 1e-5 each. */
    @Test
    void trainingProgramsComputeWhatTheInterpreterComputes() {
        Tensor labels = Tensor.of(Shape.of(BATCH), 0, 2, 1);
        for (long seed = 0; seed < 60; seed++) {
            Network network = RandomNetworks.of(seed);
            Graph graph = training(network);
            Parameters parameters = Parameters.initialized(network.layout(), seed);
            Tensor images = random(network.sample().prepend(BATCH), seed);
            Interpreter expected = interpret(graph, parameters, images, labels);

            Session session = Compiler.compile(graph, parameters.layout()).session(parameters);
            session.poison();
            session.feed("images", images).feed("labels", labels);
            session.run(7);
            session.run(7); // in place steps must not spoil a second run

            for (Map.Entry<Result, Value> result : graph.results().entrySet()) {
                DoubleTensor value = expected.get(result.getValue());
                String what = "seed " + seed + ", " + result.getKey();
                if (result.getKey() instanceof Result.Output output) {
                    assertClose(session.output(output.name()).data(), 0, value, 1e-4, what);
                } else if (result.getKey() instanceof Result.Gradient gradient) {
                    int from = parameters.layout().entry(gradient.parameter()).offset();
                    assertClose(session.gradients(), from, value, 1e-3, what);
                }
            }
            session.commit();
            for (Map.Entry<Result, Value> result : graph.results().entrySet()) {
                if (result.getKey() instanceof Result.Update update) {
                    DoubleTensor value = expected.get(result.getValue());
                    assertClose(
                            parameters.get(update.parameter()).data(), 0, value, 1e-4, "seed " + seed + ", " + update);
                }
            }
        }
    }

    @Test
    void threadsAndScalarKernelsChangeNothingThatMatters() {
        Network network = RandomNetworks.of(3);
        Parameters parameters = Parameters.initialized(network.layout(), 3);
        Program program = Compiler.compile(network.graph(BATCH, Mode.INFERENCE), parameters.layout());
        Tensor images = random(network.sample().prepend(BATCH), 3);
        Tensor[] logits = new Tensor[3];
        for (int i = 0; i < logits.length; i++) {
            try (WorkerPool pool = new WorkerPool(1 << i)) {
                Session session = program.session(parameters, pool);
                session.feed("images", images).run(0);
                logits[i] = session.output("logits");
            }
        }
        assertThat(logits[1]).isEqualTo(logits[0]);
        assertThat(logits[2]).isEqualTo(logits[0]);
    }

    @Test
    void changedParametersArePackedAnew() {
        Network network = RandomNetworks.of(5);
        Parameters parameters = Parameters.initialized(network.layout(), 5);
        Session session = Compiler.compile(network.graph(BATCH, Mode.INFERENCE), parameters.layout())
                .session(parameters);
        session.feed("images", random(network.sample().prepend(BATCH), 5)).run(0);
        Tensor before = session.output("logits");
        for (int i = 0; i < parameters.data().length; i++) {
            parameters.data()[i] *= 0.5f;
        }
        parameters.changed();
        session.run(0);
        assertThat(session.output("logits")).isNotEqualTo(before);
    }

    @Test
    @Tag("allocation")
    void aRunAllocatesNothing() {
        Network network = RandomNetworks.of(11);
        Parameters parameters = Parameters.initialized(network.layout(), 11);
        try (WorkerPool pool = new WorkerPool(1)) {
            Session session =
                    Compiler.compile(training(network), parameters.layout()).session(parameters, pool);
            session.feed("images", random(network.sample().prepend(BATCH), 11));
            session.feed("labels", Tensor.zeros(Shape.of(BATCH)));
            // Vector kernels allocate until C2 has compiled them, which takes a rarely called one many thousands of
            // runs.
            ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
            long least = Long.MAX_VALUE;
            for (int round = 0; round < 1000 && least > 0; round++) {
                long before = threads.getCurrentThreadAllocatedBytes();
                for (int i = 0; i < 200; i++) {
                    session.run(i);
                }
                least = Math.min(least, threads.getCurrentThreadAllocatedBytes() - before);
            }
            assertThat(least).as("bytes allocated by 200 runs").isZero();
        }
    }

    @Test
    void theArenaIsSmallerThanTheSumOfAllValues() {
        Network network = Networks.of("keras-cnn", Shape.of(28, 28, 1), 10, new Relu());
        // exactly, because what Winograd needs to work in may be more than values of a small batch
        Program program = Compiler.compile(
                network.graph(BATCH, Mode.INFERENCE),
                network.layout(),
                new Rewriter(Rules.standard()),
                Providers.active().exact());
        assertThat(program.arenaBytes()).isLessThan(program.unsharedBytes());
    }

    @Test
    void misuseIsNamed() {
        Network network = RandomNetworks.of(1);
        Parameters parameters = new Parameters(network.layout());
        Program program = Compiler.compile(network.graph(BATCH, Mode.INFERENCE), parameters.layout());
        Session session = program.session(parameters);
        assertThatThrownBy(() -> session.run(0))
                .hasMessage("session: expected input \"images\" to be fed before running, received nothing");
        assertThatThrownBy(() -> session.feed("pictures", Tensor.zeros(Shape.of(1))))
                .hasMessage("session: expected one of the inputs [images], received \"pictures\"");
        assertThatThrownBy(() -> session.feed("images", Tensor.zeros(Shape.of(1))))
                .hasMessage("images: expected shape " + network.sample().prepend(BATCH) + ", received [1]");
        assertThatThrownBy(() -> program.session(new Parameters(network.layout())))
                .hasMessageStartingWith("program: expected parameters in the layout it was compiled for");
        assertThatThrownBy(() -> session.output("probabilities"))
                .hasMessage("session: expected one of the outputs [logits], received \"probabilities\"");
    }

    @Test
    void everyProviderCompilesTheSameGraph() {
        Network network = RandomNetworks.of(8);
        ParameterLayout layout = network.layout();
        Parameters parameters = Parameters.initialized(layout, 8);
        Tensor images = random(network.sample().prepend(BATCH), 8);
        Rewriter rewriter = new Rewriter(Rules.standard());
        Graph graph = network.graph(BATCH, Mode.INFERENCE);
        Session active = Compiler.compile(graph, layout).session(parameters);
        Session scalar =
                Compiler.compile(graph, layout, rewriter, Providers.scalar()).session(parameters);
        for (Session session : List.of(active, scalar)) {
            session.feed("images", images).run(0);
        }
        Tensor expected = scalar.output("logits");
        assertClose(active.output("logits").data(), 0, DoubleTensor.of(expected), 1e-4, "logits");
    }
}
