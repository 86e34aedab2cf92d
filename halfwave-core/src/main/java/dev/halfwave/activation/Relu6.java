package dev.halfwave.activation;

import java.util.List;
import java.util.OptionalDouble;

/**
 * f(x) = min(max(0, x), 6): a rectifier that saturates, made for arithmetic of few bits. Its derivative is 1 between
 * the kinks and 0 elsewhere; at the kinks it is taken as 0.
 *
 * @see <a href="https://www.cs.toronto.edu/~kriz/conv-cifar10-aug2010.pdf">Krizhevsky 2010</a>
 */
public record Relu6() implements Activation {
    private static final double CEILING = 6;

    @Override
    public String name() {
        return "relu6";
    }

    @Override
    public Formula value() {
        return Formula.x().max(0).min(CEILING);
    }

    @Override
    public Formula derivative() {
        Formula room = Formula.constant(CEILING).minus(Formula.y());
        return Formula.select(Formula.y().times(room), Formula.constant(1), Formula.constant(0));
    }

    @Override
    public Interval range() {
        return Interval.closed(0, CEILING);
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
        return List.of(0.0, CEILING);
    }

    @Override
    public boolean idempotent() {
        return true;
    }

    @Override
    public OptionalDouble lowerAsymptote() {
        return OptionalDouble.of(0);
    }

    @Override
    public OptionalDouble upperAsymptote() {
        return OptionalDouble.of(CEILING);
    }

    @Override
    public String source() {
        return "Krizhevsky 2010";
    }
}
