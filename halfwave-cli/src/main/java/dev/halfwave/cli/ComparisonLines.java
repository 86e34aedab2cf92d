package dev.halfwave.cli;

import dev.halfwave.activation.Activation;
import dev.halfwave.experiment.ComparisonListener;
import dev.halfwave.experiment.Run;
import dev.halfwave.experiment.TrainedEpoch;
import dev.halfwave.experiment.Trial;
import java.util.List;
import java.util.Locale;

/** One line per trial and per run, with the time that is left. */
final class ComparisonLines implements ComparisonListener {
    private final Console console;
    private long start;
    private int first;

    ComparisonLines(Console console) {
        this.console = console;
    }

    @Override
    public void tried(Activation activation, Trial trial, int done, int of) {
        console.say(String.format(
                Locale.ROOT,
                "tuning %d/%d: %s at %s: %s%s",
                done,
                of,
                ActivationFacts.title(activation),
                Numbers.plain(trial.rate()),
                trial.diverged() ? "diverged" : String.format(Locale.ROOT, "validation error %.4f", trial.error()),
                left(done, of)));
    }

    @Override
    public void ran(Activation activation, Run run, int done, int of) {
        List<TrainedEpoch> epochs = run.epochs();
        console.say(String.format(
                Locale.ROOT,
                "run %d/%d: %s with seed %d: %s%s",
                done,
                of,
                ActivationFacts.title(activation),
                run.seed(),
                run.divergence()
                        .orElseGet(() -> String.format(
                                Locale.ROOT,
                                "test error %.4f, %.3g s per epoch",
                                epochs.get(epochs.size() - 1).testError(),
                                run.secondsPerEpoch())),
                left(done, of)));
    }

    /** From the second of each kind on, for the first has to find its feet. */
    private String left(int done, int of) {
        if (done == 1) {
            start = System.nanoTime();
            first = done;
            return "";
        }
        double each = (System.nanoTime() - start) / 1e9 / (done - first);
        return done == of ? "" : String.format(Locale.ROOT, "; %.0f s left", each * (of - done));
    }
}
