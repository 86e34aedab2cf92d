package dev.halfwave.train;

import dev.halfwave.kernel.UpdateKernels;
import java.util.List;

/** An optimizer that treats each number by itself, wherever it stands. */
public interface ElementwiseOptimizer extends Optimizer {
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

    @Override
    default Updater updater(UpdateSite site) {
        return new ElementwiseUpdater(this, site);
    }
}
