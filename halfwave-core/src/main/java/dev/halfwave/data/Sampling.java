package dev.halfwave.data;

/** Which samples an epoch has, and in which order: a function of the dataset's labels, the seed and the epoch alone. */
@FunctionalInterface
public interface Sampling {
    /** Every sample once, in the dataset's own order. */
    Sampling IN_ORDER = (dataset, seed, epoch) -> SplitMix.identity(dataset.size());

    /** Every sample once, in random order. */
    Sampling SHUFFLED = (dataset, seed, epoch) -> new SplitMix(seed, epoch).permutation(dataset.size());

    /** As many samples as there are, every class equally often, in random order; see {@link #weighted}. */
    Sampling BALANCED = new Weighted();

    /**
     * The samples of one epoch.
     *
     * @return as many indices as the dataset has samples
     */
    int[] order(Dataset dataset, long seed, int epoch);

    /**
     * As many samples as there are, each class as often as its weight says, in random order.
     *
     * <p>A class's share of the epoch is its weight over the sum of all. Its samples take turns: within an epoch one may
     * come once more than another of its class, but not twice; which ones do is drawn anew in every epoch.
     *
     * @param weights one for each class, 0 or more
     * @throws IllegalArgumentException if a weight is negative or not finite, or all are 0
     */
    static Sampling weighted(double... weights) {
        return new Weighted(weights);
    }
}
