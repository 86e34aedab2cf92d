package dev.halfwave.nn;

import dev.halfwave.compile.Compiler;
import dev.halfwave.compile.Program;
import dev.halfwave.compile.Session;
import dev.halfwave.compile.Workspace;
import dev.halfwave.graph.GraphBuilder;
import dev.halfwave.graph.Mode;
import dev.halfwave.graph.Value;
import dev.halfwave.kernel.Kernels;
import dev.halfwave.kernel.WorkerPool;
import dev.halfwave.rewrite.Rewrite;
import dev.halfwave.rewrite.Rewriter;
import dev.halfwave.rewrite.Rules;
import dev.halfwave.tensor.Shape;
import dev.halfwave.tensor.Tensor;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Predicts with a model: one compiled program and its memory per batch size, kept for the next call.
 *
 * <p>A predictor belongs to one thread at a time. It follows changes of the model's parameters.
 */
public final class Predictor {
    private static final String PROBABILITIES = "probabilities";

    /** Whole batches and the last, smaller one are common; more sizes than these are compiled anew. */
    private static final int SIZES_KEPT = 4;

    private final Model model;
    private final WorkerPool pool;
    private final Kernels kernels;
    private final @Nullable DeclaredRange range;
    private final Workspace workspace = new Workspace();
    private final Map<Integer, Session> sessions = new LinkedHashMap<>(8, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Integer, Session> eldest) {
            return size() > SIZES_KEPT;
        }
    };

    Predictor(Model model, WorkerPool pool, Kernels kernels) {
        this(model, pool, kernels, null);
    }

    private Predictor(Model model, WorkerPool pool, Kernels kernels, @Nullable DeclaredRange range) {
        this.model = model;
        this.pool = pool;
        this.kernels = kernels;
        this.range = range;
    }

    /**
     * A predictor for images whose pixels all lie in a range, which leaves out what cannot matter for them.
     *
     * <p>Interval bounds prove which units never fire: their weights go. Where all that are left always fire, their
     * rectifier goes, too, and dense layers that then meet are merged. Results are the same but for rounding. It proves
     * anew when the model's parameters have changed, which takes several seconds for each billion operations of the
     * network.
     *
     * <pre>{@code
     * Predictor predictor = model.predictor(WorkerPool.shared()).within(0, 1);
     * }</pre>
     *
     * @param low the smallest pixel, 0 for ordinary images
     * @param high the largest pixel, 1 for ordinary images
     * @throws IllegalArgumentException if the range is empty
     */
    public Predictor within(double low, double high) {
        return new Predictor(model, pool, kernels, new DeclaredRange(model, low, high));
    }

    /**
     * The probability of each class: images {@code [N, H, W, C]} to {@code [N, classes]}.
     *
     * @throws IllegalArgumentException if the images are not of the network's shape, or a pixel is outside the range
     *     declared by {@link #within}
     */
    public Tensor probabilities(Tensor images) {
        return run(images).output(PROBABILITIES);
    }

    /**
     * The logits: images {@code [N, H, W, C]} to {@code [N, classes]}.
     *
     * @throws IllegalArgumentException if the images are not of the network's shape, or a pixel is outside the range
     *     declared by {@link #within}
     */
    public Tensor logits(Tensor images) {
        return run(images).output(Network.LOGITS);
    }

    private Session run(Tensor images) {
        Shape sample = model.network().sample();
        Shape shape = images.shape();
        if (shape.rank() != sample.rank() + 1 || !shape.dropFirst().equals(sample) || shape.size(0) == 0) {
            throw new IllegalArgumentException(model.network().name() + ": expected images " + sample
                    + " with a batch axis in front, received " + shape);
        }
        if (range != null) {
            range.check(images);
        }
        renew();
        Session session = sessions.computeIfAbsent(
                shape.size(0), batch -> program(batch).session(model.parameters(), pool, workspace));
        session.feed(Network.INPUT, images);
        session.run(0);
        return session;
    }

    private void renew() {
        if (range != null && range.renew()) {
            sessions.clear();
        }
    }

    /** What is run for a batch of the given size, compiled anew. */
    public Program program(int batch) {
        renew();
        GraphBuilder g = new GraphBuilder(Mode.INFERENCE);
        Value logits = model.network().addTo(g, batch);
        g.output(Network.LOGITS, logits);
        g.output(PROBABILITIES, g.add(new dev.halfwave.op.Softmax(), logits));
        List<Rewrite> rules = range == null ? Rules.standard() : range.rules(kernels);
        return Compiler.compile(g.build(), model.parameters().layout(), new Rewriter(rules), kernels);
    }
}
