package dev.halfwave.bench.side;

import dev.halfwave.bench.work.Median;
import java.util.Arrays;
import java.util.Collection;
import java.util.function.ToDoubleFunction;

/**
 * How much more a peer takes than Halfwave, over several rounds: above 1, Halfwave is ahead.
 *
 * @param median of the rounds' ratios
 * @param low the lowest
 * @param high the highest
 * @param halfwave the median of Halfwave's rounds
 * @param peer the median of the peer's
 */
record Ratio(double median, double low, double high, double halfwave, double peer) {
    /** Of rounds in pairs. */
    static Ratio of(double[] halfwave, double[] peer) {
        double[] ratios = new double[halfwave.length];
        Arrays.setAll(ratios, i -> peer[i] / halfwave[i]);
        return new Ratio(
                Median.of(ratios),
                Arrays.stream(ratios).min().orElse(Double.NaN),
                Arrays.stream(ratios).max().orElse(Double.NaN),
                Median.of(halfwave),
                Median.of(peer));
    }

    /** The geometric mean of each number. */
    static Ratio mean(Collection<Ratio> ratios) {
        return new Ratio(
                mean(ratios, Ratio::median),
                mean(ratios, Ratio::low),
                mean(ratios, Ratio::high),
                mean(ratios, Ratio::halfwave),
                mean(ratios, Ratio::peer));
    }

    private static double mean(Collection<Ratio> ratios, ToDoubleFunction<Ratio> number) {
        return Math.exp(
                ratios.stream().mapToDouble(number).map(Math::log).average().orElse(Double.NaN));
    }
}
