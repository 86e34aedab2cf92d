package dev.halfwave.cli;

import dev.halfwave.kernel.Kernels;
import dev.halfwave.kernel.Providers;
import picocli.CommandLine.Option;

/** Whether a command may use algorithms that are faster and round more. */
final class Exactness {
    static final String OPTION = "--exact";

    @Option(
            names = OPTION,
            description =
                    "Round as plain sums do: without Winograd's convolution, which is faster and whose error is four"
                            + " to five times as large.")
    private boolean exact;

    boolean wanted() {
        return exact;
    }

    /** What to compute with. */
    Kernels kernels() {
        return exact ? Providers.active().exact() : Providers.active();
    }
}
