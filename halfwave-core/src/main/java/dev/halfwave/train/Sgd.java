package dev.halfwave.train;

import dev.halfwave.kernel.UpdateKernels;
import java.util.List;

/**
 * Stochastic gradient descent with momentum: {@code g += decay·p; v = momentum·v + g; p −= rate·v}, or with Nesterov's
 * look-ahead {@code p −= rate·(g + momentum·v)}.
 *
 * @param momentum how much of the last step is kept, in [0, 1); 0.9 by default
 * @param nesterov whether to look ahead
 * @param decay weight decay added to the gradient, 0 or more; 0 by default
 * @see <a href="https://proceedings.mlr.press/v28/sutskever13.html">Sutskever et al. 2013, section 2</a>
 */
public record Sgd(double momentum, boolean nesterov, double decay) implements ElementwiseOptimizer {

    /** @throws IllegalArgumentException if a number is out of range */
    public Sgd {
        if (!(momentum >= 0 && momentum < 1 && decay >= 0)) {
            throw new IllegalArgumentException("sgd: expected a momentum from 0 to below 1 and a decay of 0 or more,"
                    + " received " + momentum + " and " + decay);
        }
    }

    @Override
    public String name() {
        return nesterov ? "nesterov" : "sgd";
    }

    @Override
    public double usualRate() {
        return 0.02;
    }

    @Override
    public List<String> state() {
        return List.of("momentum");
    }

    @Override
    public Optimizer withoutDecay() {
        return new Sgd(momentum, nesterov, 0);
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
        kernels.sgd(
                parameters,
                from,
                gradients,
                from,
                state.get(0),
                from,
                n,
                (float) rate,
                (float) momentum,
                nesterov,
                (float) decay);
    }
}
