package dev.halfwave.train;

import java.util.stream.DoubleStream;

/**
 * The mean of a few measurements and how far the true mean may be from it: mean ± t·s/√n, where s is their standard
 * deviation and t the quantile of Student's distribution with n − 1 degrees of freedom that leaves 2.5 % on each side.
 *
 * <p>It covers the true mean in 95 % of cases if the measurements are independent and bell-shaped. Scores of
 * cross-validation are not independent, for the folds share their training samples; there it is a rough guide.
 *
 * @param mean their mean
 * @param deviation s, with n − 1 in the denominator
 * @param reach t·s/√n
 * @param count n
 * @see <a href="https://www.jmlr.org/papers/v5/grandvalet04a.html">Bengio and Grandvalet 2004, on cross-validation</a>
 */
public record MeanInterval(double mean, double deviation, double reach, int count) {
    private static final double ONE_SIDE = 0.975;

    /**
     * The interval of some measurements.
     *
     * @throws IllegalArgumentException if there are fewer than 2
     */
    public static MeanInterval of(double... values) {
        int n = values.length;
        if (n < 2) {
            throw new IllegalArgumentException("interval: expected 2 measurements or more, received " + n
                    + "; one says nothing about how far they vary");
        }
        double mean = DoubleStream.of(values).sum() / n;
        double squares =
                DoubleStream.of(values).map(x -> (x - mean) * (x - mean)).sum();
        double deviation = Math.sqrt(squares / (n - 1));
        double reach = StudentT.quantile(ONE_SIDE, n - 1) * deviation / Math.sqrt(n);
        return new MeanInterval(mean, deviation, reach, n);
    }
}
