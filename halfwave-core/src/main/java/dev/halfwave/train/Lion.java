package dev.halfwave.train;

import dev.halfwave.kernel.UpdateKernels;
import java.util.List;

/**
 * Lion, steps of the same size for all weights in the direction of a mean's sign: {@code c = β₁·m + (1−β₁)·g; p −=
 * rate·(sign(c) + decay·p); m = β₂·m + (1−β₂)·g}.
 *
 * <p>Its steps are longer than Adam's, so it takes a third to a tenth of the rate, and as many times the decay.
 *
 * @param beta1 how much of the mean is in a step's direction, in [0, 1); 0.9 by default
 * @param beta2 decay of the gradient's mean, in [0, 1); 0.99 by default
 * @param decay weight decay, 0 or more, decoupled from the gradient; 0 by default
 * @see <a href="https://arxiv.org/abs/2302.06675">Chen et al. 2023, algorithm 2</a>
 */
public record Lion(double beta1, double beta2, double decay) implements ElementwiseOptimizer {

    /** @throws IllegalArgumentException if a number is out of range */
    public Lion {
        if (!(beta1 >= 0 && beta1 < 1 && beta2 >= 0 && beta2 < 1 && decay >= 0)) {
            throw new IllegalArgumentException(
                    "lion: expected betas from 0 to below 1 and a decay of 0 or more, received " + beta1 + ", " + beta2
                            + ", " + decay);
        }
    }

    /** With the usual numbers. */
    public Lion() {
        this(0.9, 0.99, 0);
    }

    @Override
    public String name() {
        return "lion";
    }

    @Override
    public double usualRate() {
        return 1e-4;
    }

    @Override
    public List<String> state() {
        return List.of("mean");
    }

    @Override
    public Optimizer withoutDecay() {
        return new Lion(beta1, beta2, 0);
    }

    @Override
    public void update(
            UpdateKernels kernels,
            float[] parameters,
            float[] gradients,
            List<float[]> state,
            int from,
            int n,
            double rate,
            long step) {
        kernels.lion(
                parameters,
                from,
                gradients,
                from,
                state.get(0),
                from,
                n,
                (float) rate,
                (float) beta1,
                (float) beta2,
                (float) (decay * rate));
    }
}
