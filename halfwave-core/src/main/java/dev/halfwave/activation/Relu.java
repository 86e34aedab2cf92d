package dev.halfwave.activation;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * f(x) = max(0, x): the rectifier. Its derivative is 0 below the kink and 1 above it; at 0 it is taken as 0.
 *
 * @see <a href="https://www.cs.toronto.edu/~hinton/absps/reluICML.pdf">Nair and Hinton 2010</a>
 */
public record Relu() implements Activation {
    @Override
    public String name() {
        return "relu";
    }

    @Override
    public Formula value() {
        return Formula.x().max(0);
    }

    @Override
    public Formula derivative() {
        return Formula.select(Formula.y(), Formula.constant(1), Formula.constant(0));
    }

    @Override
    public Interval range() {
        return Interval.from(0);
    }

    @Override
    public Interval derivativeRange() {
        return Interval.closed(0, 1);
    }

    @Override
    public boolean monotone() {
        return true;
    }

    @Override
    public List<Double> kinks() {
        return List.of(0.0);
    }

    @Override
    public boolean idempotent() {
        return true;
    }

    @Override
    public Optional<Slopes> slopes() {
        return Optional.of(new Slopes(0, 1));
    }

    @Override
    public OptionalDouble lowerAsymptote() {
        return OptionalDouble.of(0);
    }

    @Override
    public String source() {
        return "Fukushima 1969; Nair and Hinton 2010; Glorot, Bordes and Bengio 2011";
    }
}
