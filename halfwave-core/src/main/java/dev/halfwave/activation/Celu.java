package dev.halfwave.activation;

import java.util.OptionalDouble;

/**
 * f(x) = x for x &gt; 0, alpha · (e^(x / alpha) − 1) otherwise: the exponential linear unit with a continuous derivative
 * for every alpha.
 *
 * @param alpha minus the value it saturates to on the left, above 0; 1 by default
 * @see <a href="https://arxiv.org/abs/1704.07483">Barron 2017</a>
 */
public record Celu(double alpha) implements Activation {
    /** @throws IllegalArgumentException if alpha is not above 0 */
    public Celu {
        if (!(alpha > 0 && alpha < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException(
                    "celu: expected an alpha above 0, received " + alpha + "; use relu for an alpha of 0");
        }
    }

    /** The usual alpha of 1. */
    public Celu() {
        this(1);
    }

    @Override
    public String name() {
        return "celu";
    }

    @Override
    public String spec() {
        return name() + "(" + alpha + ")";
    }

    @Override
    public Formula value() {
        Formula x = Formula.x();
        return Formula.select(x, x, x.over(alpha).apply(Formula.Function.EXPM1).times(alpha));
    }

    @Override
    public Formula derivative() {
        return Formula.select(
                Formula.y(), Formula.constant(1), Formula.y().over(alpha).plus(1));
    }

    @Override
    public Interval range() {
        return Interval.above(-alpha);
    }

    @Override
    public Interval derivativeRange() {
        return new Interval(0, 1, false, true);
    }

    @Override
    public boolean monotone() {
        return true;
    }

    @Override
    public OptionalDouble lowerAsymptote() {
        return OptionalDouble.of(-alpha);
    }

    @Override
    public String source() {
        return "Barron 2017";
    }
}
