package dev.halfwave.train;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * How the loss went while the learning rate rose.
 *
 * @param points one for each update
 * @param diverged whether the sweep ended before its last rate, for the loss had become too large
 */
public record RateSweep(List<Point> points, boolean diverged) {
    /** How far back smoothing looks, as a share of the whole sweep. */
    private static final double LOOKS_BACK = 0.04;

    /** The share of the sweep whose smoothed loss is of too few points to be judged. */
    private static final double SETTLING = 0.1;

    /** Keeps a copy. */
    public RateSweep {
        points = List.copyOf(points);
    }

    /**
     * The loss at one rate.
     *
     * @param rate the learning rate
     * @param loss of the batch, before the update at this rate
     * @param smoothed the losses so far, each weighing k of the next, where 1/(1 − k) is 4 % of the whole sweep's batches
     */
    public record Point(double rate, double loss, double smoothed) {}

    /**
     * Smooths losses: {@code s = k·s + (1 − k)·loss}, divided by {@code 1 − kⁿ} for its start at 0.
     *
     * @param batches of the whole sweep, had it come to its end
     */
    static RateSweep of(List<Double> rates, List<Double> losses, int batches, boolean diverged) {
        List<Point> points = new ArrayList<>();
        double sum = 0;
        for (int i = 0; i < losses.size(); i++) {
            double kept = kept(batches);
            sum = kept * sum + (1 - kept) * losses.get(i);
            points.add(new Point(rates.get(i), losses.get(i), sum / (1 - StrictMath.pow(kept, i + 1.0))));
        }
        return new RateSweep(points, diverged);
    }

    /** How much of the smoothed loss is kept at each point. */
    static double kept(int batches) {
        return 1 - 1 / Math.max(1, LOOKS_BACK * batches);
    }

    /** The point of the lowest smoothed loss. */
    public Optional<Point> lowest() {
        return settled().stream().min(Comparator.comparingDouble(Point::smoothed));
    }

    /**
     * The rate at which the smoothed loss falls fastest over the rate's logarithm, before the lowest loss; none if it never
     * falls.
     */
    public Optional<Point> steepest() {
        List<Point> settled = settled();
        int end = lowest().map(settled::indexOf).orElse(0);
        Optional<Point> best = Optional.empty();
        double steepest = 0;
        for (int i = 1; i < end; i++) {
            double slope = (settled.get(i + 1).smoothed() - settled.get(i - 1).smoothed())
                    / Math.log(settled.get(i + 1).rate() / settled.get(i - 1).rate());
            if (slope < steepest) {
                steepest = slope;
                best = Optional.of(settled.get(i));
            }
        }
        return best;
    }

    private List<Point> settled() {
        return points.subList((int) (SETTLING * points.size()), points.size());
    }
}
