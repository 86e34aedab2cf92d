package dev.halfwave.train;

import dev.halfwave.compile.Compiler;
import dev.halfwave.compile.Program;
import dev.halfwave.graph.ParameterLayout;
import dev.halfwave.kernel.Kernels;
import dev.halfwave.kernel.Providers;
import dev.halfwave.nn.Network;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

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
 * @param updates what happens around the optimizer's step
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
        UpdateRules updates,
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

    /** A plan with the fastest kernels that makes only the optimizer's steps. */
    public TrainingPlan(
            int epochs, int batchSize, double rate, long seed, Loss loss, Optimizer optimizer, Schedule schedule) {
        this(epochs, batchSize, rate, seed, loss, optimizer, schedule, UpdateRules.usual(), false);
    }

    /** The same plan with or without algorithms that round more than plain sums. */
    public TrainingPlan withExact(boolean wanted) {
        return new TrainingPlan(epochs, batchSize, rate, seed, loss, optimizer, schedule, updates, wanted);
    }

    /** The same plan with other rules around the optimizer's step. */
    public TrainingPlan withUpdates(UpdateRules rules) {
        return new TrainingPlan(epochs, batchSize, rate, seed, loss, optimizer, schedule, rules, exact);
    }

    /** The same plan with another loss. */
    public TrainingPlan withLoss(Loss other) {
        return new TrainingPlan(epochs, batchSize, rate, seed, other, optimizer, schedule, updates, exact);
    }

    /** The same plan for so many epochs, with another course of the rate. */
    TrainingPlan withCourse(int otherEpochs, double otherRate, Schedule other) {
        return new TrainingPlan(otherEpochs, batchSize, otherRate, seed, loss, optimizer, other, updates, exact);
    }

    /**
     * The keys of a network's parameters and statistics that keep their bits.
     *
     * @throws IllegalArgumentException if the network has none that a rule names
     */
    Set<String> frozen(Network network) {
        return new KeyPatterns("freeze", updates.frozen(), List.of()).pick(keys(network));
    }

    /**
     * The keys of a network's parameters that are spared weight decay.
     *
     * @throws IllegalArgumentException if the network has none that a rule names
     */
    Set<String> undecayed(Network network) {
        Map<String, ParameterKind> kinds = ParameterKind.of(network);
        Set<String> spared = new HashSet<>();
        kinds.forEach((key, kind) -> {
            if (updates.undecayed().contains(kind.text())) {
                spared.add(key);
            }
        });
        List<String> others = updates.undecayed().stream()
                .filter(name -> !ParameterKind.names().contains(name))
                .toList();
        spared.addAll(new KeyPatterns("no-decay", others, ParameterKind.names()).pick(kinds.keySet()));
        return spared;
    }

    private static List<String> keys(Network network) {
        return network.layout().entries().stream()
                .map(ParameterLayout.Entry::key)
                .toList();
    }

    /** The kernels that training computes with. */
    public Kernels kernels() {
        return exact ? Providers.active().exact() : Providers.active();
    }

    /** What one step on a full batch runs, compiled anew. */
    public Program program(Network network) {
        return program(network, kernels());
    }

    /** The same with other kernels, such as {@link Kernels#tuned} ones. */
    public Program program(Network network, Kernels others) {
        return Compiler.compile(Programs.training(network, this, batchSize, false), network.layout(), others);
    }

    /** Adam at its usual rate on the softmax loss. */
    public static TrainingPlan usual(int epochs, int batchSize, long seed) {
        Optimizer adam = Adam.usual();
        return new TrainingPlan(epochs, batchSize, adam.usualRate(), seed, new SoftmaxLoss(), adam, new Constant());
    }
}
