package dev.halfwave.inspect;

import dev.halfwave.compile.Compiler;
import dev.halfwave.compile.Session;
import dev.halfwave.graph.Graph;
import dev.halfwave.graph.GraphBuilder;
import dev.halfwave.graph.Mode;
import dev.halfwave.graph.Value;
import dev.halfwave.kernel.WorkerPool;
import dev.halfwave.nn.Model;
import dev.halfwave.nn.Network;
import dev.halfwave.tensor.Tensor;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;

/** Runs a model in use on batches of any size and reads values from inside it, compiled once for each size. */
final class Probe {
    private final Model model;
    private final WorkerPool pool;
    private final Function<Graph, Map<String, Value>> chosen;
    private final Map<Integer, Session> sessions = new HashMap<>();

    /** @param chosen the values to read, by the names to read them under */
    Probe(Model model, WorkerPool pool, Function<Graph, Map<String, Value>> chosen) {
        this.model = model;
        this.pool = pool;
        this.chosen = chosen;
    }

    /** Runs a batch {@code [N, …sample]}; what it computed is read from the session until the next run. */
    Session run(Tensor images) {
        Session session = sessions.computeIfAbsent(images.shape().size(0), this::compile);
        session.feed(Network.INPUT, images).run(0);
        return session;
    }

    private Session compile(int batch) {
        Graph graph = model.network().graph(batch, Mode.INFERENCE);
        GraphBuilder g = GraphBuilder.continuing(graph, Mode.INFERENCE);
        chosen.apply(graph).forEach(g::output);
        return Compiler.compile(g.build(), model.parameters().layout()).session(model.parameters(), pool);
    }
}
