package dev.halfwave.train;

/**
 * Student's t distribution with a whole number of degrees of freedom.
 *
 * @see <a href="https://personal.math.ubc.ca/~cbm/aands/page_948.htm">Abramowitz and Stegun, 26.7.3 and 26.7.4</a>
 */
final class StudentT {
    private static final int HALVINGS = 200;

    private StudentT() {}

    /**
     * The probability of a value within ±t: with θ = atan(t/√ν), a finite sum of powers of cos θ.
     *
     * @param t 0 or more
     * @param freedom ν, 1 or more
     */
    static double within(double t, int freedom) {
        double theta = Math.atan(t / Math.sqrt(freedom));
        double sin = Math.sin(theta);
        double squared = Math.cos(theta) * Math.cos(theta);
        boolean odd = freedom % 2 == 1;
        double term = odd ? Math.cos(theta) : 1;
        double sum = freedom == 1 ? 0 : term;
        for (int i = odd ? 2 : 1; i <= freedom - 3; i += 2) {
            term *= squared * i / (i + 1);
            sum += term;
        }
        return odd ? 2 / Math.PI * (theta + sin * sum) : sin * sum;
    }

    /** The t below which a value lies with probability p, from ½ to below 1; by halving. */
    static double quantile(double p, int freedom) {
        double low = 0;
        double high = 1;
        while (within(high, freedom) < 2 * p - 1) {
            high *= 2;
        }
        for (int i = 0; i < HALVINGS; i++) {
            double middle = (low + high) / 2;
            boolean below = within(middle, freedom) < 2 * p - 1;
            low = below ? middle : low;
            high = below ? high : middle;
        }
        return high;
    }
}
