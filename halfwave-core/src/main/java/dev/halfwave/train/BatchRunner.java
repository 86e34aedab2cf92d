package dev.halfwave.train;

import dev.halfwave.compile.Compiler;
import dev.halfwave.compile.Session;
import dev.halfwave.compile.Workspace;
import dev.halfwave.data.Batch;
import dev.halfwave.graph.Graph;
import dev.halfwave.graph.Parameters;
import dev.halfwave.kernel.Kernels;
import dev.halfwave.kernel.WorkerPool;
import dev.halfwave.nn.Network;
import java.util.HashMap;
import java.util.Map;
import java.util.function.IntFunction;

/** Runs batches of any size through a graph, compiled once for each size, and sums up loss and accuracy. */
final class BatchRunner {
    private final IntFunction<Graph> graph;
    private final Parameters parameters;
    private final WorkerPool pool;
    private final Kernels kernels;
    private final int classes;
    private final Workspace workspace = new Workspace();
    private final Map<Integer, Session> sessions = new HashMap<>();
    private float[] logits = new float[0];

    /** @param graph makes the graph for a batch of the given size */
    BatchRunner(IntFunction<Graph> graph, Parameters parameters, int classes, WorkerPool pool, Kernels kernels) {
        this.graph = graph;
        this.parameters = parameters;
        this.classes = classes;
        this.pool = pool;
        this.kernels = kernels;
    }

    /** Runs one batch; what it computed is read from the session until the next run. */
    Session run(Batch batch, long randomKey) {
        Session session = sessions.computeIfAbsent(batch.size(), this::compile);
        Programs.feed(session, batch);
        session.run(randomKey);
        return session;
    }

    private Session compile(int batch) {
        return Compiler.compile(graph.apply(batch), parameters.layout(), kernels)
                .session(parameters, pool, workspace);
    }

    /** Adds the last run's loss and logits to the tally. */
    void count(Session session, Batch batch, Tally tally) {
        float[] read = logits(session, batch);
        tally.add(session.scalar(Programs.LOSS), read, batch.labels().data(), batch.size(), classes);
    }

    /** The last run's logits, {@code [batch, classes]} and perhaps more behind; valid until they are read again. */
    float[] logits(Session session, Batch batch) {
        if (logits.length < batch.size() * classes) {
            logits = new float[batch.size() * classes];
        }
        session.read(Network.LOGITS, logits, 0);
        return logits;
    }
}
