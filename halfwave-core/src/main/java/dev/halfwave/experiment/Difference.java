package dev.halfwave.experiment;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/**
 * How much better one thing did than another over the same seeds, and whether that may be believed.
 *
 * <p>Several comparisons are made at once, and of twenty without any difference one would seem decided by chance. So the
 * chances are adjusted by Holm's step-down: sorted, the k-th smallest of m counts m − k + 1 times.
 *
 * @param estimate of the paired difference, above 0 if it did better
 * @param chance of a difference this large where there is none, adjusted for the number of comparisons
 * @param comparisons how many were made
 * @see <a href="https://www.jstor.org/stable/4615733">Holm 1979</a>
 */
public record Difference(Estimate estimate, double chance, int comparisons) {
    private static final double ERROR = 1 - Estimate.CONFIDENCE;
    private static final int MOST_SEEDS = 10_000;

    /** What may be said. */
    public enum Verdict {
        BETTER,
        WORSE,
        CANNOT_TELL
    }

    /** What may be said of differences that are all looked at. */
    public static List<Difference> of(List<Estimate> estimates) {
        int m = estimates.size();
        double[] adjusted = new double[m];
        double least = 0;
        List<Integer> order = IntStream.range(0, m)
                .boxed()
                .sorted(Comparator.comparingDouble(i -> estimates.get(i).chance()))
                .toList();
        for (int k = 0; k < m; k++) {
            int i = order.get(k);
            least = Math.max(least, Math.min(1, (m - k) * estimates.get(i).chance()));
            adjusted[i] = least;
        }
        List<Difference> differences = new ArrayList<>();
        for (int i = 0; i < m; i++) {
            differences.add(new Difference(estimates.get(i), adjusted[i], m));
        }
        return differences;
    }

    /** Better or worse only if fewer than 5 of 100 experiments without any difference would say so of any of theirs. */
    public Verdict verdict() {
        if (!(chance < ERROR)) {
            return Verdict.CANNOT_TELL;
        }
        return estimate.mean() > 0 ? Verdict.BETTER : Verdict.WORSE;
    }

    /** Whether the difference would count if it were the only one that is looked at. */
    public boolean alone() {
        return estimate.chance() < ERROR;
    }

    /**
     * About how many seeds it would take to decide, should the difference and its spread be as they seem: the fewest whose
     * interval, widened for the number of comparisons, leaves out zero. None if there seems to be no difference at all, the
     * spread is unknown, or it would take more than 10,000.
     */
    public OptionalInt seedsNeeded() {
        if (estimate.mean() == 0 || !decides(MOST_SEEDS)) {
            return OptionalInt.empty();
        }
        int low = 1;
        int high = MOST_SEEDS;
        while (high - low > 1) {
            int middle = (low + high) / 2;
            if (decides(middle)) {
                high = middle;
            } else {
                low = middle;
            }
        }
        return OptionalInt.of(high);
    }

    private boolean decides(int seeds) {
        double margin = new Estimate(estimate.mean(), estimate.deviation(), seeds).margin(1 - ERROR / comparisons);
        return margin < Math.abs(estimate.mean());
    }
}
