package dev.halfwave.activation;

/**
 * f(x)ᵢ = 1 for the first of the largest, 0 otherwise; a row with what is not a number is none. Nothing is learnt through it.
 *
 * @see <a href="https://onnx.ai/onnx/operators/onnx__Hardmax.html">ONNX, operator Hardmax</a>
 */
public record Hardmax() implements RowFunction {
    @Override
    public String name() {
        return "hardmax";
    }

    @Override
    public double[] at(double[] x) {
        double largest = Double.NEGATIVE_INFINITY;
        int first = 0;
        for (int i = 0; i < x.length; i++) {
            first = x[i] > largest ? i : first;
            largest = Math.max(largest, x[i]);
        }
        double[] y = new double[x.length];
        for (int i = 0; i < x.length; i++) {
            y[i] = Double.isNaN(largest) ? largest : i == first ? 1 : 0;
        }
        return y;
    }

    @Override
    public double slopeAt(double[] x, int i, int j) {
        return 0;
    }

    @Override
    public String formula() {
        return "1 for the largest xᵢ, else 0";
    }

    @Override
    public String derivativeFormula() {
        return "0";
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
        return false;
    }

    @Override
    public String smoothness() {
        return "jumps where the two largest are equal";
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
        return "0 and 1";
    }

    @Override
    public String source() {
        return "ONNX 2017";
    }
}
