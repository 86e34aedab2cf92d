package dev.halfwave.activation;

import java.util.OptionalDouble;

/**
 * f(x) = x · (1 + tanh(√(2/π) · (x + 0.044715 x³))) / 2: the approximation of {@link Gelu} without an error function.
 *
 * <p>Computed as x · σ(2√(2/π) · (x + 0.044715 x³)), which is the same and loses nothing on the left.
 *
 * @see <a href="https://arxiv.org/abs/1606.08415">Hendrycks and Gimpel 2016</a>
 */
public record GeluTanh() implements Activation {
    private static final double LINEAR = 2 * Math.sqrt(2 / Math.PI);
    private static final double CUBIC = 0.044715 * LINEAR;

    @Override
    public String name() {
        return "gelu-tanh";
    }

    @Override
    public Formula value() {
        return Gated.silenced().times(share(Formula.x()));
    }

    @Override
    public Formula derivative() {
        Formula x = Gated.bounded();
        Formula share = share(x);
        Formula steepness = x.times(x).times(3 * CUBIC).plus(LINEAR);
        return share.plus(x.times(share.times(Formula.constant(1).minus(share))).times(steepness));
    }

    @Override
    public String derivativeFormula() {
        return "s + x · s · (1 − s) · (0.2141 · x² + 1.596) for s = "
                + share(Formula.x()).text();
    }

    @Override
    public Interval range() {
        return Interval.from(-0.17004075057125406);
    }

    @Override
    public Interval derivativeRange() {
        return Interval.closed(-0.12899306865877178, 1.1289930686587717);
    }

    @Override
    public boolean monotone() {
        return false;
    }

    @Override
    public OptionalDouble lowerAsymptote() {
        return OptionalDouble.of(0);
    }

    @Override
    public String source() {
        return "Hendrycks and Gimpel 2016";
    }

    private static Formula share(Formula x) {
        return x.times(x.times(x).times(CUBIC).plus(LINEAR)).apply(Formula.Function.SIGMOID);
    }
}
