package dev.halfwave.cli;

import dev.halfwave.board.BoardLog;
import dev.halfwave.train.CsvLog;
import dev.halfwave.train.Trainer;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that say where to write how training goes, besides the terminal. */
final class LogOptions {
    @Option(
            names = "--csv",
            paramLabel = "FILE",
            description =
                    "Write a table with one row per epoch as comma-separated values; a resumed run goes on with it.")
    private @Nullable Path csv;

    @Option(
            names = "--tensorboard",
            paramLabel = "DIR",
            description = "Write loss, accuracy, learning rate and how weights are spread for TensorBoard, which shows"
                    + " them after: tensorboard --logdir DIR.")
    private @Nullable Path tensorboard;

    /** What to give again when the run is resumed, for checkpoints do not remember it. */
    String again() {
        return (csv == null ? "" : " --csv " + quoted(csv))
                + (tensorboard == null ? "" : " --tensorboard " + quoted(tensorboard));
    }

    /** Adds what was asked for to a trainer; the result is to be run at the end. */
    Runnable addTo(Trainer trainer) {
        if (csv != null) {
            trainer.addListener(new CsvLog(csv));
        }
        if (tensorboard == null) {
            return () -> {};
        }
        BoardLog log = new BoardLog(tensorboard);
        trainer.addListener(log);
        return log::close;
    }

    /** A path as a shell takes it. */
    static String quoted(Path file) {
        String path = file.toString();
        return path.matches("[\\w./:\\\\-]+") ? path : "'" + path.replace("'", "'\\''") + "'";
    }
}
