package dev.halfwave.train;

import dev.halfwave.name.Names;
import java.util.List;

/** Finds schedules by name. */
public final class Schedules {
    private static final List<Schedule> KNOWN = List.of(new Constant(), new Cosine(), new OneCycle());

    private Schedules() {}

    /** All names. */
    public static List<String> names() {
        return KNOWN.stream().map(Schedule::name).toList();
    }

    /**
     * The schedule of the given name.
     *
     * @throws IllegalArgumentException if the name is unknown; the nearest one is suggested
     */
    public static Schedule of(String name) {
        return KNOWN.stream()
                .filter(schedule -> schedule.name().equals(name))
                .findFirst()
                .orElseThrow(() -> Names.unknown("schedule", name, names()));
    }
}
