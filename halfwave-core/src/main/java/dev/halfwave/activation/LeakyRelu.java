package dev.halfwave.activation;

import java.util.List;
import java.util.Optional;

/**
 * f(x) = x for x &gt; 0, slope · x otherwise: a rectifier that never goes silent.
 *
 * @param slope the slope below zero, in (0, 1); 0.01 by default
 * @see <a href="https://ai.stanford.edu/~amaas/papers/relu_hybrid_icml2013_final.pdf">Maas, Hannun and Ng 2013</a>
 */
public record LeakyRelu(double slope) implements Activation {

    /** @throws IllegalArgumentException if the slope is not between 0 and 1 */
    public LeakyRelu {
        if (!(slope > 0 && slope < 1)) {
            throw new IllegalArgumentException("leaky-relu: expected a slope between 0 and 1, received " + slope
                    + "; use relu for 0, identity for 1");
        }
    }

    /** The usual slope of 0.01. */
    public LeakyRelu() {
        this(0.01);
    }

    @Override
    public String name() {
        return "leaky-relu";
    }

    @Override
    public String spec() {
        return name() + "(" + slope + ")";
    }

    @Override
    public Formula value() {
        return Formula.select(Formula.x(), Formula.x(), Formula.x().times(slope));
    }

    @Override
    public Formula derivative() {
        return Formula.select(Formula.y(), Formula.constant(1), Formula.constant(slope));
    }

    @Override
    public Interval range() {
        return Interval.ALL;
    }

    @Override
    public Interval derivativeRange() {
        return Interval.closed(slope, 1);
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
    public Optional<Slopes> slopes() {
        return Optional.of(new Slopes(slope, 1));
    }

    @Override
    public String source() {
        return "Maas, Hannun and Ng 2013";
    }
}
