package dev.halfwave.train;

/**
 * From a fraction of the rate up to all of it and down to almost nothing, both along half a cosine.
 *
 * @param rise the share of the steps spent rising, in (0, 1); 0.3 by default
 * @param start the factor to start from; 1/25 by default
 * @param end the factor to end at; 1e-4 by default
 * @see <a href="https://arxiv.org/abs/1708.07120">Smith and Topin 2018</a>
 */
public record OneCycle(double rise, double start, double end) implements Schedule {

    /** @throws IllegalArgumentException if a number is out of range */
    public OneCycle {
        if (!(rise > 0 && rise < 1 && start > 0 && end >= 0)) {
            throw new IllegalArgumentException(
                    "one-cycle: expected a rise between 0 and 1, a start above 0 and an end of 0"
                            + " or more, received " + rise + ", " + start + ", " + end);
        }
    }

    /** With the usual numbers. */
    public OneCycle() {
        this(0.3, 0.04, 1e-4);
    }

    @Override
    public String name() {
        return "one-cycle";
    }

    @Override
    public double factor(double progress) {
        return progress < rise ? blend(start, 1, progress / rise) : blend(1, end, (progress - rise) / (1 - rise));
    }

    @Override
    public double usualBase() {
        return 3;
    }

    private static double blend(double from, double to, double share) {
        return to + (from - to) * (1 + StrictMath.cos(Math.PI * share)) / 2;
    }
}
