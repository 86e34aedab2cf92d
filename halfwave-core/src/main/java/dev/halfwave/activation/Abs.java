package dev.halfwave.activation;

import java.util.List;
import java.util.Optional;

/**
 * f(x) = |x|: rectification of both half-waves. Its derivative is the sign of x; at 0 it is taken as 0.
 *
 * @see <a href="https://doi.org/10.1109/ICCV.2009.5459469">Jarrett et al. 2009</a>
 */
public record Abs() implements Activation {
    @Override
    public String name() {
        return "abs";
    }

    @Override
    public Formula value() {
        return Formula.x().apply(Formula.Function.ABS);
    }

    @Override
    public Formula derivative() {
        return Formula.x().apply(Formula.Function.SIGN);
    }

    @Override
    public Interval range() {
        return Interval.from(0);
    }

    @Override
    public Interval derivativeRange() {
        return Interval.closed(-1, 1);
    }

    @Override
    public boolean monotone() {
        return false;
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
        return Optional.of(new Slopes(-1, 1));
    }

    @Override
    public String source() {
        return "Jarrett, Kavukcuoglu, Ranzato and LeCun 2009";
    }
}
