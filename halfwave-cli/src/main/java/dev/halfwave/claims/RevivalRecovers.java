package dev.halfwave.claims;

import dev.halfwave.activation.Relu;
import dev.halfwave.inspect.Activity;
import dev.halfwave.inspect.LayerActivity;
import dev.halfwave.kernel.WorkerPool;
import dev.halfwave.nn.Dense;
import dev.halfwave.nn.Flatten;
import dev.halfwave.nn.Network;
import dev.halfwave.train.Constant;
import dev.halfwave.train.DeadUnitWatch;
import dev.halfwave.train.Schedule;
import dev.halfwave.train.Trainer;
import java.util.List;
import java.util.function.BiFunction;

/** Kills units with a learning rate that is far too high for two epochs, and goes on at a tenth of it. */
record RevivalRecovers() implements Claim {
    private static final int EPOCHS = 12;
    private static final int DIGITS = 2000;
    private static final int UNITS = 64;
    private static final double DEADLY = 0.3;
    private static final double LEAK = 0.01;
    private static final double LEAKY_FROM = 0.1;

    @Override
    public String id() {
        return "revival-recovers";
    }

    @Override
    public String text() {
        return "A learning rate that is too high kills ReLU units for good, and reviving them recovers the accuracy.";
    }

    @Override
    public String source() {
        return "Li, Johnson and Karpathy, CS231n notes, on ReLU; revival as Halfwave's dead unit watch does it";
    }

    @Override
    public Verdict expected() {
        return Verdict.HOLDS;
    }

    @Override
    public Finding run(boolean quick) {
        int seeds = quick ? 5 : 15;
        Arm left = Arm.of(DEADLY, seeds, (watch, seed) -> watch);
        Arm revived = Arm.of(DEADLY, seeds, DeadUnitWatch::reviving);
        Arm leaky = Arm.of(DEADLY, seeds, (watch, seed) -> watch.switchingToLeaky(LEAK, LEAKY_FROM));
        Arm never = Arm.of(DEADLY / 10, seeds, (watch, seed) -> watch);
        Spread gain = Spread.ofDifferences(revived.accuracies, left.accuracies);
        String measured = Texts.format(
                "3 layers of %d units on %,d digits, %d seeds, 95 %% intervals: of the units %s are dead at the end and %s"
                        + " with revival; test accuracy is %s and %s with revival, paired difference %s points; %s with"
                        + " layers made leaky; %s at the lower rate throughout",
                UNITS,
                DIGITS,
                seeds,
                Spread.of(left.dead).percent(),
                Spread.of(revived.dead).percent(),
                Spread.of(left.accuracies).percent(),
                Spread.of(revived.accuracies).percent(),
                gain.points(),
                Spread.of(leaky.accuracies).percent(),
                Spread.of(never.accuracies).percent());
        Plot plot = Plot.counting("epochs", 1, EPOCHS, "test accuracy, mean over seeds")
                .with("units left dead", left.curve)
                .with("revived", revived.curve)
                .with("made leaky", leaky.curve)
                .with("a tenth of the rate throughout", never.curve);
        boolean dead = Spread.ofDifferences(left.dead, revived.dead).isAbove(0);
        return new Finding(Verdict.of(dead && gain.isAbove(0)), measured, plot);
    }

    /** Some runs that differ in their seeds alone. */
    private record Arm(double[] accuracies, double[] dead, double[] curve) {
        static Arm of(double rate, int seeds, BiFunction<DeadUnitWatch, Long, DeadUnitWatch> acting) {
            Arm arm = new Arm(new double[seeds], new double[seeds], new double[EPOCHS]);
            Schedule schedule = rate == DEADLY ? new Burst() : new Constant();
            Trial trial = Trial.of(network(), rate, EPOCHS, DIGITS).schedule(schedule);
            for (int i = 0; i < seeds; i++) {
                long seed = 1L + i;
                Trial.Course course =
                        trial.run(seed, trainer -> trainer.addListener(acting.apply(watch(trial, trainer), seed)));
                arm.accuracies[i] = course.accuracy();
                arm.dead[i] = deadShare(course);
                for (int epoch = 0; epoch < EPOCHS; epoch++) {
                    arm.curve[epoch] += course.accuracy(epoch + 1) / seeds;
                }
            }
            return arm;
        }

        private static DeadUnitWatch watch(Trial trial, Trainer trainer) {
            return DeadUnitWatch.of(trainer.model(), trial.train(), WorkerPool.shared(), dead -> {});
        }

        private static double deadShare(Trial.Course course) {
            List<LayerActivity> layers = Activity.of(course.model(), Trial.test(), WorkerPool.shared());
            double silent = layers.stream()
                    .filter(LayerActivity::cuts)
                    .mapToInt(LayerActivity::silent)
                    .sum();
            return silent / (3 * UNITS);
        }
    }

    private static Network network() {
        Dense hidden = Dense.of(UNITS).activation(new Relu());
        return Network.of(
                "mortal",
                Trial.test().sampleShape(),
                new Flatten(),
                hidden,
                hidden,
                hidden,
                Dense.of(Trial.test().classes().size()));
    }

    /** The whole rate for a sixth of the steps, then a tenth of it. */
    private record Burst() implements Schedule {
        @Override
        public String name() {
            return "burst";
        }

        @Override
        public double factor(double progress) {
            return progress < 1.0 / 6 ? 1 : 0.1;
        }
    }
}
