package dev.halfwave.nn;

import static org.assertj.core.api.Assertions.assertThat;

import dev.halfwave.autodiff.Differentiate;
import dev.halfwave.compile.Compiler;
import dev.halfwave.compile.Program;
import dev.halfwave.compile.Session;
import dev.halfwave.graph.Graph;
import dev.halfwave.graph.GraphBuilder;
import dev.halfwave.graph.Interpreter;
import dev.halfwave.graph.Mode;
import dev.halfwave.graph.ParameterLayout;
import dev.halfwave.graph.Parameters;
import dev.halfwave.graph.Result;
import dev.halfwave.graph.Value;
import dev.halfwave.kernel.WorkerPool;
import dev.halfwave.op.SoftmaxCrossEntropy;
import dev.halfwave.tensor.DoubleTensor;
import dev.halfwave.tensor.Shape;
import dev.halfwave.tensor.Tensor;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What every layer is held to in a small network: it is described and built again, its gradient in training is that of
 * finite differences, and programs compute what the interpreter does, in the same bits on any number of threads.
 */
@Tag("kernels")
class LayerContractTest {
    private static final int BATCH = 3;
    private static final long RUN = 11;
    private static final double STEP = 1e-5;
    private static final int ELEMENTS = 12;

    static Collection<Network> networks() {
        return LayerCases.all().values();
    }

    @Test
    void everyLayerIsTried() {
        String tried = networks().stream().map(Description::of).collect(Collectors.joining());
        Layers.known().forEach((name, type) -> {
            if (Layer.class.isAssignableFrom(type)) {
                assertThat(tried).contains("\"type\":\"" + name + "\"");
            }
        });
    }

    @ParameterizedTest
    @MethodSource("networks")
    void descriptionsReturn(Network network) {
        assertThat(Description.parse(Description.of(network))).isEqualTo(network);
    }

    private static Graph training(Network network) {
        GraphBuilder g = new GraphBuilder(Mode.TRAINING);
        Value logits = network.addTo(g, BATCH);
        g.output("logits", logits);
        g.output("loss", g.add(new SoftmaxCrossEntropy(), logits, g.input("labels", Shape.of(BATCH))));
        return Differentiate.withParameterGradients(g.build(), "loss");
    }

    private static Map<String, Tensor> fed(Network network) {
        SplittableRandom random = new SplittableRandom(network.name().hashCode());
        Tensor images = Tensor.zeros(network.sample().prepend(BATCH));
        for (int i = 0; i < images.data().length; i++) {
            images.data()[i] = (float) random.nextDouble(-1, 1);
        }
        return Map.of("images", images, "labels", Tensor.of(Shape.of(BATCH), 0, 2, 1));
    }

    /** All parameters at random, biases as well. */
    private static Parameters parameters(Network network) {
        Parameters parameters = new Parameters(network.layout());
        SplittableRandom random = new SplittableRandom(network.name().length());
        for (int i = 0; i < parameters.data().length; i++) {
            parameters.data()[i] = (float) random.nextDouble(-1, 1);
        }
        for (ParameterLayout.Entry entry : network.layout().entries()) {
            if (!entry.parameter().trainable()) { // variances are not negative
                parameters.set(entry.key(), Tensor.full(entry.shape(), 0.5f));
            }
        }
        return parameters;
    }

    private static Map<String, DoubleTensor> sources(Network network, Parameters parameters) {
        Map<String, DoubleTensor> sources = new HashMap<>();
        parameters.toMap().forEach((key, tensor) -> sources.put(key, DoubleTensor.of(tensor)));
        fed(network).forEach((key, tensor) -> sources.put(key, DoubleTensor.of(tensor)));
        return sources;
    }

    @ParameterizedTest
    @MethodSource("networks")
    void gradientsInTrainingAgreeWithFiniteDifferences(Network network) {
        Graph graph = training(network);
        Map<String, DoubleTensor> sources = sources(network, parameters(network));
        Interpreter values = new Interpreter(graph, sources, RUN);
        SplittableRandom random = new SplittableRandom(1);
        for (ParameterLayout.Entry entry : network.layout().entries()) {
            if (!entry.parameter().trainable()) {
                continue;
            }
            double[] at = sources.get(entry.key()).data();
            Value gradient = graph.results().get(new Result.Gradient(entry.key()));
            for (int i = 0; i < Math.min(ELEMENTS, at.length); i++) {
                int element = at.length <= ELEMENTS ? i : random.nextInt(at.length);
                double rule = gradient == null ? 0 : values.get(gradient).data()[element];
                double before = at[element];
                at[element] = before + STEP;
                double above = loss(graph, sources);
                at[element] = before - STEP;
                double below = loss(graph, sources);
                at[element] = before;
                assertThat(rule)
                        .as("%s, element %s", entry.key(), element)
                        .isCloseTo((above - below) / (2 * STEP), Offset.offset(1e-7));
            }
        }
    }

    private static double loss(Graph graph, Map<String, DoubleTensor> sources) {
        return new Interpreter(graph, sources, RUN).get(graph.output("loss")).data()[0];
    }

    @ParameterizedTest
    @MethodSource("networks")
    void programsComputeWhatTheInterpreterComputes(Network network) {
        Parameters parameters = parameters(network);
        for (Graph graph : new Graph[] {training(network), network.graph(BATCH, Mode.INFERENCE)}) {
            Interpreter expected = new Interpreter(graph, sources(network, parameters), RUN);
            Program program = Compiler.compile(graph, parameters.layout());
            try (WorkerPool alone = new WorkerPool(1);
                    WorkerPool team = new WorkerPool(3)) {
                Session session = run(program, network, parameters, alone);
                Session other = run(program, network, parameters, team);
                for (String name : graph.outputNames()) {
                    assertThat(other.output(name)).isEqualTo(session.output(name));
                    double[] wanted = expected.get(graph.output(name)).data();
                    assertClose(session.output(name).data(), 0, wanted, name);
                }
                assertThat(other.gradients()).containsExactly(session.gradients());
                graph.results().forEach((result, value) -> {
                    if (result instanceof Result.Gradient gradient) {
                        int from =
                                parameters.layout().entry(gradient.parameter()).offset();
                        double[] wanted = expected.get(value).data();
                        assertClose(session.gradients(), from, wanted, gradient.parameter());
                    }
                });
            }
        }
    }

    private static Session run(Program program, Network network, Parameters parameters, WorkerPool pool) {
        Session session = program.session(parameters, pool);
        session.poison();
        fed(network).forEach((key, tensor) -> {
            if (program.inputs().stream().anyMatch(input -> input.key().equals(key))) {
                session.feed(key, tensor);
            }
        });
        session.run(RUN);
        session.run(RUN); // in place steps must not spoil a second run
        return session;
    }

    private static void assertClose(float[] actual, int from, double[] wanted, String what) {
        for (int i = 0; i < wanted.length; i++) {
            double tolerance = 2e-5 * Math.max(1, Math.abs(wanted[i]));
            assertThat((double) actual[from + i])
                    .as("%s, element %s", what, i)
                    .isCloseTo(wanted[i], Offset.offset(tolerance));
        }
    }
}
