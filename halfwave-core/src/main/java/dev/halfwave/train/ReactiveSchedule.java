package dev.halfwave.train;

import java.util.List;

/**
 * A schedule that also follows how well training goes: after every epoch it is told the loss on the validation part. It is
 * a pure description; what it remembers is a list of numbers that the trainer keeps, and checkpoints.
 */
public interface ReactiveSchedule extends Schedule {
    /** What it remembers before the first epoch. */
    List<Double> begin();

    /** What it remembers after an epoch with the given validation loss. */
    List<Double> after(List<Double> memory, double loss);

    /** What the rate is multiplied by, besides {@link #factor}. */
    double scale(List<Double> memory);
}
