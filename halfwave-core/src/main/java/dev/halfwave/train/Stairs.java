package dev.halfwave.train;

/**
 * Down in steps: {@code factor^⌊p / every⌋}.
 *
 * @param every the share of the steps between two falls, above 0 and at most 1; 0.3 by default
 * @param factor what the rate is multiplied by at each fall, above 0 and at most 1; 0.1 by default
 * @param warmup the share of the steps spent warming up before, from 0 to below 1; 0 by default
 * @see <a href="https://arxiv.org/abs/1512.03385">He et al. 2016, section 4.2, to a tenth after 32 000 and
 *     48 000 of 64 000 steps</a>
 */
public record Stairs(double every, double factor, double warmup) implements WarmSchedule {
    /** What rounding may take from a quotient that is whole. */
    private static final double SLACK = 1e-9;

    /** @throws IllegalArgumentException if a number is out of range */
    public Stairs {
        if (!(every > 0 && every <= 1 && factor > 0 && factor <= 1)) {
            throw new IllegalArgumentException("step: expected every, the share of the steps between two falls, and a"
                    + " factor above 0 and at most 1, received " + every + " and " + factor);
        }
        WarmSchedule.checkWarmup("step", warmup);
    }

    /** To a tenth after each 30 % of the steps. */
    public Stairs() {
        this(0.3, 0.1, 0);
    }

    @Override
    public String name() {
        return "step";
    }

    @Override
    public double course(double progress) {
        return StrictMath.pow(factor, Math.floor(progress / every + SLACK));
    }
}
