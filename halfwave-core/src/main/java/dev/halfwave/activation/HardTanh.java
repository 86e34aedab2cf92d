package dev.halfwave.activation;

import java.util.List;
import java.util.OptionalDouble;

/**
 * f(x) = min(max(−1, x), 1): the hyperbolic tangent made of three straight lines. Its derivative is 1 between the kinks
 * and 0 elsewhere; at the kinks it is taken as 0.
 *
 * @see <a href="https://ronan.collobert.com/pub/2004_phdthesis_lip6.pdf">Collobert 2004</a>
 */
public record HardTanh() implements Activation {
    @Override
    public String name() {
        return "hard-tanh";
    }

    @Override
    public Formula value() {
        return Formula.x().max(-1).min(1);
    }

    @Override
    public Formula derivative() {
        Formula inside = Formula.constant(1).minus(Formula.y().times(Formula.y()));
        return Formula.select(inside, Formula.constant(1), Formula.constant(0));
    }

    @Override
    public Interval range() {
        return Interval.closed(-1, 1);
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
        return List.of(-1.0, 1.0);
    }

    @Override
    public boolean idempotent() {
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
        return "Collobert 2004";
    }
}
