package dev.halfwave.activation;

import java.util.List;
import java.util.Optional;

/**
 * f(x) = x for x &gt; 0, slope · x otherwise, where training draws the slope of every element anew.
 *
 * <p>Layers draw it evenly from {@code lower} to {@code upper} in training. As a function, and in use, it is the leaky
 * rectifier with the mean of both.
 *
 * @param lower the smallest slope, above 0; 1/8 by default
 * @param upper the largest slope, from lower to below 1; 1/3 by default
 * @see <a href="https://arxiv.org/abs/1505.00853">Xu, Wang, Chen and Li 2015, section 2.4</a>
 */
public record RRelu(double lower, double upper) implements Activation {

    /** @throws IllegalArgumentException if the slopes are not in (0, 1) or the wrong way round */
    public RRelu {
        if (!(lower > 0 && lower <= upper && upper < 1)) {
            throw new IllegalArgumentException("rrelu: expected slopes above 0, the lower up to the upper, below 1,"
                    + " received " + lower + " and " + upper + "; 1/8 and 1/3 are usual");
        }
    }

    /** Slopes from 1/8 to 1/3. */
    public RRelu() {
        this(1 / 8.0, 1 / 3.0);
    }

    /** The slope in use: the mean of those in training. */
    public double meanSlope() {
        return (lower + upper) / 2;
    }

    @Override
    public String name() {
        return "rrelu";
    }

    @Override
    public String spec() {
        return name() + "(" + lower + ", " + upper + ")";
    }

    @Override
    public Formula value() {
        return Formula.select(Formula.x(), Formula.x(), Formula.x().times(meanSlope()));
    }

    @Override
    public Formula derivative() {
        return Formula.select(Formula.y(), Formula.constant(1), Formula.constant(meanSlope()));
    }

    @Override
    public String formula() {
        return "x if x > 0, else a · x for a = " + FormulaText.number(meanSlope()) + ", in training a ~ U("
                + FormulaText.number(lower) + ", " + FormulaText.number(upper) + ")";
    }

    @Override
    public Interval range() {
        return Interval.ALL;
    }

    @Override
    public Interval derivativeRange() {
        return Interval.closed(meanSlope(), 1);
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
        return Optional.of(new Slopes(meanSlope(), 1));
    }

    @Override
    public String source() {
        return "Xu, Wang, Chen and Li 2015";
    }
}
