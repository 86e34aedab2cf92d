package dev.halfwave.activation;

import java.util.OptionalDouble;

/**
 * f(x) = ln(1 + eˣ): the smooth rectifier, computed as max(0, x) + ln(1 + e^−|x|), which does not overflow.
 *
 * @see <a href="https://papers.nips.cc/paper/1920">Dugas et al. 2001</a>
 */
public record Softplus() implements Activation {
    @Override
    public String name() {
        return "softplus";
    }

    @Override
    public Formula value() {
        Formula tail = Formula.x()
                .apply(Formula.Function.ABS)
                .apply(Formula.Function.NEGATE)
                .apply(Formula.Function.EXP);
        return Formula.x().max(0).plus(tail.apply(Formula.Function.LOG1P));
    }

    /** 1 − e^−y, which is the sigmoid of x. */
    @Override
    public Formula derivative() {
        return Formula.y()
                .apply(Formula.Function.NEGATE)
                .apply(Formula.Function.EXPM1)
                .apply(Formula.Function.NEGATE);
    }

    @Override
    public Interval range() {
        return Interval.above(0);
    }

    @Override
    public Interval derivativeRange() {
        return Interval.open(0, 1);
    }

    @Override
    public boolean monotone() {
        return true;
    }

    @Override
    public OptionalDouble lowerAsymptote() {
        return OptionalDouble.of(0);
    }

    @Override
    public String source() {
        return "Dugas, Bengio, Bélisle, Nadeau and Garcia 2001";
    }
}
