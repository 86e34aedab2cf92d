package dev.halfwave.train;

/**
 * Half a cosine down from the full rate, several times, each time longer: {@code end + (1 − end)·(1 + cos(π·t)) / 2},
 * where t is the share of the cycle at hand that is done. The cycles fill the training, so the last one ends with it.
 *
 * @param cycles how often the rate falls, from 1 to 1000; 3 by default
 * @param growth how many times longer each cycle is than the one before, 1 or more; 2 by default
 * @param end the factor to end each cycle at, from 0 to 1; 0 by default
 * @param warmup the share of the steps spent warming up before, from 0 to below 1; 0 by default
 * @see <a href="https://arxiv.org/abs/1608.03983">Loshchilov and Hutter 2017, equation 5; growth is their T_mult</a>
 */
public record WarmRestarts(int cycles, double growth, double end, double warmup) implements WarmSchedule {
    /** What rounding may take from a cycle's share of the steps. */
    private static final double SLACK = 1e-9;

    /** @throws IllegalArgumentException if a number is out of range */
    public WarmRestarts {
        if (!(cycles >= 1 && cycles <= 1000 && growth >= 1 && growth <= 100 && end >= 0 && end <= 1)) {
            throw new IllegalArgumentException("warm-restarts: expected 1 to 1000 cycles, a growth from 1 to 100 and an"
                    + " end from 0 to 1, received " + cycles + ", " + growth + ", " + end);
        }
        WarmSchedule.checkWarmup("warm-restarts", warmup);
    }

    /** Three cycles, each twice as long as the one before. */
    public WarmRestarts() {
        this(3, 2, 0, 0);
    }

    @Override
    public String name() {
        return "warm-restarts";
    }

    @Override
    public double course(double progress) {
        double start = 0;
        double length = first();
        for (int cycle = 1; cycle < cycles && progress >= start + length - SLACK; cycle++) {
            start += length;
            length *= growth;
        }
        double done = Math.max(0, progress - start) / length;
        return end + (1 - end) * (1 + StrictMath.cos(Math.PI * Math.min(1, done))) / 2;
    }

    /** The first cycle's share: one over the sum of 1, growth, growth², …. */
    private double first() {
        double sum = 0;
        for (int cycle = 0; cycle < cycles; cycle++) {
            sum = sum * growth + 1;
        }
        return 1 / sum;
    }
}
