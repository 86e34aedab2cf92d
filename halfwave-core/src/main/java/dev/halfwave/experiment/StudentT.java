package dev.halfwave.experiment;

/**
 * Student's t distribution: how far the mean of a few normal draws strays, in units of its estimated error.
 *
 * <p>For whole degrees of freedom the distribution is a finite sum over θ = atan(t / √ν), so nothing is approximated but
 * by rounding.
 *
 * @param freedom the degrees of freedom ν, 1 or more: one fewer than draws
 * @see <a href="https://doi.org/10.1093/biomet/6.1.1">Student 1908</a>
 * @see <a href="https://personal.math.ubc.ca/~cbm/aands/page_948.htm">Abramowitz and Stegun 1964, 26.7.3 and 26.7.4</a>
 */
public record StudentT(int freedom) {
    /** Halvings of the range of θ, after which nothing is left to halve in double precision. */
    private static final int HALVINGS = 60;

    /** @throws IllegalArgumentException if there is no degree of freedom */
    public StudentT {
        if (freedom < 1) {
            throw new IllegalArgumentException(
                    "student t: expected 1 degree of freedom or more, received " + freedom + "; use two draws or more");
        }
    }

    /** The probability of a value between −t and t. */
    public double within(double t) {
        return withinAngle(StrictMath.atan(Math.abs(t) / Math.sqrt(freedom)));
    }

    private double withinAngle(double angle) {
        double square = StrictMath.cos(angle) * StrictMath.cos(angle);
        boolean odd = freedom % 2 == 1;
        double term = odd ? StrictMath.cos(angle) : 1;
        double sum = 0;
        for (int k = odd ? 1 : 0; k <= freedom - 2; k += 2) {
            sum += term;
            term *= square * (k + 1) / (k + 2);
        }
        double sine = StrictMath.sin(angle);
        return odd ? 2 / Math.PI * (angle + sine * sum) : sine * sum;
    }

    /**
     * The t that so much of the distribution lies within, on both sides: 2.776 for 95 % at 4 degrees of freedom.
     *
     * @param confidence above 0 and below 1
     * @throws IllegalArgumentException if it is not
     */
    public double quantile(double confidence) {
        if (!(confidence > 0 && confidence < 1)) {
            throw new IllegalArgumentException(
                    "student t: expected a confidence between 0 and 1, both excluded, received " + confidence);
        }
        double low = 0;
        double high = Math.PI / 2;
        for (int i = 0; i < HALVINGS; i++) {
            double middle = (low + high) / 2;
            if (withinAngle(middle) < confidence) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return Math.sqrt(freedom) * StrictMath.tan((low + high) / 2);
    }
}
