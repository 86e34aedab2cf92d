package dev.halfwave.train;

import dev.halfwave.data.Dataset;
import dev.halfwave.graph.Parameters;
import dev.halfwave.kernel.WorkerPool;
import dev.halfwave.nn.Model;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntConsumer;

/**
 * Looks for a learning rate: trains a copy of a model for one pass over the data while the rate rises from very small to
 * very large, {@code rate = from·(to / from)^p} with p the share of the pass that is done, and watches the loss.
 *
 * <pre>{@code
 * RateSweep sweep = new RateFinder(1e-6, 10).sweep(model, plan, data.train(), pool, batch -> {});
 * sweep.steepest().ifPresent(point -> log(point.rate()));
 * }</pre>
 *
 * <p>It ends early once the smoothed loss is four times the lowest, or no longer finite. The model is left as it is. The
 * plan's optimizer, loss, batch size, seed and update rules are used, its rate, schedule and epochs are not.
 *
 * @param from the first rate, above 0
 * @param to the last rate, above the first
 * @see <a href="https://arxiv.org/abs/1506.01186">Smith 2017, section 3.3, there with a rate that rises in a straight
 *     line</a>
 */
public record RateFinder(double from, double to) {
    private static final double TOO_LARGE = 4;

    /** @throws IllegalArgumentException if the rates do not rise */
    public RateFinder {
        if (!(from > 0 && to > from && to < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException(
                    "rate finder: expected a first rate above 0 and a larger last one, received " + from + " and "
                            + to);
        }
    }

    /** From 1e-6 to 10. */
    public RateFinder() {
        this(1e-6, 10);
    }

    /**
     * Makes the sweep.
     *
     * @param batchDone is told the number of each batch that is done, from 1
     * @throws IllegalArgumentException if data or plan do not fit the model
     * @throws DivergenceException if the very first batch gives numbers that are not finite
     */
    public RateSweep sweep(Model model, TrainingPlan plan, Dataset data, WorkerPool pool, IntConsumer batchDone) {
        Parameters copy = new Parameters(model.parameters().layout());
        float[] numbers = model.parameters().data();
        System.arraycopy(numbers, 0, copy.data(), 0, numbers.length);
        Model tried = new Model(model.network(), copy, model.classes());
        Trainer trainer = new Trainer(tried, plan.withCourse(1, from, new Rise(to / from)), data, pool);
        Notebook notes = new Notebook(batchDone);
        trainer.addListener(notes);
        boolean diverged = false;
        try {
            trainer.run();
        } catch (DivergenceException tooFar) {
            if (notes.losses.isEmpty()) {
                throw tooFar;
            }
            diverged = true;
        }
        return RateSweep.of(notes.rates, notes.losses, notes.batches, diverged || !trainer.isFinished());
    }

    /** A rate that grows by the same factor from step to step. */
    private record Rise(double ratio) implements Schedule {
        @Override
        public String name() {
            return "rise";
        }

        @Override
        public double factor(double progress) {
            return StrictMath.pow(ratio, progress);
        }
    }

    /** Writes down rates and losses, and stops where nothing is to be expected any more. */
    private static final class Notebook implements TrainingListener {
        private final IntConsumer batchDone;
        private final List<Double> rates = new ArrayList<>();
        private final List<Double> losses = new ArrayList<>();
        private double lossSum;
        private long samples;
        private int batches;
        private double smooth;
        private double lowest = Double.POSITIVE_INFINITY;

        Notebook(IntConsumer batchDone) {
            this.batchDone = batchDone;
        }

        @Override
        public void epochStarted(int epoch, int batch, int all) {
            batches = all;
        }

        @Override
        public void batchDone(Trainer trainer, Tally tally) {
            losses.add((tally.lossSum() - lossSum) / (tally.samples() - samples));
            lossSum = tally.lossSum();
            samples = tally.samples();
            rates.add(trainer.rate());
            double kept = RateSweep.kept(batches);
            smooth = kept * smooth + (1 - kept) * losses.get(losses.size() - 1);
            double smoothed = smooth / (1 - StrictMath.pow(kept, losses.size()));
            lowest = Math.min(lowest, smoothed);
            if (smoothed > TOO_LARGE * lowest) {
                trainer.stop();
            }
            batchDone.accept(losses.size());
        }
    }
}
