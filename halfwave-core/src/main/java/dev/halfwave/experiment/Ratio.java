package dev.halfwave.experiment;

/**
 * How many times one quantity is another, over pairs: the geometric mean of their ratios.
 *
 * @param log an estimate of the ratio's natural logarithm
 */
public record Ratio(Estimate log) {
    /** The geometric mean. */
    public double mean() {
        return Math.exp(log.mean());
    }

    /** The lower end of its interval; 0 for a single pair. */
    public double low() {
        return Math.exp(log.low());
    }

    /** The upper end of its interval; infinite for a single pair. */
    public double high() {
        return Math.exp(log.high());
    }

    /** How many pairs there were. */
    public int pairs() {
        return log.count();
    }
}
