package dev.halfwave.activation;

import java.util.OptionalDouble;

/**
 * f(x) = Σ σ(x − i + ½) for i from 1 to the number of units: logistic units with the same weights and biases that fall
 * by one from each to the next.
 *
 * <p>With ever more units it approaches softplus, of which the rectifier is the cheap version: this is where the
 * rectified linear unit came from. A finite sum saturates at the number of its units.
 *
 * @param units how many logistic units, from 1 to 20; 10 by default
 * @see <a href="https://www.cs.toronto.edu/~hinton/absps/reluICML.pdf">Nair and Hinton 2010, section 2</a>
 */
public record SteppedSigmoid(int units) implements Activation {
    private static final int MOST = 20;

    /** @throws IllegalArgumentException if there are less than 1 or more than 20 units */
    public SteppedSigmoid {
        if (units < 1 || units > MOST) {
            throw new IllegalArgumentException("stepped-sigmoid: expected 1 to " + MOST + " units, received " + units
                    + "; use softplus for the sum without end");
        }
    }

    /** Ten units. */
    public SteppedSigmoid() {
        this(10);
    }

    @Override
    public String name() {
        return "stepped-sigmoid";
    }

    @Override
    public String spec() {
        return name() + "(" + units + ")";
    }

    @Override
    public Formula value() {
        Formula sum = unit(1);
        for (int i = 2; i <= units; i++) {
            sum = sum.plus(unit(i));
        }
        return sum;
    }

    @Override
    public Formula derivative() {
        Formula sum = slope(unit(1));
        for (int i = 2; i <= units; i++) {
            sum = sum.plus(slope(unit(i)));
        }
        return sum;
    }

    @Override
    public String formula() {
        return "Σ σ(x − i + 0.5) for i = 1 … " + units;
    }

    @Override
    public String derivativeFormula() {
        return "Σ s · (1 − s) for s = σ(x − i + 0.5)";
    }

    @Override
    public Interval range() {
        return Interval.open(0, units);
    }

    @Override
    public Interval derivativeRange() {
        return new Interval(0, slopeAt(units / 2.0), false, true);
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
        return OptionalDouble.of(units);
    }

    @Override
    public String source() {
        return "Nair and Hinton 2010";
    }

    /** σ(x − i + ½). */
    private static Formula unit(int i) {
        return Formula.x().minus(i - 0.5).apply(Formula.Function.SIGMOID);
    }

    private static Formula slope(Formula unit) {
        return unit.times(Formula.constant(1).minus(unit));
    }
}
