package dev.halfwave.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import dev.halfwave.activation.Activation;
import dev.halfwave.activation.Activations;
import dev.halfwave.activation.Prelu;
import dev.halfwave.activation.Relu;
import dev.halfwave.autodiff.Differentiate;
import dev.halfwave.compile.Compiler;
import dev.halfwave.compile.Session;
import dev.halfwave.graph.Graph;
import dev.halfwave.graph.GraphBuilder;
import dev.halfwave.graph.Interpreter;
import dev.halfwave.graph.Mode;
import dev.halfwave.graph.Parameters;
import dev.halfwave.graph.Value;
import dev.halfwave.kernel.WorkerPool;
import dev.halfwave.nn.init.Normal;
import dev.halfwave.op.Reduce;
import dev.halfwave.op.Reduction;
import dev.halfwave.tensor.DoubleTensor;
import dev.halfwave.tensor.Shape;
import dev.halfwave.tensor.Tensor;
import java.lang.management.ManagementFactory;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Layers that read sequences: what they are made of, long sequences, threads and memory. */
class RecurrentLayersTest {
    private static final int BATCH = 29;

    static Stream<Layer> layers() {
        return Stream.of(
                Rnn.of(5),
                Rnn.identity(17).allStates(),
                Rnn.of(3).activation(Activations.of("silu")),
                Lstm.of(9),
                Lstm.of(4).allStates().initializer(new Normal(0.5)),
                Gru.of(7),
                Gru.of(16).allStates());
    }

    /** The layer over the pixels of small images, and behind it a readout of three classes. */
    private static Network network(Layer layer) {
        return Network.of("sequences", Shape.of(4, 5, 2), Scan.pixels(), layer, new Flatten(), Dense.of(3));
    }

    private static Graph training(Network network, int batch) {
        GraphBuilder g = new GraphBuilder(Mode.TRAINING);
        Value logits = network.addTo(g, batch);
        g.output("logits", logits);
        g.output("loss", g.add(new Reduce(Reduction.SUM, List.of(0, 1), false), logits));
        return Differentiate.withParameterGradients(g.build(), "loss");
    }

    private static Tensor images(Network network, int batch) {
        Tensor images = Tensor.zeros(network.sample().prepend(batch));
        SplittableRandom random = new SplittableRandom(4);
        for (int i = 0; i < images.data().length; i++) {
            images.data()[i] = (float) random.nextDouble(-1, 1);
        }
        return images;
    }

    @ParameterizedTest
    @MethodSource("layers")
    void descriptionsKeepThem(Layer layer) {
        assertThat(Description.parse(Description.of(network(layer)))).isEqualTo(network(layer));
    }

    @ParameterizedTest
    @MethodSource("layers")
    void theNumberOfThreadsChangesNoBit(Layer layer) {
        float[] one = gradients(layer, 1);
        assertThat(one).isNotEqualTo(new float[one.length]);
        assertThat(gradients(layer, 2)).isEqualTo(one);
        assertThat(gradients(layer, 4)).isEqualTo(one);
    }

    private static float[] gradients(Layer layer, int threads) {
        Network network = network(layer);
        Parameters parameters = Parameters.initialized(network.layout(), 2);
        try (WorkerPool pool = new WorkerPool(threads)) {
            Session session = Compiler.compile(training(network, BATCH), parameters.layout())
                    .session(parameters, pool);
            session.feed(Network.INPUT, images(network, BATCH)).run(0);
            return session.gradients().clone();
        }
    }

    @ParameterizedTest
    @MethodSource("layers")
    void trainingAndInferenceComputeTheSame(Layer layer) {
        Network network = network(layer);
        Parameters parameters = Parameters.initialized(network.layout(), 2);
        Tensor images = images(network, BATCH);
        Session session = Compiler.compile(network.graph(BATCH, Mode.INFERENCE), parameters.layout())
                .session(parameters);
        session.feed(Network.INPUT, images).run(0);
        Session trained =
                Compiler.compile(training(network, BATCH), parameters.layout()).session(parameters);
        trained.feed(Network.INPUT, images).run(0);
        assertThat(session.output("logits")).isEqualTo(trained.output("logits"));
    }

    @ParameterizedTest
    @MethodSource("layers")
    @Tag("allocation")
    void aRunAllocatesNothing(Layer layer) {
        Network network = network(layer);
        Parameters parameters = Parameters.initialized(network.layout(), 2);
        try (WorkerPool pool = new WorkerPool(1)) {
            Session session = Compiler.compile(training(network, BATCH), parameters.layout())
                    .session(parameters, pool);
            session.feed(Network.INPUT, images(network, BATCH));
            // vector kernels allocate until C2 has compiled them
            ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
            long least = Long.MAX_VALUE;
            for (int round = 0; round < 5000 && least > 0; round++) {
                long before = threads.getCurrentThreadAllocatedBytes();
                for (int i = 0; i < 20; i++) {
                    session.run(i);
                }
                least = Math.min(least, threads.getCurrentThreadAllocatedBytes() - before);
            }
            assertThat(least).as("bytes allocated by 20 runs").isZero();
        }
    }

    @ParameterizedTest
    @MethodSource("layers")
    void longSequencesStayNearTheDefinition(Layer layer) {
        Network network = Network.of("long", Shape.of(784, 1), layer, new Flatten(), Dense.of(3));
        Parameters parameters = Parameters.initialized(network.layout(), 3);
        Tensor x = images(network, 3);
        Graph graph = network.graph(3, Mode.INFERENCE);
        Map<String, DoubleTensor> sources = new HashMap<>();
        parameters.toMap().forEach((key, tensor) -> sources.put(key, DoubleTensor.of(tensor)));
        sources.put(Network.INPUT, DoubleTensor.of(x));
        double[] expected = new Interpreter(graph, sources, 0)
                .get(graph.output(Network.LOGITS))
                .data();
        Session session = Compiler.compile(graph, parameters.layout()).session(parameters);
        session.feed(Network.INPUT, x).run(0);
        float[] logits = session.output(Network.LOGITS).data();
        double scale = 1e-3;
        for (double logit : expected) {
            scale = Math.max(scale, Math.abs(logit));
        }
        for (int i = 0; i < logits.length; i++) {
            assertThat(Math.abs(logits[i] - expected[i]) / scale)
                    .as("logit %d", i)
                    .isLessThan(1e-4);
        }
    }

    @Test
    void theIdentityKeepsWhatItHolds() {
        Network network = Network.of("kept", Shape.of(300, 3), Rnn.identity(3).initializer((s, into, at, random) -> {
            for (int i = 0; i < 3; i++) {
                into[at + 4 * i] = 1;
            }
        }));
        Parameters parameters = Parameters.initialized(network.layout(), 1);
        Tensor x = Tensor.zeros(Shape.of(1, 300, 3));
        x.data()[0] = 0.25f;
        x.data()[2] = 2;
        x.data()[300] = 1; // step 100, the second channel
        x.data()[301] = 1;
        Session session = Compiler.compile(network.graph(1, Mode.INFERENCE), parameters.layout())
                .session(parameters);
        session.feed(Network.INPUT, x).run(0);
        assertThat(session.output(Network.LOGITS).data()).containsExactly(1.25f, 1, 2);
    }

    @Test
    void imagesAreReadPixelByPixelOrRowByRow() {
        Shape image = Shape.of(4, 5, 2);
        assertThat(Network.of("pixels", image, Scan.pixels()).output()).isEqualTo(Shape.of(20, 2));
        assertThat(Network.of("rows", image, Scan.rows()).output()).isEqualTo(Shape.of(4, 10));
        assertThat(Network.of("all", image, Scan.rows(), Gru.of(3).allStates()).output())
                .isEqualTo(Shape.of(4, 3));
        assertThat(Network.of("last", image, Scan.rows(), Lstm.of(3)).output()).isEqualTo(Shape.of(3));
    }

    @Test
    void parametersAreThoseOfTheEquations() {
        assertThat(count(Rnn.of(5))).isEqualTo(5 * (2 + 5 + 1));
        assertThat(count(Lstm.of(5))).isEqualTo(4 * 5 * (2 + 5 + 1));
        assertThat(count(Gru.of(5))).isEqualTo(3 * 5 * (2 + 5 + 1) + 5);
    }

    private static long count(Layer layer) {
        return new Parameters(Network.of("one", Shape.of(7, 2), layer).layout()).trainableCount();
    }

    @Test
    void forgetGatesStartOpen() {
        Network network = Network.of("one", Shape.of(7, 2), Lstm.of(2));
        float[] bias =
                Parameters.initialized(network.layout(), 1).get("lstm_1.bias").data();
        assertThat(bias).containsExactly(0, 0, 0, 0, 1, 1, 0, 0);
    }

    @Test
    void mistakesAreNamed() {
        Shape image = Shape.of(4, 5, 2);
        assertThatThrownBy(() -> Network.of("x", image, Rnn.of(3)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("rnn_1: expected sequences [N, T, C], received [1, 4, 5, 2]; put a Scan in front to read"
                        + " images as sequences");
        assertThatThrownBy(() -> Network.of("x", image, Scan.rows(), Scan.rows()))
                .hasMessageStartingWith("scan_2: expected images [N, H, W, C], received [1, 4, 10]");
        assertThatThrownBy(() -> Lstm.of(0)).hasMessage("lstm: expected 1 unit or more, received 0");
        assertThatThrownBy(() -> Gru.of(-1)).hasMessage("gru: expected 1 unit or more, received -1");
        assertThatThrownBy(() -> Rnn.of(1).activation(new Prelu()))
                .hasMessage("rnn: expected an activation that learns nothing itself, received " + new Prelu().spec()
                        + "; leaky-relu has a fixed slope");
        assertThatThrownBy(() -> new Normal(-1)).hasMessage("normal: expected a deviation of 0 or more, received -1.0");
    }

    @Test
    void anyOtherActivationWillDo() {
        for (Activation f : Activations.all()) {
            if (!(f instanceof Prelu)) {
                Network network = Network.of("any", Shape.of(6, 2), Rnn.of(4).activation(f), Dense.of(2));
                Parameters parameters = Parameters.initialized(network.layout(), 1);
                Session session = Compiler.compile(training(network, 2), parameters.layout())
                        .session(parameters);
                session.feed(Network.INPUT, images(network, 2)).run(0);
                for (float slope : session.gradients()) {
                    assertThat(slope).as(f.spec()).isFinite();
                }
            }
        }
        assertThat(Networks.of("irnn", Shape.of(28, 28, 1), 10, new Relu()).output())
                .isEqualTo(Shape.of(10));
    }
}
