package dev.halfwave.train;

import java.util.List;

/**
 * LAMB, Adam's direction with every parameter tensor's step as long as the tensor itself, for large batches: {@code m +=
 * (1−β₁)(g−m); v += (1−β₂)(g²−v); u = m̂ / (√v̂ + ε) + decay·p; p −= rate·(‖p‖ / ‖u‖)·u}, where m̂ and v̂ are corrected for
 * their start at 0, and the ratio of the norms is 1 if one of them is 0, as for biases before the first step.
 *
 * <p>Norms are summed in double precision in a fixed order.
 *
 * @param beta1 decay of the gradient's mean, in [0, 1); 0.9 by default
 * @param beta2 decay of the squared gradient's mean, in [0, 1); 0.999 by default
 * @param epsilon added to the root, above 0; 1e-6 by default
 * @param decay weight decay, decoupled from the gradient's mean, 0 or more; 0.01 by default
 * @see <a href="https://arxiv.org/abs/1904.00962">You et al. 2020, algorithm 2</a>
 */
public record Lamb(double beta1, double beta2, double epsilon, double decay) implements Optimizer {

    /** @throws IllegalArgumentException if a number is out of range */
    public Lamb {
        if (!(beta1 >= 0 && beta1 < 1 && beta2 >= 0 && beta2 < 1 && epsilon > 0 && decay >= 0)) {
            throw new IllegalArgumentException(
                    "lamb: expected betas from 0 to below 1, an epsilon above 0 and a decay of 0 or more, received "
                            + beta1 + ", " + beta2 + ", " + epsilon + ", " + decay);
        }
    }

    /** With the usual numbers. */
    public Lamb() {
        this(0.9, 0.999, 1e-6, 0.01);
    }

    @Override
    public String name() {
        return "lamb";
    }

    @Override
    public double usualRate() {
        return 0.01;
    }

    @Override
    public List<String> state() {
        return List.of("mean", "square");
    }

    @Override
    public Optimizer withoutDecay() {
        return new Lamb(beta1, beta2, epsilon, 0);
    }

    @Override
    public Updater updater(UpdateSite site) {
        return new LambUpdater(this, site);
    }
}
