package dev.halfwave.train;

/**
 * The same rate all the time.
 *
 * @param warmup the share of the steps spent warming up before, from 0 to below 1; 0 by default
 */
public record Constant(double warmup) implements WarmSchedule {

    /** @throws IllegalArgumentException if the warm-up is out of range */
    public Constant {
        WarmSchedule.checkWarmup("constant", warmup);
    }

    /** Without warm-up. */
    public Constant() {
        this(0);
    }

    @Override
    public String name() {
        return "constant";
    }

    @Override
    public double course(double progress) {
        return 1;
    }
}
