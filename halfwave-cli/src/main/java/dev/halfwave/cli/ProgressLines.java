package dev.halfwave.cli;

import dev.halfwave.train.Tally;
import dev.halfwave.train.Trainer;
import java.util.Locale;

/** One line every ten seconds, as for a log file. */
final class ProgressLines implements Progress {
    private static final long INTERVAL_NANOS = 10_000_000_000L;

    private final Console console;
    private final int samples;
    private final long interval;
    private int epoch;
    private int first;
    private int done;
    private long start;
    private long last;

    ProgressLines(Console console, int samples) {
        this(console, samples, INTERVAL_NANOS);
    }

    ProgressLines(Console console, int samples, long interval) {
        this.console = console;
        this.samples = samples;
        this.interval = interval;
    }

    @Override
    public void epochStarted(int newEpoch, int batch, int batches) {
        epoch = newEpoch;
        first = batch;
        done = batch;
        start = System.nanoTime();
        last = start;
    }

    @Override
    public void batchDone(Trainer trainer, Tally tally) {
        done++;
        long now = System.nanoTime();
        if (now - last >= interval) {
            last = now;
            int batchSize = trainer.plan().batchSize();
            int images = Math.min(samples, done * batchSize);
            double speed = (images - first * batchSize) * 1e9 / (now - start);
            console.say(String.format(
                    Locale.ROOT,
                    "epoch %d/%d: %,d of %,d images, loss %.4f, %,.0f images/s, %.0f s left",
                    epoch,
                    trainer.plan().epochs(),
                    images,
                    samples,
                    tally.loss(),
                    speed,
                    (samples - images) / speed));
        }
    }
}
