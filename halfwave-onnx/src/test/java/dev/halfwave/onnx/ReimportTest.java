package dev.halfwave.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import dev.halfwave.activation.LeakyRelu;
import dev.halfwave.activation.RRelu;
import dev.halfwave.autodiff.Differentiate;
import dev.halfwave.compile.Compiler;
import dev.halfwave.compile.Session;
import dev.halfwave.graph.Graph;
import dev.halfwave.graph.GraphBuilder;
import dev.halfwave.graph.Mode;
import dev.halfwave.graph.Parameters;
import dev.halfwave.graph.Value;
import dev.halfwave.nn.Description;
import dev.halfwave.nn.Model;
import dev.halfwave.nn.Network;
import dev.halfwave.nn.RandomNetworks;
import dev.halfwave.onnx.write.OnnxWriter;
import dev.halfwave.op.MatMul;
import dev.halfwave.op.Reshape;
import dev.halfwave.tensor.Shape;
import dev.halfwave.tensor.Tensor;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;

/** Networks that went to ONNX and came back, as other people's models do, node by node. */
class ReimportTest {
    private static final int NETWORKS = 200;
    private static final int BATCH = 3;
    private static final double TOLERANCE = 1e-4;

    @Test
    void randomNetworksComputeAndLearnTheSame(TestReporter reporter) {
        double worst = 0;
        for (long seed = 0; seed < NETWORKS; seed++) {
            Network network = undropped(RandomNetworks.of(seed));
            Parameters parameters = Parameters.initialized(network.layout(), seed);
            OnnxModel file = OnnxModel.of(
                    OnnxWriter.of(network, parameters, Map.of()).toBuilder()
                            .clearMetadataProps()
                            .build()
                            .toByteArray(),
                    "network " + seed);
            Model back = Classifier.of(file).model();
            worst = Math.max(worst, difference(network, parameters, back, seed, "before"));
            step(network, parameters, seed);
            step(back.network(), back.parameters(), seed);
            worst = Math.max(worst, difference(network, parameters, back, seed, "after a step"));
        }
        reporter.publishEntry("re-imported", NETWORKS + " networks, before and after a step, worst error " + worst);
    }

    /** An exported network has nothing random, and so learns differently. */
    private static Network undropped(Network network) {
        return Description.parse(Description.of(network)
                .replaceAll("(\"type\":\"(?:dropout|spatial_dropout|stochastic_depth)\",\"rate\":)[0-9.]+", "$10.0")
                .replace(new RRelu().spec(), new LeakyRelu(new RRelu().meanSlope()).spec())
                .replace("noisy-relu", "relu"));
    }

    private static double difference(Network network, Parameters parameters, Model back, long seed, String when) {
        Tensor expected = run(network, parameters, seed);
        Tensor received = run(back.network(), back.parameters(), seed);
        double scale = 1e-3;
        double error = 0;
        for (int i = 0; i < expected.data().length; i++) {
            scale = Math.max(scale, Math.abs(expected.data()[i]));
            error = Math.max(error, Math.abs(expected.data()[i] - received.data()[i]));
        }
        assertThat(error / scale).as("seed %d, %s: %s", seed, when, network).isLessThan(TOLERANCE);
        return error / scale;
    }

    private static Tensor run(Network network, Parameters parameters, long seed) {
        GraphBuilder g = new GraphBuilder(Mode.INFERENCE);
        g.output(Network.LOGITS, rows(g, network.addTo(g, BATCH)));
        Session session = Compiler.compile(g.build(), parameters.layout()).session(parameters);
        session.feed(Network.INPUT, images(network, seed)).run(0);
        return session.output(Network.LOGITS);
    }

    private static Value rows(GraphBuilder g, Value y) {
        return g.add(new Reshape(Shape.of(BATCH, y.shape().elements() / BATCH)), y);
    }

    private static Tensor images(Network network, long seed) {
        return random(network.sample().prepend(BATCH), seed + 1000);
    }

    private static Tensor random(Shape shape, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        Tensor tensor = Tensor.zeros(shape);
        for (int i = 0; i < tensor.data().length; i++) {
            tensor.data()[i] = (float) random.nextDouble(-1, 1);
        }
        return tensor;
    }

    /** One step against the gradient of a random weighted sum of the outputs. */
    private static void step(Network network, Parameters parameters, long seed) {
        GraphBuilder g = new GraphBuilder(Mode.TRAINING);
        Value logits = rows(g, network.addTo(g, BATCH));
        Value flat = g.add(new Reshape(Shape.of(1, logits.shape().elements())), logits);
        Value weights = g.constant(random(Shape.of(flat.shape().elements(), 1), seed));
        Value sum = g.add(new MatMul(false, false), flat, weights);
        g.output("loss", g.add(new Reshape(Shape.of()), sum));
        Graph graph = Differentiate.withParameterGradients(g.build(), "loss");
        Session session = Compiler.compile(graph, parameters.layout()).session(parameters);
        session.feed(Network.INPUT, images(network, seed)).run(0);
        float[] gradients = session.gradients();
        for (int i = parameters.layout().trainableStart();
                i < parameters.layout().trainableEnd();
                i++) {
            parameters.data()[i] -= 0.01f * gradients[i];
        }
        session.commit();
    }
}
