package dev.halfwave.train;

import java.util.List;

/**
 * What a schedule was told so far, and what it remembers of it.
 *
 * @param epochs how many epochs' validation losses it was told
 * @param memory its own, empty if it takes no notice
 */
public record Feedback(int epochs, List<Double> memory) {
    /** Keeps a copy. */
    public Feedback {
        memory = List.copyOf(memory);
    }

    /** Nothing told yet. */
    static Feedback begin(Schedule schedule) {
        return new Feedback(0, schedule instanceof ReactiveSchedule reactive ? reactive.begin() : List.of());
    }

    /** After another epoch. */
    Feedback after(Schedule schedule, double loss) {
        return schedule instanceof ReactiveSchedule reactive
                ? new Feedback(epochs + 1, reactive.after(memory, loss))
                : this;
    }

    /** What the rate is multiplied by. */
    double scale(Schedule schedule) {
        return schedule instanceof ReactiveSchedule reactive ? reactive.scale(memory) : 1;
    }
}
