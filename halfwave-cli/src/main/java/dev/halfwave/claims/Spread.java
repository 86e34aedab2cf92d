package dev.halfwave.claims;

import java.util.Arrays;

/**
 * A mean over repetitions with its 95 % interval by Student's t.
 *
 * @param mean the mean
 * @param halfWidth how far the interval reaches to each side
 */
record Spread(double mean, double halfWidth) {
    /** The 97.5 % points of Student's t for 1, 2, … degrees of freedom. */
    private static final double[] T = {
        12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262, 2.228, 2.201, 2.179, 2.160, 2.145, 2.131, 2.120,
        2.110, 2.101, 2.093
    };

    /**
     * Of independent numbers, 2 to 20 of them.
     *
     * @throws IllegalArgumentException if there are fewer or more
     */
    static Spread of(double... values) {
        if (values.length < 2 || values.length > T.length + 1) {
            throw new IllegalArgumentException(
                    "spread: expected 2 to " + (T.length + 1) + " numbers, received " + values.length);
        }
        double mean = Arrays.stream(values).average().orElseThrow();
        double squares = Arrays.stream(values).map(x -> (x - mean) * (x - mean)).sum();
        double error = Math.sqrt(squares / (values.length - 1) / values.length);
        return new Spread(mean, T[values.length - 2] * error);
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
