package dev.halfwave.train;

/**
 * A course of the rate that may wait for a linear warm-up: {@code factor(p) = p/w} for p below w, then {@code
 * course((p − w) / (1 − w))}, where w is the share of the steps spent warming up.
 *
 * <p>With a warm-up the very first step is taken at rate 0: it only gathers the optimizer's state.
 *
 * @see <a href="https://arxiv.org/abs/1706.02677">Goyal et al. 2017, section 2.2, gradual warmup</a>
 */
public interface WarmSchedule extends Schedule {
    /** The share of the steps spent warming up, from 0 to below 1; 0 by default. */
    double warmup();

    /**
     * What the base rate is multiplied by once warm.
     *
     * @param progress the share of the steps behind the warm-up that is done, from 0 to below 1
     */
    double course(double progress);

    @Override
    default double factor(double progress) {
        double warm = warmup();
        return progress < warm ? progress / warm : course((progress - warm) / (1 - warm));
    }

    /**
     * Checks a warm-up.
     *
     * @throws IllegalArgumentException if the share is out of range
     */
    static void checkWarmup(String name, double warmup) {
        if (!(warmup >= 0 && warmup < 1)) {
            throw new IllegalArgumentException(
                    name + ": expected a warmup from 0 to below 1, the share of the steps, received " + warmup);
        }
    }
}
