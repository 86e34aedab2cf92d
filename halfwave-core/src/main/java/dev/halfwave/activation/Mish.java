package dev.halfwave.activation;

import java.util.OptionalDouble;

/**
 * f(x) = x · tanh(ln(1 + eˣ)): smooth, with a shallow dip on the left.
 *
 * <p>Computed from n = eˣ as x · n(n + 2) / (n(n + 2) + 2); from x = 20 on the fraction is 1 in double precision.
 *
 * @see <a href="https://arxiv.org/abs/1908.08681">Misra 2020</a>
 */
public record Mish() implements Activation {
    private static final double ONE_FROM_HERE = 20;

    @Override
    public String name() {
        return "mish";
    }

    @Override
    public Formula value() {
        Formula part = part();
        return Gated.silenced().times(part.over(part.plus(2)));
    }

    /** n(n + 2) / (n(n + 2) + 2) + x · 4n(n + 1) / (n(n + 2) + 2)². */
    @Override
    public Formula derivative() {
        Formula part = part();
        Formula n = n();
        Formula whole = part.plus(2);
        Formula steepness = n.plus(1).times(n).times(4).over(whole.times(whole));
        return part.over(whole).plus(Gated.bounded().min(ONE_FROM_HERE).times(steepness));
    }

    @Override
    public String formula() {
        return "x · tanh(ln(1 + e^x))";
    }

    @Override
    public String derivativeFormula() {
        return "w + x · σ(x) · (1 − w²) for w = tanh(ln(1 + e^x))";
    }

    @Override
    public Interval range() {
        return Interval.from(-0.30884341301725043);
    }

    @Override
    public Interval derivativeRange() {
        return Interval.closed(-0.11252612238946255, 1.088498161251728);
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
        return "Misra 2020";
    }

    private static Formula n() {
        return Formula.x().min(ONE_FROM_HERE).apply(Formula.Function.EXP);
    }

    private static Formula part() {
        return n().times(n().plus(2));
    }
}
