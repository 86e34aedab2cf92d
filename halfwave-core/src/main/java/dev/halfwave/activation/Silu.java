package dev.halfwave.activation;

import java.util.OptionalDouble;

/**
 * f(x) = x · σ(x): the sigmoid-weighted linear unit, which is {@link Swish} with a beta of 1.
 *
 * @see <a href="https://arxiv.org/abs/1702.03118">Elfwing, Uchibe and Doya 2018</a>
 */
public record Silu() implements Activation {
    @Override
    public String name() {
        return "silu";
    }

    @Override
    public Formula value() {
        return Gated.silenced().times(Formula.x().apply(Formula.Function.SIGMOID));
    }

    @Override
    public Formula derivative() {
        return Gated.slope(Gated.bounded());
    }

    @Override
    public Interval range() {
        return Interval.from(-0.2784645427610738);
    }

    @Override
    public Interval derivativeRange() {
        return Interval.closed(1 - Gated.STEEPEST, Gated.STEEPEST);
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
        return "Elfwing, Uchibe and Doya 2018";
    }
}
