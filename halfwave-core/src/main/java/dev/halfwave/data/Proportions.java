package dev.halfwave.data;

import java.util.Arrays;

/**
 * Chooses part of a dataset so that every class is represented as in the whole.
 *
 * <p>The k-th of a class's c samples stands at (k + ½) / c of the way; whatever part of the way is taken, it holds the
 * same part of every class, to within one sample, and exactly as many samples as asked for.
 */
final class Proportions {
    private Proportions() {}

    /** The indices of {@code count} samples, the earliest of each class, in ascending order. */
    static int[] first(Dataset dataset, int count) {
        int[] order = SplitMix.identity(dataset.size());
        return ascending(spread(dataset, order), 0, count);
    }

    static Splits split(Dataset dataset, double fraction, long seed) {
        if (!(fraction > 0 && fraction < 1)) {
            throw new IllegalArgumentException(
                    dataset.name() + ": expected a fraction between 0 and 1, both excluded, received " + fraction);
        }
        int count = (int) Math.round(fraction * dataset.size());
        if (count == 0 || count == dataset.size()) {
            throw new IllegalArgumentException(
                    dataset.name() + ": expected a fraction that leaves samples in both parts, received " + fraction
                            + " of " + dataset.size() + " samples; use more samples or another fraction");
        }
        int[] order = spread(dataset, new SplitMix(seed).permutation(dataset.size()));
        return new Splits(
                dataset.subset(ascending(order, count, order.length)), dataset.subset(ascending(order, 0, count)));
    }

    /** The given order of indices, rearranged so that every beginning of it holds the classes in proportion. */
    private static int[] spread(Dataset dataset, int[] order) {
        int[] ofClass = new int[dataset.classes().size()];
        for (int index : order) {
            ofClass[dataset.label(index)]++;
        }
        int[] seen = new int[ofClass.length];
        long[] keys = new long[order.length];
        for (int i = 0; i < order.length; i++) {
            int label = dataset.label(order[i]);
            double way = (seen[label]++ + 0.5) / ofClass[label];
            keys[i] = (long) (way * (1L << 30)) << 32 | i;
        }
        Arrays.sort(keys);
        return Arrays.stream(keys).mapToInt(key -> order[(int) key]).toArray();
    }

    private static int[] ascending(int[] order, int from, int to) {
        int[] part = Arrays.copyOfRange(order, from, to);
        Arrays.sort(part);
        return part;
    }
}
