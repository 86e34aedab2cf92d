package dev.halfwave.experiment;

import dev.halfwave.activation.Activation;
import dev.halfwave.train.Optimizer;
import dev.halfwave.train.Schedule;
import dev.halfwave.train.SoftmaxLoss;
import dev.halfwave.train.TrainingPlan;
import java.util.List;

/**
 * How activations are compared.
 *
 * @param activations the first is what the others are compared with
 * @param rates the learning rates that are tried for every activation, above 0 and rising
 * @param tuningEpochs the epochs of every trial, 1 or more
 * @param validation the part of the training images that rates are judged on, between 0 and 1; no run trains on it
 * @param seeds how many runs there are of every activation, 1 or more
 * @param firstSeed the first run's seed; the others' follow it, and tuning has the one before it
 * @param epochs of every run, 1 or more
 * @param batchSize samples per step, 1 or more
 * @param optimizer how parameters follow gradients
 * @param schedule how the rate changes on the way
 */
public record ComparisonPlan(
        List<Activation> activations,
        List<Double> rates,
        int tuningEpochs,
        double validation,
        int seeds,
        long firstSeed,
        int epochs,
        int batchSize,
        Optimizer optimizer,
        Schedule schedule) {

    /** @throws IllegalArgumentException if there is nothing to compare, or a number is out of range */
    public ComparisonPlan {
        activations = List.copyOf(activations);
        rates = List.copyOf(rates);
        if (activations.isEmpty()) {
            throw new IllegalArgumentException("comparison: expected 1 activation or more, received none");
        }
        if (seeds < 1) {
            throw new IllegalArgumentException("seeds: expected 1 or more, received " + seeds);
        }
        if (!(validation > 0 && validation < 1)) {
            throw new IllegalArgumentException(
                    "validation: expected a fraction between 0 and 1, both excluded, received " + validation
                            + "; without it learning rates would be tuned on test data");
        }
        double last = 0;
        for (double rate : rates) {
            if (!(rate > last)) {
                throw new IllegalArgumentException(
                        "rates: expected learning rates above 0 and rising, received " + rates);
            }
            last = rate;
        }
        if (rates.isEmpty()) {
            throw new IllegalArgumentException("rates: expected 1 learning rate or more, received none");
        }
        training(last, firstSeed, tuningEpochs, batchSize, optimizer, schedule); // refuses what it cannot train with
        training(last, firstSeed, epochs, batchSize, optimizer, schedule);
    }

    /** The seed of all trials, which no run has. */
    public long tuningSeed() {
        return firstSeed - 1;
    }

    /** How a trial trains. */
    TrainingPlan trial(double rate) {
        return training(rate, tuningSeed(), tuningEpochs, batchSize, optimizer, schedule);
    }

    /** How a run trains. */
    TrainingPlan run(double rate, long seed) {
        return training(rate, seed, epochs, batchSize, optimizer, schedule);
    }

    private static TrainingPlan training(
            double rate, long seed, int epochs, int batchSize, Optimizer optimizer, Schedule schedule) {
        return new TrainingPlan(epochs, batchSize, rate, seed, new SoftmaxLoss(), optimizer, schedule);
    }
}
