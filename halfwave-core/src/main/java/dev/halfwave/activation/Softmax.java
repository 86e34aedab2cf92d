package dev.halfwave.activation;

import java.util.Arrays;

/**
 * f(x)ᵢ = e^xᵢ / Σ e^xⱼ: logits to probabilities.
 *
 * @see <a href="https://doi.org/10.1007/978-3-642-76153-9_28">Bridle 1990</a>
 */
public record Softmax() implements RowFunction {
    @Override
    public String name() {
        return "softmax";
    }

    @Override
    public double[] at(double[] x) {
        double total = LogSoftmax.logTotal(x);
        return Arrays.stream(x).map(v -> Math.exp(v - total)).toArray();
    }

    @Override
    public double slopeAt(double[] x, int i, int j) {
        double[] y = at(x);
        return y[i] * ((i == j ? 1 : 0) - y[j]);
    }

    @Override
    public String formula() {
        return "e^xᵢ / Σ e^xⱼ";
    }

    @Override
    public String derivativeFormula() {
        return "yᵢ · ((1 if i = j, else 0) − yⱼ)";
    }

    @Override
    public Interval range() {
        return Interval.open(0, 1);
    }

    @Override
    public Interval derivativeRange() {
        return Interval.closed(-0.25, 0.25);
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
        return false;
    }

    @Override
    public boolean positivelyHomogeneous() {
        return false;
    }

    @Override
    public String saturation() {
        return "0 and 1";
    }

    @Override
    public String source() {
        return "Boltzmann 1868; Bridle 1990";
    }
}
