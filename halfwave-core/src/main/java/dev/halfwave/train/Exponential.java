package dev.halfwave.train;

/**
 * Down by the same share in every step: {@code end^p}.
 *
 * @param end the factor to end at, above 0 and at most 1; 0.01 by default
 * @param warmup the share of the steps spent warming up before, from 0 to below 1; 0 by default
 * @see <a href="https://doi.org/10.1109/ICASSP.2013.6638963">Senior et al. 2013, exponential scheduling</a>
 */
public record Exponential(double end, double warmup) implements WarmSchedule {

    /** @throws IllegalArgumentException if a number is out of range */
    public Exponential {
        if (!(end > 0 && end <= 1)) {
            throw new IllegalArgumentException(
                    "exponential: expected an end above 0 and at most 1, received " + end + "; 0.01 is usual");
        }
        WarmSchedule.checkWarmup("exponential", warmup);
    }

    /** Down to a hundredth. */
    public Exponential() {
        this(0.01, 0);
    }

    @Override
    public String name() {
        return "exponential";
    }

    @Override
    public double course(double progress) {
        return StrictMath.pow(end, progress);
    }
}
