package dev.halfwave.activation;

/**
 * A set of numbers between two bounds, each of which may belong to it or not.
 *
 * @param low the lower bound, possibly −∞
 * @param high the upper bound, possibly +∞
 * @param lowIncluded whether the lower bound itself is taken
 * @param highIncluded whether the upper bound itself is taken
 */
public record Interval(double low, double high, boolean lowIncluded, boolean highIncluded) {

    /** All numbers. */
    public static final Interval ALL = open(Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY);

    /** Both bounds included. */
    public static Interval closed(double low, double high) {
        return new Interval(low, high, true, true);
    }

    /** Neither bound included. */
    public static Interval open(double low, double high) {
        return new Interval(low, high, false, false);
    }

    /** Everything from {@code low} on, itself included. */
    public static Interval from(double low) {
        return new Interval(low, Double.POSITIVE_INFINITY, true, false);
    }

    /** Everything above {@code low}, itself excluded. */
    public static Interval above(double low) {
        return open(low, Double.POSITIVE_INFINITY);
    }

    /** Whether the number lies between the bounds or on one, included or not: rounding reaches open bounds. */
    public boolean covers(double number) {
        return number >= low && number <= high;
    }

    /** As in {@code [0, ∞)}, with four digits. */
    @Override
    public String toString() {
        return (lowIncluded ? "[" : "(") + FormulaText.number(low) + ", " + FormulaText.number(high)
                + (highIncluded ? "]" : ")");
    }
}
