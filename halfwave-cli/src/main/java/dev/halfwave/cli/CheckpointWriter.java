package dev.halfwave.cli;

import dev.halfwave.train.Checkpoint;
import dev.halfwave.train.EpochReport;
import dev.halfwave.train.Tally;
import dev.halfwave.train.Trainer;
import dev.halfwave.train.TrainingListener;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;

/** Keeps a checkpoint on disk that is never more than an epoch, nor more than half a minute, behind. */
final class CheckpointWriter implements TrainingListener {
    private static final long INTERVAL_NANOS = 30_000_000_000L;

    private final Path file;
    private final Supplier<Map<String, String>> notes;
    private long last = System.nanoTime();

    CheckpointWriter(Path file, Supplier<Map<String, String>> notes) {
        this.file = file;
        this.notes = notes;
    }

    @Override
    public void batchDone(Trainer trainer, Tally tally) {
        // After an epoch's last batch its end comes next, of which listeners have to know before they are kept.
        boolean within = trainer.position().batch() > 0;
        if (within && System.nanoTime() - last > INTERVAL_NANOS) {
            write(trainer);
        }
    }

    @Override
    public void epochDone(Trainer trainer, EpochReport report) {
        write(trainer);
    }

    void write(Trainer trainer) {
        Checkpoint checkpoint = trainer.checkpoint();
        Map<String, String> all = new LinkedHashMap<>(checkpoint.notes()); // the listeners'
        all.putAll(notes.get());
        checkpoint.withNotes(all).save(file);
        last = System.nanoTime();
    }
}
