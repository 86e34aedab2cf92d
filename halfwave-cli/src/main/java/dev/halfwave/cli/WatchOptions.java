package dev.halfwave.cli;

import dev.halfwave.data.Dataset;
import dev.halfwave.kernel.WorkerPool;
import dev.halfwave.train.DeadUnitWatch;
import dev.halfwave.train.DeadUnits;
import dev.halfwave.train.Trainer;
import java.util.Locale;
import java.util.Map;
import picocli.CommandLine.Option;

/** The options that say what to do about units that die in training. */
final class WatchOptions {
    private static final String REVIVE = "--revive";
    private static final String LEAKY = "--leaky";
    private static final String LOWER = "--lower-rate";
    private static final String NOTE = "dead-units";
    private static final int MOST_NAMED = 8;
    private static final double SLOWING = 0.5;
    private static final double LEAK = 0.01;
    private static final double LEAKY_FROM = 0.1;

    @Option(
            names = "--watch",
            description = "Look at a few images now and then, and warn of rectified units that no longer fire.")
    private boolean watch;

    @Option(
            names = REVIVE,
            description = "As --watch, and give dead units new weights; they compute nothing until training uses them"
                    + " again.")
    private boolean revive;

    @Option(
            names = LEAKY,
            description = "As --watch, and give layers of which a tenth of the units is dead the leaky relu with slope"
                    + " 0.01. The model and its checkpoints are of that network then; resuming goes on with it.")
    private boolean leaky;

    @Option(
            names = LOWER,
            description =
                    "As --watch, and halve the learning rate for the rest of training whenever units were found dead"
                            + " that were not before.")
    private boolean lower;

    /** What a checkpoint should remember: what dead units lead to changes the run. */
    Map<String, String> notes() {
        String done = (revive ? REVIVE : "") + (leaky ? LEAKY : "") + (lower ? LOWER : "");
        return done.isEmpty() ? Map.of() : Map.of(NOTE, done);
    }

    /** Does as the run did that a checkpoint with these notes belongs to, besides what was asked for. */
    void goOn(Map<String, String> notes) {
        String before = notes.getOrDefault(NOTE, "");
        revive |= before.contains(REVIVE);
        leaky |= before.contains(LEAKY);
        lower |= before.contains(LOWER);
    }

    /** Adds a watch to a trainer if one was asked for. */
    void addTo(Trainer trainer, Dataset data, WorkerPool pool, Console console) {
        if (!watch && !revive && !leaky && !lower) {
            return;
        }
        DeadUnitWatch watcher = DeadUnitWatch.of(trainer.model(), data, pool, dead -> console.say(text(dead)));
        if (revive) {
            watcher.reviving(trainer.plan().seed());
        }
        if (leaky) {
            watcher.switchingToLeaky(LEAK, LEAKY_FROM);
        }
        if (lower) {
            watcher.slowingBy(SLOWING);
        }
        trainer.addListener(watcher);
    }

    private static String text(DeadUnits dead) {
        String units = dead.units().size() <= MOST_NAMED
                ? dead.units().toString()
                : dead.units().subList(0, MOST_NAMED).toString().replace("]", ", …]");
        String revived = dead.revived().isEmpty() ? "" : "; " + dead.revived().size() + " revived";
        String switched = dead.switched() ? "; leaky from now on" : "";
        return String.format(
                Locale.ROOT,
                "step %d: %s has %d of %d units (%.1f %%) silent on at least %d images: %s%s%s",
                dead.step(),
                dead.layer(),
                dead.units().size(),
                dead.of(),
                100 * dead.share(),
                dead.samples(),
                units,
                revived,
                switched);
    }
}
