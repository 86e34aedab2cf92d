package dev.halfwave.activation;

import java.util.OptionalDouble;

/**
 * f(x) = x / (1 + |x|): like the hyperbolic tangent, but approaching its limits slowly.
 *
 * @see <a href="https://papers.nips.cc/paper/3868">Bergstra, Desjardins, Lamblin and Bengio 2009</a>
 */
public record Softsign() implements Activation {
    /** From here on f is ±1 in double precision, too; a limit, as ∞ / ∞ would not be a number. */
    private static final double ONE_FROM_HERE = 0x1p60;

    @Override
    public String name() {
        return "softsign";
    }

    @Override
    public Formula value() {
        Formula x = Formula.x().max(-ONE_FROM_HERE).min(ONE_FROM_HERE);
        return x.over(x.apply(Formula.Function.ABS).plus(1));
    }

    /** (1 − |y|)², which is 1 / (1 + |x|)². */
    @Override
    public Formula derivative() {
        Formula room = Formula.constant(1).minus(Formula.y().apply(Formula.Function.ABS));
        return room.times(room);
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
        return "Bergstra, Desjardins, Lamblin and Bengio 2009";
    }
}
