package dev.halfwave.train;

import dev.halfwave.kernel.UpdateKernels;
import java.util.List;

/**
 * RMSProp, steps divided by the root of a running mean of squared gradients: {@code g += decay·p; v = ρ·v + (1 − ρ)·g²; p
 * −= rate·g / (√v + ε)}.
 *
 * @param rho how much of the mean is kept, in [0, 1); 0.9 by default
 * @param epsilon added to the root, above 0; 1e-8 by default
 * @param decay weight decay added to the gradient, 0 or more; 0 by default
 * @see <a href="https://www.cs.toronto.edu/~tijmen/csc321/slides/lecture_slides_lec6.pdf">Tieleman and Hinton 2012,
 *     lecture 6e</a>
 */
public record RmsProp(double rho, double epsilon, double decay) implements ElementwiseOptimizer {

    /** @throws IllegalArgumentException if a number is out of range */
    public RmsProp {
        if (!(rho >= 0 && rho < 1 && epsilon > 0 && decay >= 0)) {
            throw new IllegalArgumentException(
                    "rmsprop: expected a rho from 0 to below 1, an epsilon above 0 and a decay"
                            + " of 0 or more, received " + rho + ", " + epsilon + ", " + decay);
        }
    }

    /** With the usual numbers. */
    public RmsProp() {
        this(0.9, 1e-8, 0);
    }

    @Override
    public String name() {
        return "rmsprop";
    }

    @Override
    public double usualRate() {
        return 1e-3;
    }

    @Override
    public List<String> state() {
        return List.of("square");
    }

    @Override
    public Optimizer withoutDecay() {
        return new RmsProp(rho, epsilon, 0);
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
                parameters,
                from,
                gradients,
                from,
                state.get(0),
                from,
                n,
                (float) rate,
                (float) rho,
                (float) (1 - rho),
                (float) epsilon,
                (float) decay);
    }
}
