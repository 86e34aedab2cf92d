package dev.halfwave.experiment;

import java.util.List;
import java.util.Optional;

/**
 * One training with one seed.
 *
 * @param seed what decided first weights, the images' order and dropout
 * @param epochs those that were finished
 * @param course some ten waypoints per epoch
 * @param divergence why training ended early, if a number was no longer finite
 */
public record Run(long seed, List<TrainedEpoch> epochs, List<Waypoint> course, Optional<String> divergence) {
    /** Keeps its own copies of the lists. */
    public Run {
        epochs = List.copyOf(epochs);
        course = List.copyOf(course);
    }

    /**
     * The share of test images classified rightly at the end. A run that diverged counts as guessing.
     *
     * @param classes how many there are to guess from
     */
    public double accuracy(int classes) {
        return divergence.isPresent()
                ? 1.0 / classes
                : 1 - epochs.get(epochs.size() - 1).testError();
    }

    /** The median of its epochs' training times, so that what is done once in the first one does not count; NaN if none was finished. */
    public double secondsPerEpoch() {
        double[] seconds =
                epochs.stream().mapToDouble(TrainedEpoch::seconds).sorted().toArray();
        int half = seconds.length / 2;
        return seconds.length == 0
                ? Double.NaN
                : seconds.length % 2 == 1 ? seconds[half] : (seconds[half - 1] + seconds[half]) / 2;
    }

    /** The first waypoint at which the training error was no higher than this. */
    public Optional<Waypoint> reached(double error) {
        return course.stream().filter(point -> point.error() <= error).findFirst();
    }
}
