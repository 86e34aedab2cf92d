package dev.halfwave.activation;

import java.util.OptionalDouble;

/**
 * f(x) = arctan(x): odd, steepest at zero, saturating on both sides, slowly.
 *
 * @see <a href="https://doi.org/10.1109/IJCNN.2002.1007591">Kamruzzaman and Aziz 2002</a>
 */
public record Arctan() implements Activation {
    @Override
    public String name() {
        return "arctan";
    }

    @Override
    public Formula value() {
        return Formula.x().apply(Formula.Function.ATAN);
    }

    @Override
    public Formula derivative() {
        return Formula.constant(1).over(Formula.x().times(Formula.x()).plus(1));
    }

    @Override
    public Interval range() {
        return Interval.open(-Math.PI / 2, Math.PI / 2);
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
        return OptionalDouble.of(-Math.PI / 2);
    }

    @Override
    public OptionalDouble upperAsymptote() {
        return OptionalDouble.of(Math.PI / 2);
    }

    @Override
    public String source() {
        return "Kamruzzaman and Aziz 2002";
    }
}
