package dev.halfwave.train;

import dev.halfwave.compile.Session;
import dev.halfwave.data.Batch;
import dev.halfwave.data.Batches;
import dev.halfwave.data.Dataset;
import dev.halfwave.data.Loader;
import dev.halfwave.graph.Graph;
import dev.halfwave.graph.GraphBuilder;
import dev.halfwave.graph.Mode;
import dev.halfwave.graph.ParameterLayout;
import dev.halfwave.graph.Parameters;
import dev.halfwave.graph.Value;
import dev.halfwave.kernel.Kernels;
import dev.halfwave.kernel.WorkerPool;
import dev.halfwave.nn.Model;
import dev.halfwave.nn.Network;
import dev.halfwave.nn.Predictor;
import dev.halfwave.op.Reshape;
import dev.halfwave.tensor.Shape;
import dev.halfwave.tensor.Tensor;
import java.util.function.BiConsumer;

/**
 * Measures how good a model is on a dataset when it is asked about several changes of every image.
 *
 * <p>The loss is that of the mean probabilities' logarithms, which are logits that have these probabilities.
 */
public final class AugmentedEvaluator {
    private final Predictor predictor;
    private final TestTimeAugmentation augmentation;
    private final Dataset dataset;
    private final int batchSize;
    private final BatchRunner runner;

    /**
     * An evaluator of one model on one dataset; it follows changes of the model's parameters.
     *
     * @throws IllegalArgumentException if the dataset's images or classes are not the network's
     */
    public AugmentedEvaluator(
            Model model,
            Loss loss,
            Dataset dataset,
            int batchSize,
            TestTimeAugmentation augmentation,
            WorkerPool pool,
            Kernels kernels) {
        Evaluator.check(model, dataset);
        int classes = model.classes().size();
        this.predictor = model.predictor(pool, kernels);
        this.augmentation = augmentation;
        this.dataset = dataset;
        this.batchSize = batchSize;
        this.runner = new BatchRunner(
                batch -> graph(loss.measure(), batch, classes),
                new Parameters(ParameterLayout.of(graph(loss.measure(), 1, classes))),
                classes,
                pool,
                kernels);
    }

    /** The loss of logits that are fed in as images of one pixel. */
    private static Graph graph(Loss loss, int batch, int classes) {
        GraphBuilder g = new GraphBuilder(Mode.INFERENCE);
        Value fed = g.input(Network.INPUT, Shape.of(batch, 1, 1, classes));
        Value logits = g.add(new Reshape(Shape.of(batch, classes)), fed);
        g.output(Network.LOGITS, logits);
        g.output(Programs.LOSS, loss.apply(g, logits, g.input(Programs.LABELS, Shape.of(batch))));
        return g.build();
    }

    /** Goes through the whole dataset. */
    public Score evaluate() {
        return evaluate((session, answers) -> {});
    }

    /**
     * Goes through the whole dataset once, and counts what was taken for what as well.
     *
     * @param k how many classes the top-k accuracy looks at, from 1 to the number of classes
     * @throws IllegalArgumentException if k is out of range
     */
    public Evaluation measure(int k) {
        Predictions predictions = new Predictions(dataset.classes(), k);
        Score score = evaluate((session, answers) -> predictions.add(
                runner.logits(session, answers), answers.labels().data(), answers.size()));
        return predictions.of(score);
    }

    private Score evaluate(BiConsumer<Session, Batch> more) {
        Tally tally = new Tally();
        int first = 0;
        try (Batches batches = Loader.of(dataset, batchSize).epoch(0)) {
            while (batches.hasNext()) {
                Batch batch = batches.next();
                Tensor probabilities = augmentation.probabilities(predictor, batch.images(), first);
                Batch answers = new Batch(logits(probabilities), batch.labels());
                Session session = runner.run(answers, 0);
                runner.count(session, answers, tally);
                more.accept(session, answers);
                first += batch.size();
            }
        }
        return new Score(tally.loss(), tally.accuracy(), tally.samples());
    }

    private static Tensor logits(Tensor probabilities) {
        Shape shape = probabilities.shape();
        Tensor logits = Tensor.zeros(Shape.of(shape.size(0), 1, 1, shape.size(1)));
        for (int i = 0; i < shape.elements(); i++) {
            logits.data()[i] = (float)
                    StrictMath.log(Math.max(Float.MIN_NORMAL, probabilities.data()[i]));
        }
        return logits;
    }
}
