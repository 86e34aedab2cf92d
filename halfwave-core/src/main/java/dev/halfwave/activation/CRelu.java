package dev.halfwave.activation;

import java.util.Arrays;

/**
 * f(x) = (max(0, x), max(0, −x)): both sides of every number, in a row twice as long.
 *
 * @see <a href="https://arxiv.org/abs/1603.05201">Shang, Sohn, Almeida and Lee 2016, definition 2.1</a>
 */
public record CRelu() implements RowFunction {
    @Override
    public String name() {
        return "crelu";
    }

    @Override
    public double[] at(double[] x) {
        double[] y = Arrays.copyOf(x, 2 * x.length);
        for (int i = 0; i < x.length; i++) {
            y[i] = Math.max(0, x[i]);
            y[x.length + i] = Math.max(0, -x[i]);
        }
        return y;
    }

    @Override
    public double slopeAt(double[] x, int i, int j) {
        int sign = i < x.length ? 1 : -1;
        return i % x.length == j && sign * x[j] > 0 ? sign : 0;
    }

    @Override
    public String formula() {
        return "(max(0, x), max(0, −x))";
    }

    @Override
    public String derivativeFormula() {
        return "1 and 0 if x > 0, else 0 and −1";
    }

    @Override
    public Interval range() {
        return Interval.from(0);
    }

    @Override
    public Interval derivativeRange() {
        return Interval.closed(-1, 1);
    }

    @Override
    public boolean monotone() {
        return false;
    }

    @Override
    public String smoothness() {
        return "kink at 0";
    }

    @Override
    public boolean idempotent() {
        return false;
    }

    @Override
    public boolean positivelyHomogeneous() {
        return true;
    }

    @Override
    public String saturation() {
        return "0 (left, and right)";
    }

    @Override
    public String source() {
        return "Shang, Sohn, Almeida and Lee 2016";
    }
}
