package dev.halfwave.train;

import dev.halfwave.compile.Session;
import dev.halfwave.data.Batch;
import dev.halfwave.data.Batches;
import dev.halfwave.data.Dataset;
import dev.halfwave.data.Loader;
import dev.halfwave.graph.Mode;
import dev.halfwave.kernel.Kernels;
import dev.halfwave.kernel.Providers;
import dev.halfwave.kernel.WorkerPool;
import dev.halfwave.nn.Model;
import dev.halfwave.tensor.Shape;
import java.util.function.BiConsumer;

/** Measures how good a model is on a dataset. */
public final class Evaluator {
    private final Dataset dataset;
    private final int batchSize;
    private final BatchRunner runner;

    /**
     * An evaluator of one model on one dataset; it follows changes of the model's parameters.
     *
     * @throws IllegalArgumentException if the dataset's images or classes are not the network's
     */
    public Evaluator(Model model, Loss loss, Dataset dataset, int batchSize, WorkerPool pool) {
        this(model, loss, dataset, batchSize, pool, Providers.active());
    }

    /** The same with other kernels, such as {@link Kernels#exact} ones. */
    public Evaluator(Model model, Loss loss, Dataset dataset, int batchSize, WorkerPool pool, Kernels kernels) {
        check(model, dataset);
        this.dataset = dataset;
        this.batchSize = batchSize;
        Loss measure = loss.measure();
        this.runner = new BatchRunner(
                batch -> Programs.loss(model.network(), measure, batch, Mode.INFERENCE),
                model.parameters(),
                model.classes().size(),
                pool,
                kernels);
    }

    static void check(Model model, Dataset dataset) {
        Shape expected = model.network().sample();
        if (!dataset.sampleShape().equals(expected)) {
            throw new IllegalArgumentException(dataset.name() + ": expected images " + expected + " as network "
                    + model.network().name() + " takes, received " + dataset.sampleShape());
        }
        if (!dataset.classes().equals(model.classes())) {
            throw new IllegalArgumentException(dataset.name() + ": expected the model's classes " + model.classes()
                    + ", received " + dataset.classes());
        }
    }

    /** Goes through the whole dataset. */
    public Score evaluate() {
        return evaluate((session, batch) -> {});
    }

    /**
     * Goes through the whole dataset once, and counts what was taken for what as well.
     *
     * @param k how many classes the top-k accuracy looks at, from 1 to the number of classes
     * @throws IllegalArgumentException if k is out of range
     */
    public Evaluation measure(int k) {
        Predictions predictions = new Predictions(dataset.classes(), k);
        Score score = evaluate((session, batch) ->
                predictions.add(runner.logits(session, batch), batch.labels().data(), batch.size()));
        return predictions.of(score);
    }

    private Score evaluate(BiConsumer<Session, Batch> more) {
        Tally tally = new Tally();
        try (Batches batches = Loader.of(dataset, batchSize).epoch(0)) {
            while (batches.hasNext()) {
                Batch batch = batches.next();
                Session session = runner.run(batch, 0);
                runner.count(session, batch, tally);
                more.accept(session, batch);
            }
        }
        return new Score(tally.loss(), tally.accuracy(), tally.samples());
    }
}
