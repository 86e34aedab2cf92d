package dev.halfwave.train;

import java.util.List;

/**
 * Multiplies the rate by a factor whenever the validation loss has not improved for more than {@code patience} epochs; a
 * loss improves if it is below {@code best·(1 − threshold)}. Needs a validation part.
 *
 * @param factor above 0, below 1; 0.1 by default
 * @param patience epochs without improvement that are borne, 0 or more; 10 by default
 * @param threshold how much better counts, as a share of the best loss, from 0 to below 1; 1e-4 by default
 * @param cooldown epochs after a reduction in which nothing is counted, 0 or more; 0 by default
 * @param least the rate never falls below this share of the base rate, from 0 to 1; 0 by default
 * @param warmup the share of the steps spent warming up before, from 0 to below 1; 0 by default
 */
public record Plateau(double factor, int patience, double threshold, int cooldown, double least, double warmup)
        implements WarmSchedule, ReactiveSchedule {
    private static final int BEST = 0;
    private static final int BAD = 1;
    private static final int REST = 2;
    private static final int SCALE = 3;

    /** @throws IllegalArgumentException if a number is out of range */
    public Plateau {
        if (!(factor > 0 && factor < 1 && threshold >= 0 && threshold < 1 && least >= 0 && least <= 1)
                || patience < 0
                || cooldown < 0) {
            throw new IllegalArgumentException(
                    "plateau: expected a factor above 0 and below 1, a patience and a cooldown"
                            + " of 0 or more epochs, a threshold from 0 to below 1 and a least factor from 0 to 1, received "
                            + factor + ", " + patience + ", " + cooldown + ", " + threshold + ", " + least);
        }
        WarmSchedule.checkWarmup("plateau", warmup);
    }

    /** With the usual numbers. */
    public Plateau() {
        this(0.1, 10, 1e-4, 0, 0, 0);
    }

    @Override
    public String name() {
        return "plateau";
    }

    @Override
    public double course(double progress) {
        return 1;
    }

    @Override
    public List<Double> begin() {
        return List.of(Double.POSITIVE_INFINITY, 0.0, 0.0, 1.0);
    }

    @Override
    public List<Double> after(List<Double> memory, double loss) {
        boolean better = loss < memory.get(BEST) * (1 - threshold);
        double best = better ? loss : memory.get(BEST);
        boolean resting = memory.get(REST) > 0;
        double rest = resting ? memory.get(REST) - 1 : 0;
        double bad = better || resting ? 0 : memory.get(BAD) + 1;
        if (bad <= patience) {
            return List.of(best, bad, rest, memory.get(SCALE));
        }
        return List.of(best, 0.0, (double) cooldown, Math.max(least, memory.get(SCALE) * factor));
    }

    @Override
    public double scale(List<Double> memory) {
        return memory.get(SCALE);
    }
}
