package dev.halfwave.activation;

import java.util.Arrays;

/**
 * f(x)ᵢ = xᵢ − ln Σ e^xⱼ: logits to the logarithms of probabilities, which are logits of the same.
 *
 * @see <a href="https://doi.org/10.1007/978-3-642-76153-9_28">Bridle 1990, whose scores are logarithms of softmax</a>
 */
public record LogSoftmax() implements RowFunction {
    @Override
    public String name() {
        return "log-softmax";
    }

    @Override
    public double[] at(double[] x) {
        double total = logTotal(x);
        return Arrays.stream(x).map(v -> v - total).toArray();
    }

    @Override
    public double slopeAt(double[] x, int i, int j) {
        return (i == j ? 1 : 0) - Math.exp(at(x)[j]);
    }

    @Override
    public String formula() {
        return "xᵢ − ln Σ e^xⱼ";
    }

    @Override
    public String derivativeFormula() {
        return "(1 if i = j, else 0) − e^yⱼ";
    }

    @Override
    public Interval range() {
        return new Interval(Double.NEGATIVE_INFINITY, 0, false, false);
    }

    @Override
    public Interval derivativeRange() {
        return Interval.open(-1, 1);
    }

    @Override
    public boolean monotone() {
        return false;
    }

    @Override
    public String smoothness() {
        return "yes";
    }

    @Override
    public boolean idempotent() {
        return true;
    }

    @Override
    public boolean positivelyHomogeneous() {
        return false;
    }

    @Override
    public String saturation() {
        return "0 (right)";
    }

    @Override
    public String source() {
        return "the logarithm of softmax, Bridle 1990";
    }

    /** {@code ln Σ e^x}, with the largest taken out so that nothing overflows. */
    static double logTotal(double[] x) {
        double max = Arrays.stream(x).max().orElseThrow();
        return max + Math.log(Arrays.stream(x).map(v -> Math.exp(v - max)).sum());
    }
}
