package dev.halfwave.train;

import dev.halfwave.name.Names;
import java.util.List;

/** Finds optimizers by name. */
public final class Optimizers {
    private static final List<Optimizer> KNOWN =
            List.of(new Sgd(0.9, false, 0), new Sgd(0.9, true, 0), Adam.usual(), Adam.withDecoupledDecay());

    private Optimizers() {}

    /** All names. */
    public static List<String> names() {
        return KNOWN.stream().map(Optimizer::name).toList();
    }

    /**
     * The optimizer of the given name.
     *
     * @throws IllegalArgumentException if the name is unknown; the nearest one is suggested
     */
    public static Optimizer of(String name) {
        return KNOWN.stream()
                .filter(optimizer -> optimizer.name().equals(name))
                .findFirst()
                .orElseThrow(() -> Names.unknown("optimizer", name, names()));
    }
}
