package dev.halfwave.train;

import java.util.List;

/**
 * How parameters follow their gradients. To add one: a record in this package, and its line in {@link Optimizers}. One
 * that treats each number by itself is an {@link ElementwiseOptimizer}.
 *
 * <p>An optimizer is a pure description; its state is arrays in the parameters' layout that the trainer keeps.
 */
public interface Optimizer {
    /** What users call it, as in {@code adam}. */
    String name();

    /** The learning rate that is usual for it. */
    double usualRate();

    /** The names of its state arrays, as they stand in a checkpoint. */
    List<String> state();

    /** The same without weight decay. */
    Optimizer withoutDecay();

    /** What carries out the updates of some parameters. */
    Updater updater(UpdateSite site);
}
