package dev.halfwave.train;

import dev.halfwave.name.Names;
import java.util.Arrays;
import java.util.List;

/** What says which of two epochs left the better model. */
public enum Criterion {
    /** The mean loss on the validation part; less is better. */
    VALIDATION_LOSS("validation-loss", true, true),

    /** The share of the validation part that is classified rightly; more is better. */
    VALIDATION_ACCURACY("validation-accuracy", true, false),

    /** The mean loss while training; less is better. */
    LOSS("loss", false, true),

    /** The share of samples classified rightly while training; more is better. */
    ACCURACY("accuracy", false, false);

    private final String text;
    private final boolean validating;
    private final boolean less;

    Criterion(String text, boolean validating, boolean less) {
        this.text = text;
        this.validating = validating;
        this.less = less;
    }

    /** All names. */
    public static List<String> names() {
        return Arrays.stream(values()).map(criterion -> criterion.text).toList();
    }

    /**
     * The criterion of the given name, as in {@code validation-loss}.
     *
     * @throws IllegalArgumentException if the name is unknown; the nearest one is suggested
     */
    public static Criterion of(String name) {
        return Arrays.stream(values())
                .filter(criterion -> criterion.text.equals(name))
                .findFirst()
                .orElseThrow(() -> Names.unknown("criterion", name, names()));
    }

    private static Score validation(EpochReport report) {
        return report.validation()
                .orElseThrow(() -> new IllegalArgumentException("epoch " + report.epoch()
                        + ": expected a score on a validation part, received none; call Trainer.validateOn, or go by "
                        + LOSS.text));
    }

    /** Whether it takes a validation part. */
    public boolean needsValidation() {
        return validating;
    }

    /**
     * The number that an epoch is judged by.
     *
     * @throws IllegalArgumentException if it takes a validation part and there was none
     */
    public double of(EpochReport report) {
        return switch (this) {
            case VALIDATION_LOSS -> validation(report).loss();
            case VALIDATION_ACCURACY -> validation(report).accuracy();
            case LOSS -> report.loss();
            case ACCURACY -> report.accuracy();
        };
    }

    /** What every number is better than. */
    public double worst() {
        return less ? Double.POSITIVE_INFINITY : Double.NEGATIVE_INFINITY;
    }

    /** Whether a number is better than the best so far, by more than the given amount; what is no number is not. */
    public boolean improves(double candidate, double best, double by) {
        return less ? candidate < best - by : candidate > best + by;
    }

    @Override
    public String toString() {
        return text;
    }
}
