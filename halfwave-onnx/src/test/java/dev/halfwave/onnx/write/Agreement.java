package dev.halfwave.onnx.write;

import static org.assertj.core.api.Assertions.assertThat;

import dev.halfwave.compile.Compiler;
import dev.halfwave.compile.Session;
import dev.halfwave.graph.Graph;
import dev.halfwave.graph.Mode;
import dev.halfwave.graph.ParameterLayout;
import dev.halfwave.graph.Parameters;
import dev.halfwave.graph.Source;
import dev.halfwave.kernel.WorkerPool;
import dev.halfwave.nn.Network;
import dev.halfwave.onnx.proto.ModelProto;
import dev.halfwave.tensor.Shape;
import dev.halfwave.tensor.Tensor;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.IntFunction;

/** Holds a written model in ONNX Runtime against its graph in Halfwave, at several batch sizes. */
final class Agreement {
    private static final double TOLERANCE = 1e-4;

    private Agreement() {}

    /** A network's model with random numbers, after it was compared at batch sizes 1 and 3. */
    static ModelProto of(Network network, long seed) {
        return of(network, drawn(network.layout(), seed), seed);
    }

    /** A network's model, after it was compared at batch sizes 1 and 3. */
    static ModelProto of(Network network, Parameters parameters, long seed) {
        ModelProto model = OnnxWriter.of(network, parameters, Map.of());
        compare(model, batch -> network.graph(batch, Mode.INFERENCE), parameters, true, seed);
        return model;
    }

    /** A graph's model, after it was compared at batch sizes 1 and 3. */
    static ModelProto of(IntFunction<Graph> graphs, boolean channelsFirst, long seed) {
        Parameters parameters = drawn(ParameterLayout.of(graphs.apply(2)), seed);
        ModelProto model =
                OnnxWriter.of("graph", graphs.apply(2), graphs.apply(3), parameters, channelsFirst, Map.of());
        compare(model, graphs, parameters, channelsFirst, seed);
        return model;
    }

    /** The model of a graph of fixed sizes, with the numbers of its initializers, after it was compared. */
    static ModelProto ofFixed(Graph graph) {
        Parameters parameters = Parameters.initialized(ParameterLayout.of(graph), 0);
        ModelProto model = OnnxWriter.of("graph", graph, graph, parameters, false, Map.of());
        try (Peer peer = new Peer(model)) {
            compare(peer, graph, parameters, false, "fixed sizes");
        }
        return model;
    }

    private static void compare(
            ModelProto model, IntFunction<Graph> graphs, Parameters parameters, boolean channelsFirst, long seed) {
        try (Peer peer = new Peer(model)) {
            for (int batch : List.of(1, 3)) {
                compare(peer, graphs.apply(batch), parameters, channelsFirst, "seed " + seed + ", batch " + batch);
            }
        }
    }

    private static void compare(Peer peer, Graph graph, Parameters parameters, boolean channelsFirst, String where) {
        SplittableRandom random = new SplittableRandom(where.hashCode());
        Session session = Compiler.compile(graph, parameters.layout()).session(parameters, WorkerPool.shared());
        Map<String, Tensor> fed = new HashMap<>();
        for (Source.Input input : graph.inputs()) {
            Tensor x = Tensor.zeros(input.shape());
            fill(x.data(), 0, x.data().length, -2, 2, random);
            session.feed(input.key(), x);
            fed.put(input.key(), channelsFirst ? channelsFirst(x) : x);
        }
        session.run(0);
        Map<String, Tensor> received = peer.run(fed);
        assertThat(received.keySet()).as(where).containsExactlyInAnyOrderElementsOf(graph.outputNames());
        Map<String, Tensor> expected = new LinkedHashMap<>();
        graph.outputNames().forEach(name -> expected.put(name, session.output(name)));
        expected.forEach((name, y) -> assertSame(received.get(name), channelsFirst ? channelsFirst(y) : y, where));
    }

    private static void assertSame(Tensor received, Tensor expected, String where) {
        assertThat(received.shape()).as(where).isEqualTo(expected.shape());
        double scale = 1e-3;
        for (float value : expected.data()) {
            scale = Float.isFinite(value) ? Math.max(scale, Math.abs(value)) : scale;
        }
        for (int i = 0; i < expected.data().length; i++) {
            boolean same = Float.compare(received.data()[i], expected.data()[i]) == 0; // infinite, or not a number
            float difference = same ? 0 : Math.abs(received.data()[i] - expected.data()[i]);
            assertThat(difference / scale)
                    .as(
                            "%s: element %d of %s, received %s, expected %s",
                            where, i, expected.shape(), received.data()[i], expected.data()[i])
                    .isLessThan(TOLERANCE);
        }
    }

    private static Tensor channelsFirst(Tensor x) {
        if (x.shape().rank() != 4) {
            return x;
        }
        int[] s = x.shape().sizes();
        Tensor y = Tensor.zeros(Shape.of(s[0], s[3], s[1], s[2]));
        for (int n = 0; n < s[0]; n++) {
            for (int h = 0; h < s[1]; h++) {
                for (int w = 0; w < s[2]; w++) {
                    for (int c = 0; c < s[3]; c++) {
                        y.data()[y.offset(n, c, h, w)] = x.at(n, h, w, c);
                    }
                }
            }
        }
        return y;
    }

    /** Weights as their initializers draw them, and everything that starts at a constant at random around 1. */
    private static Parameters drawn(ParameterLayout layout, long seed) {
        Parameters parameters = Parameters.initialized(layout, seed);
        SplittableRandom random = new SplittableRandom(seed);
        for (ParameterLayout.Entry entry : layout.entries()) {
            if (entry.shape().rank() < 2) {
                int end = entry.offset() + entry.shape().elements();
                fill(parameters.data(), entry.offset(), end, 0.5, 1.5, random);
            }
        }
        parameters.changed();
        return parameters;
    }

    private static void fill(float[] data, int from, int to, double low, double high, SplittableRandom random) {
        for (int i = from; i < to; i++) {
            data[i] = (float) random.nextDouble(low, high);
        }
    }
}
