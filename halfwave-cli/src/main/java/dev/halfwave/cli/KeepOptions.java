package dev.halfwave.cli;

import dev.halfwave.train.Criterion;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The options that say when training ends early, and which epoch's weights are kept. */
final class KeepOptions {
    static final String EARLY_STOP = "--early-stop";
    static final String MIN_IMPROVEMENT = "--min-improvement";
    static final String CRITERION = "--criterion";
    static final String KEEP = "--keep";

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    @Option(
            names = EARLY_STOP,
            paramLabel = "N",
            description = "End training once N epochs in a row were no better than the best before them"
                    + " (default: train to the last epoch).")
    private @Nullable Integer patience;

    @Option(
            names = MIN_IMPROVEMENT,
            paramLabel = "X",
            description = "How much better an epoch has to be to count for " + EARLY_STOP + " (default: 0).")
    private @Nullable Double improvement;

    @Option(
            names = CRITERION,
            paramLabel = "NAME",
            completionCandidates = KnownNames.OfCriteria.class,
            description = "What says which epoch is better: ${COMPLETION-CANDIDATES} (default: validation-loss).")
    private @Nullable String criterion;

    @Option(
            names = KEEP,
            paramLabel = "best|last",
            description = "Which epoch's weights become the model (default: best with " + EARLY_STOP + ", else last).")
    private @Nullable String keep;

    /** What was asked for; whatever is wrong with it by itself is a usage error. */
    Keeping settings() {
        Check check = new Check(spec.commandLine());
        int epochs = patience == null ? 0 : check.positive(EARLY_STOP, patience);
        double least = improvement == null ? 0 : improvement;
        if (!(least >= 0 && least < Double.POSITIVE_INFINITY)) {
            throw check.wrong(MIN_IMPROVEMENT, "0 or more", least);
        }
        Criterion judge = criterion == null
                ? Keeping.NOTHING.criterion()
                : check.value(CRITERION, () -> Criterion.of(String.valueOf(criterion)));
        if (keep != null && !List.of("best", "last").contains(keep)) {
            throw check.wrong(KEEP, "best or last", keep);
        }
        return new Keeping(epochs, least, judge, keep == null ? epochs > 0 : keep.equals("best"));
    }

    /**
     * What was asked for, for a run from the beginning, of which it has to be all there is.
     *
     * @param validation the part of the images that is held back
     */
    Keeping settings(double validation) {
        Keeping wanted = settings();
        refuseIdle(wanted);
        if (wanted.needsValidation() && validation == 0) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--validation: expected some images held back to go by " + wanted.criterion()
                            + ", received 0; hold some back," + " or go by " + CRITERION + " loss");
        }
        return wanted;
    }

    /** What would do nothing was meant otherwise. */
    private void refuseIdle(Keeping wanted) {
        String idle = improvement != null && wanted.patience() == 0
                ? MIN_IMPROVEMENT + ": expected " + EARLY_STOP
                : criterion != null && wanted.patience() == 0 && !wanted.best()
                        ? CRITERION + ": expected " + EARLY_STOP + " or " + KEEP + " best"
                        : "";
        if (!idle.isEmpty()) {
            throw new ParameterException(spec.commandLine(), idle + " with it, received none");
        }
    }
}
