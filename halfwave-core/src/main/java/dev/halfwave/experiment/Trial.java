package dev.halfwave.experiment;

/**
 * How a learning rate did while tuning.
 *
 * @param rate the learning rate
 * @param error the share of validation images classified wrongly; NaN if training diverged
 * @param loss the mean loss on them; NaN if training diverged
 */
public record Trial(double rate, double error, double loss) {
    /** A rate at which numbers were no longer finite. */
    static Trial diverged(double rate) {
        return new Trial(rate, Double.NaN, Double.NaN);
    }

    /** Whether training ended because a number was no longer finite. */
    public boolean diverged() {
        return Double.isNaN(error);
    }
}
