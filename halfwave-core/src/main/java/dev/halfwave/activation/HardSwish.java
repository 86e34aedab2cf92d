package dev.halfwave.activation;

import java.util.List;
import java.util.OptionalDouble;

/**
 * f(x) = x · min(max(0, x / 6 + ½), 1): {@link Swish} made of two straight lines and a parabola.
 *
 * @see <a href="https://arxiv.org/abs/1905.02244">Howard et al. 2019</a>
 */
public record HardSwish() implements Activation {
    /** Beyond, on the left, the gate is shut; it is open beyond the same distance on the right. */
    private static final double END = 3;

    @Override
    public String name() {
        return "hard-swish";
    }

    @Override
    public Formula value() {
        Formula gate = Formula.x().times(1 / 6.0).plus(0.5).max(0).min(1);
        return Formula.x().max(-END).times(gate);
    }

    @Override
    public Formula derivative() {
        Formula x = Formula.x();
        Formula inner = x.times(1 / 3.0).plus(0.5);
        return Formula.select(
                x.minus(END), Formula.constant(1), Formula.select(x.plus(END), inner, Formula.constant(0)));
    }

    @Override
    public Interval range() {
        return Interval.from(-0.375);
    }

    @Override
    public Interval derivativeRange() {
        return new Interval(-0.5, 1.5, false, true);
    }

    @Override
    public boolean monotone() {
        return false;
    }

    @Override
    public List<Double> kinks() {
        return List.of(-END, END);
    }

    @Override
    public OptionalDouble lowerAsymptote() {
        return OptionalDouble.of(0);
    }

    @Override
    public String source() {
        return "Howard et al. 2019";
    }
}
