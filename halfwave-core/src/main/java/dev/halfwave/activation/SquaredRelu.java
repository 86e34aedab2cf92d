package dev.halfwave.activation;

import java.util.OptionalDouble;

/**
 * f(x) = max(0, x)²: a rectifier whose slope starts from 0.
 *
 * @see <a href="https://arxiv.org/abs/2109.08668">So et al. 2021</a>
 */
public record SquaredRelu() implements Activation {
    @Override
    public String name() {
        return "squared-relu";
    }

    @Override
    public Formula value() {
        Formula rectified = Formula.x().max(0);
        return rectified.times(rectified);
    }

    /** 2·√y, which is 2·max(0, x). */
    @Override
    public Formula derivative() {
        return Formula.y().apply(Formula.Function.SQRT).times(2);
    }

    @Override
    public Interval range() {
        return Interval.from(0);
    }

    @Override
    public Interval derivativeRange() {
        return Interval.from(0);
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
        return "So, Mańke, Liu, Dai, Shazeer and Le 2021";
    }
}
