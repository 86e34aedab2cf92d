package dev.halfwave.nn.init;

import dev.halfwave.activation.Activation;

/**
 * By how much weights must be larger because an activation follows: the gain that keeps a signal's mean square at 1.
 *
 * <p>{@code 1 / √E[f(z)²]} for a standard normal z, with weights of variance gain² / fan-in. √2 for ReLU, about 1.59 for
 * tanh, 1 for SELU, which was made for that.
 *
 * @see <a href="https://arxiv.org/abs/1502.01852">He et al. 2015, equation 10, for rectifiers</a>
 */
public final class Gain {
    /** Beyond 9 deviations the normal density is less than a double can tell from 0 beside 1. */
    private static final double FAR = 9;

    private static final int PARTS = 9000;

    private Gain() {}

    /** The gain of an activation; that of two straight pieces exactly, others to nine digits. */
    public static double of(Activation activation) {
        if (activation.slopes().isPresent()) {
            return activation.gain();
        }
        double square = 0;
        double weight = 0;
        for (int i = 0; i < PARTS; i++) { // midpoints, so that no jump or kink at 0 is met
            double z = FAR * (2 * (i + 0.5) / PARTS - 1);
            double density = Math.exp(-z * z / 2);
            double y = activation.at(z);
            square += y * y * density;
            weight += density;
        }
        return Math.sqrt(weight / square);
    }
}
