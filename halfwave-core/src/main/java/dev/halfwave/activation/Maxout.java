package dev.halfwave.activation;

import java.util.Arrays;

/**
 * f(x) = max xᵢ: the largest of several linear pieces, which makes every convex function of pieces learnable.
 *
 * @see <a href="https://arxiv.org/abs/1302.4389">Goodfellow, Warde-Farley, Mirza, Courville and Bengio 2013, section 3</a>
 */
public record Maxout() implements RowFunction {
    @Override
    public String name() {
        return "maxout";
    }

    @Override
    public double[] at(double[] x) {
        return new double[] {Arrays.stream(x).max().orElseThrow()};
    }

    @Override
    public double slopeAt(double[] x, int i, int j) {
        return x[j] == at(x)[0] ? 1 : 0;
    }

    @Override
    public String formula() {
        return "max xᵢ";
    }

    @Override
    public String derivativeFormula() {
        return "1 for the largest xⱼ, else 0";
    }

    @Override
    public Interval range() {
        return Interval.ALL;
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
    public String smoothness() {
        return "kinks where the two largest are equal";
    }

    @Override
    public boolean idempotent() {
        return true;
    }

    @Override
    public boolean positivelyHomogeneous() {
        return true;
    }

    @Override
    public String saturation() {
        return "–";
    }

    @Override
    public String source() {
        return "Goodfellow, Warde-Farley, Mirza, Courville and Bengio 2013";
    }
}
