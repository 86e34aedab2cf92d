package dev.halfwave.train;

/**
 * Down along a polynomial: {@code end + (1 − end)·(1 − p)^power}; a straight line by default.
 *
 * @param power above 0; 1 by default, 0.9 in the source
 * @param end the factor to end at, from 0 to 1; 0 by default
 * @param warmup the share of the steps spent warming up before, from 0 to below 1; 0 by default
 * @see <a href="https://arxiv.org/abs/1606.00915">Chen et al. 2017, section 4.1, the "poly" policy</a>
 */
public record Polynomial(double power, double end, double warmup) implements WarmSchedule {

    /** @throws IllegalArgumentException if a number is out of range */
    public Polynomial {
        if (!(power > 0 && power < Double.POSITIVE_INFINITY && end >= 0 && end <= 1)) {
            throw new IllegalArgumentException(
                    "polynomial: expected a power above 0 and an end from 0 to 1, received " + power + " and " + end);
        }
        WarmSchedule.checkWarmup("polynomial", warmup);
    }

    /** A straight line to zero. */
    public Polynomial() {
        this(1, 0, 0);
    }

    @Override
    public String name() {
        return "polynomial";
    }

    @Override
    public double course(double progress) {
        return end + (1 - end) * StrictMath.pow(Math.max(0, 1 - progress), power);
    }
}
