package dev.halfwave.activation;

import java.util.List;
import java.util.OptionalDouble;

/**
 * f(x) = gamma · x for x &gt; 0, gamma · alpha · (eˣ − 1) otherwise: the exponential linear unit, scaled so that the mean
 * of signals is driven to 0 and their variance to 1.
 *
 * @param alpha minus the value it saturates to on the left, before scaling; above 0
 * @param gamma the slope on the right, above 0
 * @see <a href="https://arxiv.org/abs/1706.02515">Klambauer et al. 2017</a>
 */
public record Selu(double alpha, double gamma) implements Activation {
    private static final double ALPHA = 1.6732631921768188;
    private static final double GAMMA = 1.0507010221481323;

    /** @throws IllegalArgumentException if a parameter is not above 0 */
    public Selu {
        boolean fit = alpha > 0 && gamma > 0 && alpha * gamma < Double.POSITIVE_INFINITY;
        if (!fit) {
            throw new IllegalArgumentException("selu: expected an alpha and a gamma above 0, received " + alpha
                    + " and " + gamma + "; leave them out for the usual " + ALPHA + " and " + GAMMA);
        }
    }

    /** The fixed point for mean 0 and variance 1, as float32 holds it. */
    public Selu() {
        this(ALPHA, GAMMA);
    }

    @Override
    public String name() {
        return "selu";
    }

    @Override
    public String spec() {
        return name() + "(" + alpha + ", " + gamma + ")";
    }

    @Override
    public Formula value() {
        Formula x = Formula.x();
        return Formula.select(x, x.times(gamma), x.apply(Formula.Function.EXPM1).times(alpha * gamma));
    }

    @Override
    public Formula derivative() {
        return Formula.select(Formula.y(), Formula.constant(gamma), Formula.y().plus(alpha * gamma));
    }

    @Override
    public Interval range() {
        return Interval.above(-alpha * gamma);
    }

    @Override
    public Interval derivativeRange() {
        return new Interval(0, gamma * Math.max(1, alpha), false, true);
    }

    @Override
    public boolean monotone() {
        return true;
    }

    @Override
    public List<Double> kinks() {
        return alpha == 1 ? List.of() : List.of(0.0);
    }

    @Override
    public OptionalDouble lowerAsymptote() {
        return OptionalDouble.of(-alpha * gamma);
    }

    @Override
    public String source() {
        return "Klambauer, Unterthiner, Mayr and Hochreiter 2017";
    }
}
