package dev.halfwave.activation;

import java.util.OptionalDouble;

/**
 * f(x) = x · σ(beta · x): between the linear unit x / 2, for a beta near 0, and the rectifier, for a large one.
 *
 * @param beta how quickly the gate opens, from 0.001 to 1000; 1 by default
 * @see <a href="https://arxiv.org/abs/1710.05941">Ramachandran, Zoph and Le 2017</a>
 */
public record Swish(double beta) implements Activation {
    /** @throws IllegalArgumentException if beta is not between 0.001 and 1000 */
    public Swish {
        if (!(beta >= 1e-3 && beta <= 1e3)) {
            throw new IllegalArgumentException("swish: expected a beta from 0.001 to 1000, received " + beta
                    + "; use relu for what swish becomes beyond");
        }
    }

    /** The usual beta of 1. */
    public Swish() {
        this(1);
    }

    @Override
    public String name() {
        return "swish";
    }

    @Override
    public String spec() {
        return name() + "(" + beta + ")";
    }

    @Override
    public Formula value() {
        Formula share = Formula.x().times(beta).apply(Formula.Function.SIGMOID);
        return Gated.silenced(beta).times(share);
    }

    @Override
    public Formula derivative() {
        return Gated.slope(Gated.bounded(beta).times(beta));
    }

    @Override
    public Interval range() {
        return Interval.from(-0.2784645427610738 / beta);
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
        return "Ramachandran, Zoph and Le 2017";
    }
}
