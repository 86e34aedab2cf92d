package dev.halfwave.claims;

import java.util.List;
import java.util.stream.IntStream;

/**
 * Repetitions of one trial.
 *
 * @param trial what was repeated
 * @param courses how it went, one per seed
 */
record Runs(Trial trial, List<Trial.Course> courses) {
    /** With seeds from 1 on. */
    static Runs of(Trial trial, int seeds) {
        return new Runs(
                trial, IntStream.rangeClosed(1, seeds).mapToObj(trial::run).toList());
    }

    /** The test accuracies at the end. */
    double[] accuracies() {
        return courses.stream().mapToDouble(Trial.Course::accuracy).toArray();
    }

    /** Their mean with its interval. */
    Spread accuracy() {
        return Spread.of(accuracies());
    }

    /** By how much these are better than others with the same seeds. */
    Spread above(Runs others) {
        return Spread.ofDifferences(accuracies(), others.accuracies());
    }

    /** The mean over seeds of the test accuracy after every epoch. */
    double[] curve() {
        return IntStream.rangeClosed(1, trial.epochs())
                .mapToDouble(epoch -> courses.stream()
                        .mapToDouble(course -> course.accuracy(epoch))
                        .average()
                        .orElseThrow())
                .toArray();
    }
}
