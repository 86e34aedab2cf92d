package dev.halfwave.train;

import dev.halfwave.data.Dataset;
import dev.halfwave.data.Splits;
import dev.halfwave.kernel.WorkerPool;
import dev.halfwave.nn.Model;
import java.util.List;
import java.util.function.Function;

/**
 * Judges a way of training by models that are trained on parts of the data and judged by the rest.
 *
 * <pre>{@code
 * TrainingPlan plan = TrainingPlan.usual(3, 64, 42);
 * CrossValidation validation = CrossValidation.of(
 *         data -> Model.initialized(network, data.classes(), 42), plan, WorkerPool.shared());
 * List<Score> scores = validation.run(Folds.of(digits.train(), 5, 42));
 * }</pre>
 *
 * @param fit makes a trained model from what to train on
 * @param plan whose loss, batch size and kernels are used to judge
 * @param pool the threads
 */
public record CrossValidation(Function<Dataset, Model> fit, TrainingPlan plan, WorkerPool pool) {

    /**
     * Models that all train the same way.
     *
     * @param start makes a model with its first values
     */
    public static CrossValidation of(Function<Dataset, Model> start, TrainingPlan plan, WorkerPool pool) {
        Function<Dataset, Model> fit = data -> {
            Trainer trainer = new Trainer(start.apply(data), plan, data, pool);
            trainer.run();
            return trainer.result();
        };
        return new CrossValidation(fit, plan, pool);
    }

    /** Trains and judges one model per fold, one after the other; the result is in the folds' order. */
    public List<Score> run(List<Splits> folds) {
        return folds.stream().map(fold -> judge(fold, 1).score()).toList();
    }

    /**
     * Trains and judges the model of one fold.
     *
     * @param k how many classes the top-k accuracy looks at, from 1 to the number of classes
     * @throws IllegalArgumentException if k is out of range
     */
    public Evaluation judge(Splits fold, int k) {
        Model model = fit.apply(fold.train());
        return new Evaluator(model, plan.loss(), fold.test(), plan.batchSize(), pool, plan.kernels()).measure(k);
    }
}
