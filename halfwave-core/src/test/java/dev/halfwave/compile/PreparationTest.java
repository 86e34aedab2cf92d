package dev.halfwave.compile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.halfwave.activation.Activation;
import dev.halfwave.activation.Activations;
import dev.halfwave.activation.Relu;
import dev.halfwave.graph.Graph;
import dev.halfwave.graph.GraphBuilder;
import dev.halfwave.graph.Interpreter;
import dev.halfwave.graph.Mode;
import dev.halfwave.graph.ParameterLayout;
import dev.halfwave.graph.Parameters;
import dev.halfwave.graph.Source;
import dev.halfwave.graph.Value;
import dev.halfwave.kernel.Providers;
import dev.halfwave.nn.BatchNorm;
import dev.halfwave.nn.Conv2d;
import dev.halfwave.nn.Dense;
import dev.halfwave.nn.GlobalAvgPool2d;
import dev.halfwave.nn.Network;
import dev.halfwave.nn.Padding;
import dev.halfwave.nn.Residual;
import dev.halfwave.nn.Sequential;
import dev.halfwave.op.Activate;
import dev.halfwave.op.Add;
import dev.halfwave.op.Dropout;
import dev.halfwave.op.FrozenBatchNorm;
import dev.halfwave.op.MatMul;
import dev.halfwave.op.Reshape;
import dev.halfwave.rewrite.Rewriter;
import dev.halfwave.rewrite.Rules;
import dev.halfwave.tensor.DoubleTensor;
import dev.halfwave.tensor.Shape;
import dev.halfwave.tensor.Tensor;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What follows from parameters alone is computed once for each version of them, and right. */
@Tag("kernels")
class PreparationTest {
    private static final int BATCH = 2;

    /** Convolutions of all kinds with norms behind them, and a residual. */
    private static Network normed(SplittableRandom random) {
        int groups = random.nextInt(1, 4);
        int channels = groups * random.nextInt(1, 20);
        List<Activation> all = continuous();
        Activation f = all.get(random.nextInt(all.size()));
        Conv2d first = Conv2d.of(channels, random.nextInt(1, 4)).padding(Padding.SAME);
        Conv2d second = Conv2d.of(channels, 3).padding(Padding.of(1)).groups(random.nextBoolean() ? groups : channels);
        return Network.of(
                "normed",
                Shape.of(random.nextInt(4, 9), random.nextInt(4, 9), random.nextInt(1, 5)),
                random.nextBoolean() ? first : first.withoutBias(),
                new BatchNorm(),
                new dev.halfwave.nn.Activate(f),
                Residual.of(Sequential.of(second.withoutBias(), new BatchNorm()), new Relu()),
                new GlobalAvgPool2d(),
                Dense.of(random.nextInt(1, 20)),
                new BatchNorm(0.1, 1e-3),
                Dense.of(3));
    }

    /** Activations that do not tell float32 from double by jumping between them. */
    private static List<Activation> continuous() {
        return Activations.all().stream().filter(f -> f.jumps().isEmpty()).toList();
    }

    /** Parameters with statistics as training might leave them. */
    private static Parameters trained(ParameterLayout layout, SplittableRandom random) {
        Parameters parameters = Parameters.initialized(layout, random.nextLong());
        for (ParameterLayout.Entry entry : layout.entries()) {
            boolean positive = entry.key().endsWith("variance") || entry.key().endsWith("gamma");
            for (int i = 0; entry.shape().rank() == 1 && i < entry.shape().elements(); i++) {
                double value = positive ? random.nextDouble(0.2, 3) : random.nextDouble(-1, 1);
                parameters.data()[entry.offset() + i] = (float) value;
            }
        }
        return parameters;
    }

    private static Tensor images(Network network, SplittableRandom random) {
        Tensor images = Tensor.zeros(network.sample().prepend(BATCH));
        for (int i = 0; i < images.data().length; i++) {
            images.data()[i] = (float) random.nextDouble(-1, 1);
        }
        return images;
    }

    private static float[] run(Session session, Tensor images) {
        session.poison();
        session.feed(Network.INPUT, images).run(0);
        session.run(0);
        return session.output(Network.LOGITS).data();
    }

    private static double[] defined(Graph graph, Parameters parameters, Tensor images) {
        Map<String, DoubleTensor> sources = new HashMap<>();
        parameters.toMap().forEach((key, tensor) -> sources.put(key, DoubleTensor.of(tensor)));
        sources.put(Network.INPUT, DoubleTensor.of(images));
        return new Interpreter(graph, sources, 0)
                .get(graph.output(Network.LOGITS))
                .data();
    }

    private static void assertClose(float[] actual, double[] expected, String what) {
        double scale = 1;
        for (double value : expected) {
            scale = Math.max(scale, Math.abs(value));
        }
        for (int i = 0; i < expected.length; i++) {
            assertThat(Math.abs(actual[i] - expected[i]))
                    .as("%s, element %d: %s for %s", what, i, actual[i], expected[i])
                    .isLessThanOrEqualTo(1e-5 * scale);
        }
    }

    @Test
    void foldedNetworksComputeWhatTheyAreDefinedToCompute() {
        for (long seed = 0; seed < 60; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            Network network = normed(random);
            Parameters parameters = trained(network.layout(), random);
            Tensor images = images(network, random);
            Graph graph = network.graph(BATCH, Mode.INFERENCE);
            Program program = Compiler.compile(graph, parameters.layout());
            Program plain = Compiler.compile(graph, parameters.layout(), new Rewriter(List.of()), Providers.active());
            double[] expected = defined(graph, parameters, images);
            assertClose(run(program.session(parameters), images), expected, "seed " + seed + ", folded");
            assertClose(run(plain.session(parameters), images), expected, "seed " + seed + ", as it is");
            assertThat(program.steps())
                    .as("steps of seed %d", seed)
                    .noneMatch(entry -> entry.node().op() instanceof FrozenBatchNorm)
                    .hasSizeLessThanOrEqualTo(plain.steps().size() - 3);
        }
    }

    @Test
    void changedParametersAreFoldedAnew() {
        SplittableRandom random = new SplittableRandom(1);
        Network network = normed(random);
        Parameters parameters = trained(network.layout(), random);
        Tensor images = images(network, random);
        Graph graph = network.graph(BATCH, Mode.INFERENCE);
        Session session = Compiler.compile(graph, parameters.layout()).session(parameters);
        session.feed(Network.INPUT, images).run(0);
        String gamma = parameters.layout().entries().stream()
                .map(ParameterLayout.Entry::key)
                .filter(key -> key.endsWith("gamma"))
                .findFirst()
                .orElseThrow();
        Tensor other = parameters.get(gamma);
        other.data()[0] *= -2;
        parameters.set(gamma, other);
        session.run(0);
        assertClose(session.output(Network.LOGITS).data(), defined(graph, parameters, images), "changed");
    }

    @Test
    void anythingThatFollowsFromParametersIsComputedOnceAndPackedOnce() {
        GraphBuilder g = new GraphBuilder(Mode.INFERENCE);
        Value u = g.source("u", new Source.Parameter("u", Shape.of(5, 6), (s, into, o, r) -> {}, true));
        Value v = g.source("v", new Source.Parameter("v", Shape.of(6, 7), (s, into, o, r) -> {}, true));
        Value w = g.add(new Activate(new Relu()), g.add(new MatMul(false, false), u, v));
        Value doubled = g.add(new Add(), w, w);
        Value x = g.input(Network.INPUT, Shape.of(3, 5));
        g.output(Network.LOGITS, g.add(new MatMul(false, false), x, g.add(new Reshape(Shape.of(5, 7)), doubled)));
        g.output("doubled", doubled);
        g.output("random", g.add(new Dropout(0.5, 1), u));
        Graph graph = g.build();
        Parameters parameters = trained(ParameterLayout.of(graph), new SplittableRandom(3));
        for (int i = 0; i < parameters.data().length; i++) {
            parameters.data()[i] = (i * 37 % 11 - 5) / 4f;
        }
        parameters.changed();
        for (Rewriter rewriter : List.of(new Rewriter(List.of()), new Rewriter(Rules.standard()))) {
            Program program = Compiler.compile(graph, parameters.layout(), rewriter, Providers.active());
            assertThat(program.steps())
                    .extracting(entry -> entry.node().op().name())
                    .containsExactlyInAnyOrder("matmul", "dropout");
            Session session = program.session(parameters);
            Tensor images = Tensor.zeros(Shape.of(3, 5));
            for (int i = 0; i < images.data().length; i++) {
                images.data()[i] = i % 4 - 1.5f;
            }
            assertClose(run(session, images), defined(graph, parameters, images), "logits");
            assertThat(session.output("doubled").data()).isNotEqualTo(new float[35]);
            assertThat(program.explain().lines())
                    .filteredOn(Explanation.Line::once)
                    .extracting(Explanation.Line::name)
                    .contains("add");
        }
    }

    /** Norms behind rectifiers, whose scales and shifts the next layer takes on. */
    @Test
    void normsFoldedForwardComputeWhatTheyAreDefinedToCompute() {
        for (long seed = 0; seed < 40; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            Network network = Network.of(
                    "forward",
                    Shape.of(random.nextInt(6, 9), random.nextInt(6, 9), random.nextInt(1, 4)),
                    Conv2d.of(random.nextInt(1, 40), 3).activation(new Relu()),
                    new BatchNorm(),
                    Conv2d.of(random.nextInt(1, 40), random.nextInt(1, 4)).activation(new Relu()),
                    new GlobalAvgPool2d(),
                    Dense.of(random.nextInt(1, 20)).activation(new Relu()),
                    new BatchNorm(0.1, 1e-3),
                    Dense.of(3));
            Parameters parameters = trained(network.layout(), random);
            Tensor images = images(network, random);
            Graph graph = network.graph(BATCH, Mode.INFERENCE);
            Program program = Compiler.compile(graph, parameters.layout());
            assertThat(program.steps()).as("steps of seed %d", seed).hasSize(5);
            assertClose(run(program.session(parameters), images), defined(graph, parameters, images), "seed " + seed);
        }
    }

    /** Filters that are read for the preparations alone are not kept packed for the runs. */
    @Test
    void whatIsPackedForAPreparationPassesWithIt() {
        int channels = 64;
        Network network = Network.of(
                "forward",
                Shape.of(8, 8, channels),
                new dev.halfwave.nn.Activate(new Relu()),
                new BatchNorm(),
                Conv2d.of(channels, 3).withoutBias(),
                new GlobalAvgPool2d());
        Program program = Compiler.compile(network.graph(BATCH, Mode.INFERENCE), network.layout());
        Program plain = Compiler.compile(
                network.graph(BATCH, Mode.INFERENCE), network.layout(), new Rewriter(List.of()), Providers.active());
        int filters = 12 + 3 * 3 * channels * channels;
        assertThat(program.preparedLength())
                .isLessThanOrEqualTo(2 * channels + Math.max(filters, plain.preparedLength()));
    }

    /** Scaled filters are kept packed or as they stand, whichever the kernel reads, not both. */
    @Test
    void filtersAreKeptInOneFormOnly() {
        Conv2d conv = Conv2d.of(64, 3).padding(Padding.SAME).withoutBias();
        Network network = Network.of("one", Shape.of(8, 8, 64), conv, new BatchNorm(), new GlobalAvgPool2d());
        Graph graph = network.graph(BATCH, Mode.INFERENCE);
        ParameterLayout layout = network.layout();
        Program plain = Compiler.compile(graph, layout, new Rewriter(List.of()), Providers.active());
        int filters = 12 + 3 * 3 * 64 * 64;
        assertThat(Compiler.compile(graph, layout).preparedLength())
                .isLessThanOrEqualTo(64 + Math.max(filters, plain.preparedLength()));
    }

    /** While parameters are being learnt, nothing that follows from them lasts. */
    @Test
    void programsThatTrainPrepareNothing() {
        GraphBuilder g = new GraphBuilder(Mode.TRAINING);
        Value u = g.source("u", new Source.Parameter("u", Shape.of(4), (s, into, o, r) -> {}, true));
        Value y = g.add(new Activate(new Relu()), u);
        g.output("y", y);
        g.result(new dev.halfwave.graph.Result.Update("u"), g.add(new Add(), y, y));
        Graph graph = g.build();
        Program program = Compiler.compile(graph, ParameterLayout.of(graph));
        assertThat(program.preparations()).isEmpty();
        assertThat(program.steps()).hasSize(2);
    }
}
