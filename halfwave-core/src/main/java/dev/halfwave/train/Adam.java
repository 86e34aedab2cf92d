package dev.halfwave.train;

import dev.halfwave.kernel.UpdateKernels;
import java.util.List;

/**
 * Adam, and AdamW if the weight decay is decoupled from the gradient.
 *
 * @param beta1 decay of the gradient's mean, in [0, 1); 0.9 by default
 * @param beta2 decay of the squared gradient's mean, in [0, 1); 0.999 by default
 * @param epsilon added to the root, above 0; 1e-8 by default
 * @param decay weight decay, 0 or more
 * @param decoupled whether the decay shrinks the weights directly (AdamW) instead of entering the gradient
 * @see <a href="https://arxiv.org/abs/1412.6980">Kingma and Ba 2015, algorithm 1</a>
 * @see <a href="https://arxiv.org/abs/1711.05101">Loshchilov and Hutter 2019, algorithm 2</a>
 */
public record Adam(double beta1, double beta2, double epsilon, double decay, boolean decoupled)
        implements ElementwiseOptimizer {

    /** @throws IllegalArgumentException if a number is out of range */
    public Adam {
        if (!(beta1 >= 0 && beta1 < 1 && beta2 >= 0 && beta2 < 1 && epsilon > 0 && decay >= 0)) {
            throw new IllegalArgumentException(
                    "adam: expected betas from 0 to below 1, an epsilon above 0 and a decay of"
                            + " 0 or more, received " + beta1 + ", " + beta2 + ", " + epsilon + ", " + decay);
        }
    }

    /** Plain Adam with the usual numbers. */
    public static Adam usual() {
        return new Adam(0.9, 0.999, 1e-8, 0, false);
    }

    /** AdamW with the usual numbers and a decay of 0.3, which suits short schedules. */
    public static Adam withDecoupledDecay() {
        return new Adam(0.9, 0.999, 1e-8, 0.3, true);
    }

    @Override
    public String name() {
        return decoupled ? "adamw" : "adam";
    }

    @Override
    public double usualRate() {
        return 1e-3;
    }

    @Override
    public List<String> state() {
        return List.of("mean", "square");
    }

    @Override
    public Optimizer withoutDecay() {
        return new Adam(beta1, beta2, epsilon, 0, decoupled);
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
        kernels.adam(
                parameters,
                from,
                gradients,
                from,
                state.get(0),
                from,
                state.get(1),
                from,
                n,
                (float) rate,
                (float) beta1,
                (float) beta2,
                (float) epsilon,
                (float) (1 - Math.pow(beta1, (double) step)),
                (float) (1 - Math.pow(beta2, (double) step)),
                (float) (decoupled ? 0 : decay),
                (float) (decoupled ? decay * rate : 0));
    }
}
