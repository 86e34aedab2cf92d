package dev.halfwave.activation;

import java.util.Optional;

/** f(x) = x: a layer that stays linear. */
public record Identity() implements Activation {
    @Override
    public String name() {
        return "identity";
    }

    @Override
    public Formula value() {
        return Formula.x();
    }

    @Override
    public Formula derivative() {
        return Formula.constant(1);
    }

    @Override
    public Interval range() {
        return Interval.ALL;
    }

    @Override
    public Interval derivativeRange() {
        return Interval.closed(1, 1);
    }

    @Override
    public boolean monotone() {
        return true;
    }

    @Override
    public boolean idempotent() {
        return true;
    }

    @Override
    public Optional<Slopes> slopes() {
        return Optional.of(new Slopes(1, 1));
    }

    @Override
    public String source() {
        return "the linear unit";
    }
}
