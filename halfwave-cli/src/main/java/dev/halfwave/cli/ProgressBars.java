package dev.halfwave.cli;

import dev.halfwave.train.Tally;
import dev.halfwave.train.Trainer;
import java.time.Duration;
import java.util.Locale;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarConsumer;
import org.jspecify.annotations.Nullable;

/** A bar per epoch, with speed and time left, which makes room for the epoch's line when it is full. */
final class ProgressBars implements Progress {
    private static final int UPDATE_MILLIS = 200;

    private final ProgressBarConsumer terminal;
    private final int samples;
    private @Nullable ProgressBar bar;
    private int epoch;
    private int first;

    ProgressBars(ProgressBarConsumer terminal, int samples) {
        this.terminal = terminal;
        this.samples = samples;
    }

    @Override
    public void epochStarted(int newEpoch, int batch, int batches) {
        epoch = newEpoch;
        first = batch;
    }

    @Override
    public void batchDone(Trainer trainer, Tally tally) {
        int batchSize = trainer.plan().batchSize();
        if (bar == null) {
            bar = bar("epoch " + epoch + "/" + trainer.plan().epochs(), (long) first * batchSize);
        }
        bar.setExtraMessage(String.format(Locale.ROOT, "loss %.4f", tally.loss()));
        bar.stepTo(tally.samples());
        if (tally.samples() == samples) {
            end();
        }
    }

    private ProgressBar bar(String task, long done) {
        return new ProgressBarBuilder()
                .setTaskName(task)
                .setInitialMax(samples)
                .startsFrom(done, Duration.ZERO)
                .setRenderer(new ProgressLine())
                .setUpdateIntervalMillis(UPDATE_MILLIS)
                .setConsumer(terminal)
                .clearDisplayOnFinish()
                .build();
    }

    @Override
    public void end() {
        if (bar != null) {
            bar.close();
            bar = null;
        }
    }
}
