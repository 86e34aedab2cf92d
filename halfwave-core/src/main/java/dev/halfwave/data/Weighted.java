package dev.halfwave.data;

import java.util.Arrays;

/**
 * Draws classes by weight and their samples in turn.
 *
 * <p>Each sample is a stretch of a line, as long as its class's weight over the class's size; points at equal distances,
 * begun at random, take the samples that they fall on. A sample is taken as often as it should be to within one, which
 * independent draws would not do.
 */
final class Weighted implements Sampling {
    private final double[] weights;

    /** Without weights all classes weigh the same. */
    Weighted(double... weights) {
        boolean sound = Arrays.stream(weights).allMatch(weight -> weight >= 0 && weight < Double.POSITIVE_INFINITY);
        if (!sound || weights.length > 0 && Arrays.stream(weights).sum() == 0) {
            throw new IllegalArgumentException(
                    "sampling: expected weights of 0 or more that are not all 0, received " + Arrays.toString(weights));
        }
        this.weights = weights.clone();
    }

    @Override
    public int[] order(Dataset dataset, long seed, int epoch) {
        double[] each = sampleWeights(dataset);
        SplitMix random = new SplitMix(seed, epoch, 1);
        int[] line = random.permutation(each.length);
        double total = Arrays.stream(each).sum();
        double start = random.uniform();
        int[] drawn = new int[line.length];
        double end = 0;
        int taken = 0;
        for (int index : line) {
            end += each[index];
            while (taken < drawn.length && (taken + start) * total < end * drawn.length) {
                drawn[taken++] = index;
            }
        }
        Arrays.fill(drawn, taken, drawn.length, taken == 0 ? line[0] : drawn[taken - 1]); // what rounding leaves
        return shuffled(drawn, random);
    }

    private static int[] shuffled(int[] drawn, SplitMix random) {
        int[] places = random.permutation(drawn.length);
        return Arrays.stream(places).map(place -> drawn[place]).toArray();
    }

    private double[] sampleWeights(Dataset dataset) {
        int classes = dataset.classes().size();
        if (weights.length > 0 && weights.length != classes) {
            throw new IllegalArgumentException("sampling: expected a weight for each of the " + classes + " classes of "
                    + dataset.name() + ", received " + weights.length);
        }
        int[] sizes = new int[classes];
        for (int i = 0; i < dataset.size(); i++) {
            sizes[dataset.label(i)]++;
        }
        double[] each = new double[dataset.size()];
        for (int i = 0; i < each.length; i++) {
            int label = dataset.label(i);
            each[i] = (weights.length == 0 ? 1 : weights[label]) / sizes[label];
        }
        if (Arrays.stream(each).sum() == 0) {
            throw new IllegalArgumentException("sampling: expected a weight above 0 for a class that " + dataset.name()
                    + " has, received " + Arrays.toString(weights));
        }
        return each;
    }
}
