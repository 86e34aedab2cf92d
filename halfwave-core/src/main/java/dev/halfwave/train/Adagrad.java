package dev.halfwave.train;

import dev.halfwave.kernel.UpdateKernels;
import java.util.List;

/**
 * Adagrad, steps divided by the root of the sum of all squared gradients: {@code g += decay·p; v += g²; p −= rate·g / (√v +
 * ε)}.
 *
 * @param epsilon added to the root, above 0; 1e-8 by default
 * @param decay weight decay added to the gradient, 0 or more; 0 by default
 * @see <a href="https://jmlr.org/papers/v12/duchi11a.html">Duchi, Hazan and Singer 2011, section 1.1, with a diagonal
 *     matrix</a>
 */
public record Adagrad(double epsilon, double decay) implements ElementwiseOptimizer {

    /** @throws IllegalArgumentException if a number is out of range */
    public Adagrad {
        if (!(epsilon > 0 && decay >= 0)) {
            throw new IllegalArgumentException(
                    "adagrad: expected an epsilon above 0 and a decay of 0 or more, received " + epsilon + " and "
                            + decay);
        }
    }

    /** With the usual numbers. */
    public Adagrad() {
        this(1e-8, 0);
    }

    @Override
    public String name() {
        return "adagrad";
    }

    @Override
    public double usualRate() {
        return 0.01;
    }

    @Override
    public List<String> state() {
        return List.of("square");
    }

    @Override
    public Optimizer withoutDecay() {
        return new Adagrad(epsilon, 0);
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
        kernels.scaled(
                parameters, from, gradients, from, state.get(0), from, n, (float) rate, 1, 1, (float) epsilon, (float)
                        decay);
    }
}
