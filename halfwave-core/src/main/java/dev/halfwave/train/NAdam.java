package dev.halfwave.train;

import dev.halfwave.kernel.UpdateKernels;
import java.util.List;

/**
 * Adam with Nesterov's look-ahead: {@code g += decay·p; m += (1−β₁)(g−m); v += (1−β₂)(g²−v); p −= rate·(β₁·m / (1−β₁ᵗ⁺¹)
 * + (1−β₁)·g / (1−β₁ᵗ)) / (√(v / (1−β₂ᵗ)) + ε)} in step t, from 1. β₁ stays the same, without a schedule of its own.
 *
 * @param beta1 decay of the gradient's mean, in [0, 1); 0.9 by default
 * @param beta2 decay of the squared gradient's mean, in [0, 1); 0.999 by default
 * @param epsilon added to the root, above 0; 1e-8 by default
 * @param decay weight decay added to the gradient, 0 or more; 0 by default
 * @see <a href="https://openreview.net/forum?id=OM0jvwB8jIp57ZJjtNEZ">Dozat 2016</a>
 */
public record NAdam(double beta1, double beta2, double epsilon, double decay) implements ElementwiseOptimizer {

    /** @throws IllegalArgumentException if a number is out of range */
    public NAdam {
        if (!(beta1 >= 0 && beta1 < 1 && beta2 >= 0 && beta2 < 1 && epsilon > 0 && decay >= 0)) {
            throw new IllegalArgumentException(
                    "nadam: expected betas from 0 to below 1, an epsilon above 0 and a decay of"
                            + " 0 or more, received " + beta1 + ", " + beta2 + ", " + epsilon + ", " + decay);
        }
    }

    /** With the usual numbers. */
    public NAdam() {
        this(0.9, 0.999, 1e-8, 0);
    }

    @Override
    public String name() {
        return "nadam";
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
        return new NAdam(beta1, beta2, epsilon, 0);
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
        double t = (double) step;
        kernels.nadam(
                parameters,
                from,
                gradients,
                from,
                state.get(0),
                from,
                state.get(1),
                from,
                n,
                (float) (rate * beta1 / (1 - Math.pow(beta1, t + 1))),
                (float) (rate * (1 - beta1) / (1 - Math.pow(beta1, t))),
                (float) beta1,
                (float) beta2,
                (float) epsilon,
                (float) (1 - Math.pow(beta2, t)),
                (float) decay);
    }
}
