package dev.halfwave.activation;

import java.util.OptionalDouble;

/**
 * f(x) = x · Φ(x) with the normal distribution function Φ(x) = (1 + erf(x / √2)) / 2: the Gaussian error linear unit.
 *
 * <p>In float32 the error is that of Φ near 1, relative to x: far to the left, where f vanishes, few digits are right.
 *
 * @see <a href="https://arxiv.org/abs/1606.08415">Hendrycks and Gimpel 2016</a>
 */
public record Gelu() implements Activation {
    @Override
    public String name() {
        return "gelu";
    }

    @Override
    public Formula value() {
        return Gated.silenced().times(share());
    }

    /** Φ(x) + x · φ(x) with the density φ. */
    @Override
    public Formula derivative() {
        Formula x = Formula.x();
        Formula density = x.times(x).times(-0.5).apply(Formula.Function.EXP).times(1 / Math.sqrt(2 * Math.PI));
        return share().plus(Gated.bounded().times(density));
    }

    @Override
    public Interval range() {
        return Interval.from(-0.16997120747990366);
    }

    @Override
    public Interval derivativeRange() {
        return Interval.closed(-0.12890414518515478, 1.1289041451851547);
    }

    @Override
    public boolean monotone() {
        return false;
    }

    @Override
    public OptionalDouble lowerAsymptote() {
        return OptionalDouble.of(0);
    }

    @Override
    public String source() {
        return "Hendrycks and Gimpel 2016";
    }

    /** Φ(x), by which x is multiplied. */
    private static Formula share() {
        return Formula.x()
                .times(Math.sqrt(0.5))
                .apply(Formula.Function.ERF)
                .times(0.5)
                .plus(0.5);
    }
}
