package dev.halfwave.train;

/**
 * From the full rate down to zero along half a cosine: {@code (1 + cos(π·p)) / 2}.
 *
 * @param warmup the share of the steps spent warming up before, from 0 to below 1; 0 by default
 * @see <a href="https://arxiv.org/abs/1608.03983">Loshchilov and Hutter 2017, equation 5, without restarts</a>
 */
public record Cosine(double warmup) implements WarmSchedule {

    /** @throws IllegalArgumentException if the warm-up is out of range */
    public Cosine {
        WarmSchedule.checkWarmup("cosine", warmup);
    }

    /** Without warm-up. */
    public Cosine() {
        this(0);
    }

    @Override
    public String name() {
        return "cosine";
    }

    @Override
    public double course(double progress) {
        return (1 + StrictMath.cos(Math.PI * progress)) / 2;
    }
}
