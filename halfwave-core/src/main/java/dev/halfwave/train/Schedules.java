package dev.halfwave.train;

import dev.halfwave.name.Choices;
import java.util.List;

/** Finds schedules by name. */
public final class Schedules {
    private static final Choices<Schedule> KNOWN = new Choices<>(
            "schedule",
            Schedule::name,
            List.of(
                    new Constant(),
                    new Cosine(),
                    new OneCycle(),
                    new Stairs(),
                    new Exponential(),
                    new Polynomial(),
                    new WarmRestarts(),
                    new Plateau()));

    private Schedules() {}

    /** All names. */
    public static List<String> names() {
        return KNOWN.names();
    }

    /**
     * The schedule of the given name, with its usual numbers or with others, as in {@code one-cycle(rise=0.2)}.
     *
     * @throws IllegalArgumentException if a name is unknown (the nearest one is suggested) or a number unfit
     */
    public static Schedule of(String spec) {
        return KNOWN.of(spec);
    }

    /** The text from which {@link #of} makes the same schedule. */
    public static String spec(Schedule schedule) {
        return KNOWN.spec(schedule);
    }
}
