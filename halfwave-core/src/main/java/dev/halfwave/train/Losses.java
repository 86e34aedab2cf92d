package dev.halfwave.train;

import dev.halfwave.name.Names;
import java.util.List;

/** Finds losses by name. */
public final class Losses {
    private static final List<Loss> KNOWN = List.of(new SoftmaxLoss(), new SvmLoss());

    private Losses() {}

    /** All names. */
    public static List<String> names() {
        return KNOWN.stream().map(Loss::name).toList();
    }

    /**
     * The loss of the given name.
     *
     * @throws IllegalArgumentException if the name is unknown; the nearest one is suggested
     */
    public static Loss of(String name) {
        return KNOWN.stream()
                .filter(loss -> loss.name().equals(name))
                .findFirst()
                .orElseThrow(() -> Names.unknown("loss", name, names()));
    }
}
