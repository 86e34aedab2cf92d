package dev.halfwave.cli;

import dev.halfwave.train.EpochReport;
import dev.halfwave.train.Score;
import dev.halfwave.train.Trainer;
import dev.halfwave.train.TrainingListener;
import java.util.Locale;
import java.util.Map;

/** Prints one line per epoch, and adds up how fast training was. */
final class EpochLines implements TrainingListener {
    private final Console console;
    private final int samples;
    private long startedAt;
    private double images;
    private double seconds;

    /** @param samples how many images an epoch has */
    EpochLines(Console console, int samples) {
        this.console = console;
        this.samples = samples;
    }

    @Override
    public void epochStarted(int epoch, int batch, int batches) {
        startedAt = batch;
    }

    @Override
    public void epochDone(Trainer trainer, EpochReport report) {
        double done = samples - startedAt * trainer.plan().batchSize();
        images += done;
        seconds += done / report.imagesPerSecond();
        console.result(object(report), text(report, trainer.plan().epochs()));
    }

    /** Over all epochs so far; 0 before the first one's end. */
    double imagesPerSecond() {
        return seconds > 0 ? images / seconds : 0;
    }

    private static Map<String, Object> object(EpochReport report) {
        Map<String, Object> object =
                Json.object("epoch", report.epoch(), "loss", report.loss(), "accuracy", report.accuracy());
        report.validation().ifPresent(score -> {
            object.put("validationLoss", score.loss());
            object.put("validationAccuracy", score.accuracy());
        });
        object.put("learningRate", report.rate());
        object.put("imagesPerSecond", report.imagesPerSecond());
        return object;
    }

    private static String text(EpochReport report, int epochs) {
        String validation = report.validation().map(EpochLines::text).orElse("");
        return String.format(
                Locale.ROOT,
                "epoch %d/%d  loss %.4f  accuracy %.4f%s  %,.0f images/s",
                report.epoch(),
                epochs,
                report.loss(),
                report.accuracy(),
                validation,
                report.imagesPerSecond());
    }

    private static String text(Score validation) {
        return String.format(
                Locale.ROOT, "  validation loss %.4f  accuracy %.4f", validation.loss(), validation.accuracy());
    }
}
