package dev.halfwave.activation;

import java.util.OptionalDouble;

/** f(x) = tanh(x): odd, steepest at zero, saturating on both sides. */
public record Tanh() implements Activation {
    @Override
    public String name() {
        return "tanh";
    }

    @Override
    public Formula value() {
        return Formula.x().apply(Formula.Function.TANH);
    }

    @Override
    public Formula derivative() {
        return Formula.constant(1).minus(Formula.y().times(Formula.y()));
    }

    @Override
    public Interval range() {
        return Interval.open(-1, 1);
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
        return OptionalDouble.of(-1);
    }

    @Override
    public OptionalDouble upperAsymptote() {
        return OptionalDouble.of(1);
    }

    @Override
    public String source() {
        return "LeCun, Bottou, Orr and Müller 1998";
    }
}
