package dev.halfwave.activation;

import java.util.List;
import java.util.OptionalDouble;

/**
 * f(x) = x for x &gt; 0, alpha · (eˣ − 1) otherwise: the exponential linear unit.
 *
 * @param alpha minus the value it saturates to on the left, above 0; 1 by default, where f′ is continuous
 * @see <a href="https://arxiv.org/abs/1511.07289">Clevert, Unterthiner and Hochreiter 2016</a>
 */
public record Elu(double alpha) implements Activation {

    /** @throws IllegalArgumentException if alpha is not above 0 */
    public Elu {
        if (!(alpha > 0 && alpha < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException(
                    "elu: expected an alpha above 0, received " + alpha + "; use relu for an alpha of 0");
        }
    }

    /** The usual alpha of 1. */
    public Elu() {
        this(1);
    }

    @Override
    public String name() {
        return "elu";
    }

    @Override
    public String spec() {
        return name() + "(" + alpha + ")";
    }

    @Override
    public Formula value() {
        Formula x = Formula.x();
        return Formula.select(x, x, x.apply(Formula.Function.EXPM1).times(alpha));
    }

    @Override
    public Formula derivative() {
        return Formula.select(Formula.y(), Formula.constant(1), Formula.y().plus(alpha));
    }

    @Override
    public Interval range() {
        return Interval.above(-alpha);
    }

    @Override
    public Interval derivativeRange() {
        return new Interval(0, Math.max(1, alpha), false, true);
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
        return OptionalDouble.of(-alpha);
    }

    @Override
    public String source() {
        return "Clevert, Unterthiner and Hochreiter 2016";
    }
}
