package dev.halfwave.cli;

import dev.halfwave.data.Dataset;
import dev.halfwave.kernel.WorkerPool;
import dev.halfwave.train.DeadUnitWatch;
import dev.halfwave.train.DeadUnits;
import dev.halfwave.train.Trainer;
import java.util.Locale;
import picocli.CommandLine.Option;

/** The options that say what to do about units that die in training. */
final class WatchOptions {
    private static final int MOST_NAMED = 8;

    @Option(
            names = "--watch",
            description = "Look at a few images now and then, and warn of rectified units that no longer fire.")
    private boolean watch;

    @Option(
            names = "--revive",
            description = "As --watch, and give dead units new weights; they compute nothing until training uses them"
                    + " again. A resumed run counts anew, so it may revive others than one never stopped.")
    private boolean revive;

    /** Adds a watch to a trainer if one was asked for. */
    void addTo(Trainer trainer, Dataset data, WorkerPool pool, Console console) {
        if (!watch && !revive) {
            return;
        }
        DeadUnitWatch watcher = DeadUnitWatch.of(trainer.model(), data, pool, dead -> console.say(text(dead)));
        trainer.addListener(revive ? watcher.reviving(trainer.plan().seed()) : watcher);
    }

    private static String text(DeadUnits dead) {
        String units = dead.units().size() <= MOST_NAMED
                ? dead.units().toString()
                : dead.units().subList(0, MOST_NAMED).toString().replace("]", ", …]");
        String revived = dead.revived().isEmpty() ? "" : "; " + dead.revived().size() + " revived";
        return String.format(
                Locale.ROOT,
                "step %d: %s has %d of %d units (%.1f %%) silent on at least %d images: %s%s",
                dead.step(),
                dead.layer(),
                dead.units().size(),
                dead.of(),
                100 * dead.share(),
                dead.samples(),
                units,
                revived);
    }
}
