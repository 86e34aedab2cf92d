package dev.halfwave.activation;

import java.util.List;
import java.util.OptionalDouble;

/**
 * f(x) = 1 for x &gt; 0, 0 otherwise: the threshold of the first artificial neurons.
 *
 * <p>Its derivative is 0 wherever it has one, so nothing is learnt through it.
 *
 * @see <a href="https://doi.org/10.1007/BF02478259">McCulloch and Pitts 1943</a>
 */
public record Step() implements Activation {
    @Override
    public String name() {
        return "step";
    }

    @Override
    public Formula value() {
        return Formula.x().apply(Formula.Function.SIGN).max(0);
    }

    @Override
    public Formula derivative() {
        return Formula.constant(0);
    }

    @Override
    public Interval range() {
        return Interval.closed(0, 1);
    }

    @Override
    public Interval derivativeRange() {
        return Interval.closed(0, 0);
    }

    @Override
    public boolean monotone() {
        return true;
    }

    @Override
    public List<Double> jumps() {
        return List.of(0.0);
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
        return OptionalDouble.of(1);
    }

    @Override
    public String source() {
        return "McCulloch and Pitts 1943; Rosenblatt 1958";
    }
}
