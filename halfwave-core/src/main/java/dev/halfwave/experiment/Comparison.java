package dev.halfwave.experiment;

import java.util.List;
import java.util.stream.IntStream;

/**
 * What a comparison of activations came to.
 *
 * @param plan how it was made
 * @param contestants one per activation, in the plan's order; the first is what the others are compared with
 * @param testImages how many images accuracies were measured on
 */
public record Comparison(ComparisonPlan plan, List<Contestant> contestants, int testImages) {
    /** Keeps its own copy of the list. */
    public Comparison {
        contestants = List.copyOf(contestants);
    }

    /** What the others are compared with. */
    public Contestant baseline() {
        return contestants.get(0);
    }

    /**
     * How much more accurate each of the others was than the first, over the same seeds.
     *
     * <p>An accuracy is a whole number of images, which by itself spreads a difference by 1 / √6 images. Differences that
     * seem to vary less than that, as few and coarse ones can, are taken to vary so much.
     */
    public List<Difference> differences() {
        double grain = 1 / (Math.sqrt(6) * testImages);
        return Difference.of(contestants.stream()
                .skip(1)
                .map(other -> Estimate.of(gains(other)).varyingAtLeast(grain))
                .toList());
    }

    private double[] gains(Contestant other) {
        return IntStream.range(0, other.runs().size())
                .mapToDouble(i -> other.runs().get(i).accuracy(other.classes())
                        - baseline().runs().get(i).accuracy(other.classes()))
                .toArray();
    }
}
