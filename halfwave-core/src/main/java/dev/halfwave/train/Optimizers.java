package dev.halfwave.train;

import dev.halfwave.name.Choices;
import java.util.List;

/** Finds optimizers by name. */
public final class Optimizers {
    private static final Choices<Optimizer> KNOWN = new Choices<>(
            "optimizer",
            Optimizer::name,
            List.of(
                    new Sgd(0.9, false, 0),
                    new Sgd(0.9, true, 0),
                    Adam.usual(),
                    Adam.withDecoupledDecay(),
                    new RmsProp(),
                    new Adagrad(),
                    new NAdam(),
                    new Lion(),
                    new Lamb(),
                    new Muon()));

    private Optimizers() {}

    /** All names. */
    public static List<String> names() {
        return KNOWN.names();
    }

    /**
     * The optimizer of the given name, with its usual numbers or with others, as in {@code adamw(decay=0.1)}.
     *
     * @throws IllegalArgumentException if a name is unknown (the nearest one is suggested) or a number unfit
     */
    public static Optimizer of(String spec) {
        return KNOWN.of(spec);
    }

    /** The text from which {@link #of} makes the same optimizer. */
    public static String spec(Optimizer optimizer) {
        return KNOWN.spec(optimizer);
    }
}
