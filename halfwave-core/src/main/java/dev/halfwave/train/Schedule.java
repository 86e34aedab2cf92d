package dev.halfwave.train;

/**
 * How the learning rate changes while training. To add one: a record in this package, and its line in {@link
 * Schedules}.
 */
public interface Schedule {
    /** What users call it, as in {@code cosine}. */
    String name();

    /**
     * What the base rate is multiplied by.
     *
     * @param progress the share of all steps that is done, from 0 to below 1
     */
    double factor(double progress);

    /**
     * How many times an optimizer's usual rate this schedule takes as its base: 1 unless it stays at the base only
     * briefly.
     */
    default double usualBase() {
        return 1;
    }
}
