package dev.halfwave.activation;

import java.util.List;
import java.util.Optional;

/**
 * f(x) = x for x &gt; 0, slope · x otherwise, where the slope of every channel is learnt.
 *
 * <p>As a function it is the leaky rectifier at the slope's initial value; layers make a parameter of it.
 *
 * @param initialSlope the slope that learning starts from, in [0, 1); 0.25 by default
 * @see <a href="https://arxiv.org/abs/1502.01852">He et al. 2015, section 2.1</a>
 */
public record Prelu(double initialSlope) implements Activation {

    /** @throws IllegalArgumentException if the slope is not in [0, 1) */
    public Prelu {
        if (!(initialSlope >= 0 && initialSlope < 1)) {
            throw new IllegalArgumentException(
                    "prelu: expected an initial slope from 0 to below 1, received " + initialSlope + "; 0.25 is usual");
        }
    }

    /** The usual initial slope of 0.25. */
    public Prelu() {
        this(0.25);
    }

    @Override
    public String name() {
        return "prelu";
    }

    @Override
    public String spec() {
        return name() + "(" + initialSlope + ")";
    }

    @Override
    public Formula value() {
        return Formula.select(Formula.x(), Formula.x(), Formula.x().times(initialSlope));
    }

    @Override
    public Formula derivative() {
        return Formula.select(Formula.x(), Formula.constant(1), Formula.constant(initialSlope));
    }

    @Override
    public Interval range() {
        return initialSlope == 0 ? Interval.from(0) : Interval.ALL;
    }

    @Override
    public Interval derivativeRange() {
        return Interval.closed(initialSlope, 1);
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
        return Optional.of(new Slopes(initialSlope, 1));
    }

    @Override
    public String source() {
        return "He, Zhang, Ren and Sun 2015";
    }
}
