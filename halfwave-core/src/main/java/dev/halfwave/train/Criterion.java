package dev.halfwave.train;

import dev.halfwave.name.Names;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** What says which of two epochs left the better model. */
public enum Criterion {
    /** The mean loss on the validation part; less is better. */
    VALIDATION_LOSS("validation-loss", true, true, report -> validation(report).loss()),

    /** The share of the validation part that is classified rightly; more is better. */
    VALIDATION_ACCURACY(
            "validation-accuracy", true, false, report -> validation(report).accuracy()),

    /** The mean loss while training; less is better. */
    LOSS("loss", false, true, EpochReport::loss),

    /** The share of samples classified rightly while training; more is better. */
    ACCURACY("accuracy", false, false, EpochReport::accuracy);

    private final String text;
    private final boolean validating;
    private final boolean less;
    private final ToDoubleFunction<EpochReport> value;

    Criterion(String text, boolean validating, boolean less, ToDoubleFunction<EpochReport> value) {
        this.text = text;
        this.validating = validating;
        this.less = less;
        this.value = value;
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
        return value.applyAsDouble(report);
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
