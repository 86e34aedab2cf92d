package dev.halfwave.train;

import dev.halfwave.kernel.UpdateKernels;
import java.util.List;

/**
 * How parameters follow their gradients. To add one: a record in this package, and its line in {@link Optimizers}.
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

    /**
     * Updates the parameters {@code [from, from + n)} and their state.
     *
     * @param state one array per name in {@link #state()}
     * @param rate the learning rate of this step
     * @param step the number of this step, from 1
     */
    void update(
            UpdateKernels kernels,
            float[] parameters,
            float[] gradients,
            List<float[]> state,
            int from,
            int n,
            double rate,
            long step);
}
