package dev.halfwave.activation;

import java.util.List;
import java.util.OptionalDouble;

/**
 * f(x) = x for x &gt; theta, 0 otherwise: a rectifier that lets only strong signals through, and jumps where they start.
 *
 * @param theta the threshold, above 0; 1 by default
 * @see <a href="https://arxiv.org/abs/1402.3337">Konda, Memisevic and Krueger 2015</a>
 */
public record ThresholdedRelu(double theta) implements Activation {
    /** @throws IllegalArgumentException if theta is not above 0 */
    public ThresholdedRelu {
        if (!(theta > 0 && theta < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException(
                    "thresholded-relu: expected a theta above 0, received " + theta + "; use relu for a theta of 0");
        }
    }

    /** The usual theta of 1. */
    public ThresholdedRelu() {
        this(1);
    }

    @Override
    public String name() {
        return "thresholded-relu";
    }

    @Override
    public String spec() {
        return name() + "(" + theta + ")";
    }

    @Override
    public Formula value() {
        Formula x = Formula.x();
        return Formula.select(x.minus(theta), x, Formula.zero());
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
        return List.of(theta);
    }

    @Override
    public List<Double> jumps() {
        return List.of(theta);
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
    public String source() {
        return "Konda, Memisevic and Krueger 2015";
    }
}
