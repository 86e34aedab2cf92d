package dev.halfwave.train;

import dev.halfwave.compile.Compiler;
import dev.halfwave.compile.Program;
import dev.halfwave.kernel.Kernels;
import dev.halfwave.kernel.Providers;
import dev.halfwave.nn.Network;

/**
 * Everything that decides how a training run goes, besides the network and the data.
 *
 * @param epochs how often every sample is seen, 1 or more
 * @param batchSize samples per step, 1 or more
 * @param rate the base learning rate, above 0
 * @param seed what decides first weights, the samples' order and dropout
 * @param loss what is made small
 * @param optimizer how
 * @param schedule how the rate changes on the way
 * @param exact whether to do without algorithms that round more than plain sums, {@link Kernels#exact}; usually not
 */
public record TrainingPlan(
        int epochs,
        int batchSize,
        double rate,
        long seed,
        Loss loss,
        Optimizer optimizer,
        Schedule schedule,
        boolean exact) {

    /** @throws IllegalArgumentException if a number is out of range */
    public TrainingPlan {
        if (epochs < 1) {
            throw new IllegalArgumentException("epochs: expected 1 or more, received " + epochs);
        }
        if (batchSize < 1) {
            throw new IllegalArgumentException("batch: expected 1 or more, received " + batchSize);
        }
        if (!(rate > 0 && rate < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("lr: expected a learning rate above 0, received " + rate);
        }
    }

    /** A plan with the fastest kernels. */
    public TrainingPlan(
            int epochs, int batchSize, double rate, long seed, Loss loss, Optimizer optimizer, Schedule schedule) {
        this(epochs, batchSize, rate, seed, loss, optimizer, schedule, false);
    }

    /** The same plan with or without algorithms that round more than plain sums. */
    public TrainingPlan withExact(boolean wanted) {
        return new TrainingPlan(epochs, batchSize, rate, seed, loss, optimizer, schedule, wanted);
    }

    /** The kernels that training computes with. */
    public Kernels kernels() {
        return exact ? Providers.active().exact() : Providers.active();
    }

    /** What one step on a full batch runs, compiled anew. */
    public Program program(Network network) {
        return Compiler.compile(Programs.training(network, loss, batchSize, false), network.layout(), kernels());
    }

    /** Adam at its usual rate on the softmax loss. */
    public static TrainingPlan usual(int epochs, int batchSize, long seed) {
        Optimizer adam = Adam.usual();
        return new TrainingPlan(epochs, batchSize, adam.usualRate(), seed, new SoftmaxLoss(), adam, new Constant());
    }
}
