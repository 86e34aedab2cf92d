package dev.halfwave.cli;

import dev.halfwave.data.augment.Augmentations;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The option that says how images are changed at random. */
final class AugmentOptions {
    static final String OPTION = "--augment";

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    @Option(
            names = OPTION,
            paramLabel = "CHAIN",
            completionCandidates = KnownNames.OfAugmentations.class,
            description =
                    "Change images at random, anew in every epoch: ${COMPLETION-CANDIDATES}; several with plus signs,"
                            + " numbers in brackets, as in \"shift(2)+rotate(degrees=15)+cutout\" (default: ${DEFAULT-VALUE})."
                            + " Images to validate and test with stay as they are.")
    private String chain = "none";

    /** What was asked for, in the form in which it is compared. */
    String text() {
        return new Check(spec.commandLine()).value(OPTION, () -> Augmentations.normalized(chain));
    }
}
