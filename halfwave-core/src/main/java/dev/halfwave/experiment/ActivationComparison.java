package dev.halfwave.experiment;

import dev.halfwave.activation.Activation;
import dev.halfwave.data.Dataset;
import dev.halfwave.data.Splits;
import dev.halfwave.kernel.WorkerPool;
import dev.halfwave.nn.Model;
import dev.halfwave.nn.Network;
import dev.halfwave.train.DivergenceException;
import dev.halfwave.train.EpochReport;
import dev.halfwave.train.Score;
import dev.halfwave.train.Trainer;
import dev.halfwave.train.TrainingListener;
import dev.halfwave.train.TrainingPlan;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Compares activations under the same conditions.
 *
 * <p>Every activation gets the learning rate that suits it, from the same rates with the same budget, judged on validation
 * images. Then it trains once per seed, always on the same images in the same order and from the same random stream; the
 * deviation of first weights is what suits the activation, He's or Glorot's. Activations take turns, each seed beginning
 * with another, so that whatever else the machine does falls on all alike. Test images decide nothing.
 *
 * <p>The same plan and data give the same accuracies to the last bit; times are what they are.
 */
public final class ActivationComparison {
    private final ComparisonPlan plan;
    private final Function<Activation, Network> network;
    private final Splits tuning;
    private final Dataset test;
    private final WorkerPool pool;
    private final ComparisonListener listener;

    /**
     * @param network makes the network with a given activation in its hidden layers
     * @param data what to train on, of which a part becomes validation data, and what to test with
     * @throws IllegalArgumentException if there are too few images for a validation part
     */
    public ActivationComparison(
            ComparisonPlan plan,
            Function<Activation, Network> network,
            Splits data,
            WorkerPool pool,
            ComparisonListener listener) {
        this.plan = plan;
        this.network = network;
        this.tuning = data.train().split(plan.validation(), plan.tuningSeed());
        this.test = data.test();
        this.pool = pool;
        this.listener = listener;
    }

    /** Tunes, trains and tests. */
    public Comparison run() {
        List<Activation> activations = plan.activations();
        List<Tuning> tunings = new ArrayList<>();
        activations.forEach(f -> tunings.add(tune(f, tunings.size())));
        List<List<Run>> runs = new ArrayList<>();
        activations.forEach(f -> runs.add(new ArrayList<>()));
        int done = 0;
        for (int i = 0; i < plan.seeds(); i++) {
            for (int k = 0; k < activations.size(); k++) {
                int turn = (i + k) % activations.size();
                Activation f = activations.get(turn);
                Run run = run(f, tunings.get(turn), plan.firstSeed() + i);
                runs.get(turn).add(run);
                listener.ran(f, run, ++done, plan.seeds() * activations.size());
            }
        }
        List<Contestant> contestants = new ArrayList<>();
        for (int k = 0; k < activations.size(); k++) {
            contestants.add(new Contestant(
                    activations.get(k),
                    tunings.get(k),
                    runs.get(k),
                    test.classes().size()));
        }
        return new Comparison(plan, contestants, test.size());
    }

    private Tuning tune(Activation f, int before) {
        List<Trial> trials = new ArrayList<>();
        for (double rate : plan.rates()) {
            Trial trial = trial(f, rate);
            trials.add(trial);
            int done = before * plan.rates().size() + trials.size();
            listener.tried(
                    f, trial, done, plan.activations().size() * plan.rates().size());
        }
        return new Tuning(trials);
    }

    private Trial trial(Activation f, double rate) {
        List<Score> scores = new ArrayList<>();
        try {
            train(f, plan.trial(rate), tuning.test(), new TrainingListener() {
                @Override
                public void epochDone(Trainer trainer, EpochReport report) {
                    scores.add(report.validation().orElseThrow());
                }
            });
        } catch (DivergenceException e) {
            return Trial.diverged(rate);
        }
        Score last = scores.get(scores.size() - 1);
        return Double.isFinite(last.loss()) ? new Trial(rate, 1 - last.accuracy(), last.loss()) : Trial.diverged(rate);
    }

    private Run run(Activation f, Tuning chosen, long seed) {
        Optional<Trial> best = chosen.best();
        if (best.isEmpty()) {
            return new Run(seed, List.of(), List.of(), Optional.of("training diverged at every rate that was tried"));
        }
        Course course = new Course();
        try {
            train(f, plan.run(best.get().rate(), seed), test, course);
        } catch (DivergenceException e) {
            return new Run(seed, course.epochs(), course.waypoints(), Optional.of(String.valueOf(e.getMessage())));
        }
        return new Run(seed, course.epochs(), course.waypoints(), Optional.empty());
    }

    private void train(Activation f, TrainingPlan how, Dataset judge, TrainingListener watcher) {
        Model model = Model.initialized(network.apply(f), judge.classes(), how.seed());
        Trainer trainer = new Trainer(model, how, tuning.train(), pool);
        trainer.validateOn(judge);
        trainer.addListener(watcher);
        trainer.run();
    }
}
