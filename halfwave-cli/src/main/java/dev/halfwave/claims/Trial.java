package dev.halfwave.claims;

import dev.halfwave.data.Dataset;
import dev.halfwave.data.Strokes;
import dev.halfwave.kernel.WorkerPool;
import dev.halfwave.nn.Model;
import dev.halfwave.nn.Network;
import dev.halfwave.train.Constant;
import dev.halfwave.train.DivergenceException;
import dev.halfwave.train.EpochReport;
import dev.halfwave.train.Loss;
import dev.halfwave.train.Optimizer;
import dev.halfwave.train.Schedule;
import dev.halfwave.train.Score;
import dev.halfwave.train.Sgd;
import dev.halfwave.train.SoftmaxLoss;
import dev.halfwave.train.Trainer;
import dev.halfwave.train.TrainingListener;
import dev.halfwave.train.TrainingPlan;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * A small network trained on generated digits, and tested on others after every epoch. The same seed gives the same first
 * weights where networks are alike, and the same order of digits.
 *
 * @param network what is trained
 * @param loss what is made small
 * @param optimizer how
 * @param rate the learning rate
 * @param schedule how the rate changes on the way
 * @param epochs how often every digit is seen
 * @param digits how many there are to train on
 */
record Trial(Network network, Loss loss, Optimizer optimizer, double rate, Schedule schedule, int epochs, int digits) {
    /** Digits per step. */
    static final int BATCH = 32;

    private static final int MOST = 4000;
    private static final int TESTED = 1000;
    private static final Dataset TRAIN = Strokes.train(MOST, 1);
    private static final Dataset TEST = Strokes.test(TESTED, 1);

    /** Gradient descent with a momentum of 0.9 on the softmax loss, at a constant rate. */
    static Trial of(Network network, double rate, int epochs, int digits) {
        return new Trial(network, new SoftmaxLoss(), new Sgd(0.9, false, 0), rate, new Constant(), epochs, digits);
    }

    Trial loss(Loss other) {
        return new Trial(network, other, optimizer, rate, schedule, epochs, digits);
    }

    Trial optimizer(Optimizer other) {
        return new Trial(network, loss, other, rate, schedule, epochs, digits);
    }

    Trial schedule(Schedule other) {
        return new Trial(network, loss, optimizer, rate, other, epochs, digits);
    }

    /** What it is trained on. */
    Dataset train() {
        return TRAIN.limit(digits);
    }

    /** What it is tested on. */
    static Dataset test() {
        return TEST;
    }

    /** Trains once. */
    Course run(long seed) {
        return run(seed, trainer -> {});
    }

    /**
     * Trains once.
     *
     * @param prepare may add listeners
     */
    Course run(long seed, Consumer<Trainer> prepare) {
        Dataset train = train();
        Model model = Model.initialized(network, train.classes(), seed);
        TrainingPlan plan = new TrainingPlan(epochs, BATCH, rate, seed, loss, optimizer, schedule);
        Trainer trainer = new Trainer(model, plan, train, WorkerPool.shared());
        trainer.validateOn(TEST);
        Scores scores = new Scores();
        trainer.addListener(scores);
        prepare.accept(trainer);
        boolean diverged = false;
        try {
            trainer.run();
        } catch (DivergenceException gone) {
            diverged = true;
        }
        return new Course(trainer.model(), scores.tested, scores.losses, diverged);
    }

    /** The same at the one of some rates with which training without the claim's own seeds ends at the lowest loss. */
    Trial atBest(double... rates) {
        Trial best = this;
        double least = Double.POSITIVE_INFINITY;
        for (double one : rates) {
            Trial trial = new Trial(network, loss, optimizer, one, schedule, epochs, digits);
            Course course = trial.run(0);
            double last = course.diverged ? least : course.losses.get(epochs - 1);
            if (last < least) {
                least = last;
                best = trial;
            }
        }
        return best;
    }

    /**
     * How training went.
     *
     * @param model what became of the network
     * @param tested accuracy on the test digits after every epoch
     * @param losses mean training loss of every epoch
     * @param diverged whether it ended early, in numbers that were not finite
     */
    record Course(Model model, List<Double> tested, List<Double> losses, boolean diverged) {
        /** After an epoch, counted from 1; that of guessing once training has diverged. */
        double accuracy(int epoch) {
            return epoch <= tested.size()
                    ? tested.get(epoch - 1)
                    : 1.0 / model.classes().size();
        }

        /** At the end. */
        double accuracy() {
            return accuracy(diverged ? Integer.MAX_VALUE : tested.size());
        }
    }

    private static final class Scores implements TrainingListener {
        private final List<Double> tested = new ArrayList<>();
        private final List<Double> losses = new ArrayList<>();

        @Override
        public void epochDone(Trainer trainer, EpochReport report) {
            tested.add(report.validation().map(Score::accuracy).orElseThrow());
            losses.add(report.loss());
        }
    }
}
