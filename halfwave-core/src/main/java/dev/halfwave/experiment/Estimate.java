package dev.halfwave.experiment;

import java.util.Arrays;
import java.util.List;

/**
 * What a few runs say about the mean of all runs: their mean, give or take a margin.
 *
 * <p>The interval {@code mean ± t·deviation / √count} holds the mean of all runs in 95 of 100 such experiments, if runs are
 * about normally distributed.
 *
 * @param mean of the runs
 * @param deviation their standard deviation, divided by count − 1; NaN for a single run
 * @param count how many runs there were, 1 or more
 * @see StudentT
 */
public record Estimate(double mean, double deviation, int count) {
    /** The confidence of all intervals. */
    public static final double CONFIDENCE = 0.95;

    /** @throws IllegalArgumentException if there is no run */
    public Estimate {
        if (count < 1) {
            throw new IllegalArgumentException("estimate: expected 1 value or more, received " + count);
        }
    }

    /** From one value per run. */
    public static Estimate of(double... values) {
        double mean = Arrays.stream(values).average().orElse(Double.NaN);
        double squares = Arrays.stream(values).map(v -> (v - mean) * (v - mean)).sum();
        double deviation = values.length == 1 ? Double.NaN : Math.sqrt(squares / (values.length - 1));
        return new Estimate(mean, deviation, values.length);
    }

    /** From one value per run. */
    public static Estimate of(List<Double> values) {
        return of(values.stream().mapToDouble(v -> v).toArray());
    }

    /** Half the width of the interval; infinite for a single run. */
    public double margin() {
        return margin(CONFIDENCE);
    }

    /** The same with another confidence between 0 and 1. */
    public double margin(double confidence) {
        return count == 1
                ? Double.POSITIVE_INFINITY
                : new StudentT(count - 1).quantile(confidence) * deviation / Math.sqrt(count);
    }

    /** The lower end of the interval. */
    public double low() {
        return mean - margin();
    }

    /** The upper end of the interval. */
    public double high() {
        return mean + margin();
    }

    /** How probable a mean at least this far from zero would be if the mean of all runs were zero; 1 for a single run. */
    public double chance() {
        if (count == 1 || mean == 0) {
            return 1;
        }
        return 1 - new StudentT(count - 1).within(mean / deviation * Math.sqrt(count));
    }

    /** The same runs, taken to vary at least so much. */
    Estimate varyingAtLeast(double least) {
        return new Estimate(mean, Math.max(deviation, least), count); // of NaN and a number, max takes NaN
    }
}
