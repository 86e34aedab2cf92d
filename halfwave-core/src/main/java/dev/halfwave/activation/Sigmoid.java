package dev.halfwave.activation;

import java.util.OptionalDouble;

/** f(x) = 1 / (1 + e⁻ˣ): the logistic function, which saturates on both sides. */
public record Sigmoid() implements Activation {
    @Override
    public String name() {
        return "sigmoid";
    }

    @Override
    public Formula value() {
        return Formula.x().apply(Formula.Function.SIGMOID);
    }

    @Override
    public Formula derivative() {
        return Formula.y().times(Formula.constant(1).minus(Formula.y()));
    }

    @Override
    public Interval range() {
        return Interval.open(0, 1);
    }

    @Override
    public Interval derivativeRange() {
        return new Interval(0, 0.25, false, true);
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
    public OptionalDouble upperAsymptote() {
        return OptionalDouble.of(1);
    }

    @Override
    public String source() {
        return "Verhulst 1845; Rumelhart, Hinton and Williams 1986";
    }
}
