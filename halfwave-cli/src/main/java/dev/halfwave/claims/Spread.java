package dev.halfwave.claims;

import dev.halfwave.experiment.Estimate;

/**
 * A mean over repetitions with its 95 % interval by Student's t.
 *
 * @param mean the mean
 * @param halfWidth how far the interval reaches to each side
 */
record Spread(double mean, double halfWidth) {
    /**
     * Of independent numbers.
     *
     * @throws IllegalArgumentException if there are fewer than 2
     */
    static Spread of(double... values) {
        if (values.length < 2) {
            throw new IllegalArgumentException("spread: expected 2 numbers or more, received " + values.length);
        }
        Estimate estimate = Estimate.of(values);
        return new Spread(estimate.mean(), estimate.margin());
    }

    /** Of the differences between numbers that belong together. */
    static Spread ofDifferences(double[] these, double[] those) {
        double[] differences = new double[these.length];
        for (int i = 0; i < differences.length; i++) {
            differences[i] = these[i] - those[i];
        }
        return of(differences);
    }

    /** Whether the whole interval lies above a number. */
    boolean isAbove(double number) {
        return mean - halfWidth > number;
    }

    /** In points of a hundred, as in {@code +1.20 ± 0.31}. */
    String points() {
        return Texts.format("%+.2f ± %.2f", 100 * mean, 100 * halfWidth);
    }

    /** In per cent, as in {@code 97.20 % ± 0.31}. */
    String percent() {
        return Texts.format("%.2f %% ± %.2f", 100 * mean, 100 * halfWidth);
    }
}
