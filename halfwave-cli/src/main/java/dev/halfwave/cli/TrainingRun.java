package dev.halfwave.cli;

import dev.halfwave.data.Dataset;
import dev.halfwave.data.Splits;
import dev.halfwave.data.augment.Augmentations;
import dev.halfwave.kernel.Providers;
import dev.halfwave.kernel.WorkerPool;
import dev.halfwave.nn.Model;
import dev.halfwave.onnx.write.OnnxWriter;
import dev.halfwave.train.Checkpoint;
import dev.halfwave.train.Evaluator;
import dev.halfwave.train.Score;
import dev.halfwave.train.Trainer;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One run of training from the first batch, or the first after a checkpoint, to the saved model and its test.
 *
 * @param settings how it goes
 * @param splits what to train on and to test with
 * @param model what is trained
 * @param pool the threads
 * @param folder where the results go
 * @param console where to report
 * @param watch what to do about units that die
 */
record TrainingRun(
        RunSettings settings,
        Splits splits,
        Model model,
        WorkerPool pool,
        OutputFolder folder,
        Console console,
        WatchOptions watch) {

    /** Trains, saves and tests; returns the exit code. */
    int run(@Nullable Checkpoint from) {
        double validation = settings.validation();
        Splits parts = validation > 0
                ? splits.train().split(validation, settings.plan().seed())
                : null;
        Dataset train = parts == null ? splits.train() : parts.train();
        Trainer trainer = new Trainer(model, settings.plan(), train, pool);
        trainer.augment(Augmentations.of(settings.augment(), train.sampleShape()));
        if (parts != null) {
            trainer.validateOn(parts.test());
        }
        if (from != null) {
            trainer.resume(from);
        }
        watch.addTo(trainer, train, pool, console);
        console.say(introduction(train.size(), parts == null ? 0 : parts.test().size()));
        EpochLines lines = new EpochLines(console, train.size());
        long start = System.nanoTime();
        if (!train(trainer, train.size(), lines)) {
            return Interruption.EXIT_CODE;
        }
        finish(lines.imagesPerSecond(), (System.nanoTime() - start) / 1e9);
        return 0;
    }

    /** Whether training came to its end rather than being interrupted. */
    private boolean train(Trainer trainer, int samples, EpochLines lines) {
        CheckpointWriter checkpoints = new CheckpointWriter(folder.checkpoint(), settings.notes());
        Progress progress = Progress.on(console, samples);
        trainer.addListener(progress);
        trainer.addListener(checkpoints);
        trainer.addListener(lines);
        Interruption.guard(trainer, () -> {
            try {
                trainer.run();
                if (!trainer.isFinished()) {
                    checkpoints.write(trainer);
                }
            } finally {
                progress.end();
            }
            if (!trainer.isFinished()) {
                console.say(
                        "halfwave: interrupted; to go on, run: halfwave train --resume " + quoted(folder.checkpoint()));
            }
        });
        return trainer.isFinished();
    }

    private static String quoted(Path file) {
        String path = file.toString();
        return path.matches("[\\w./:\\\\-]+") ? path : "'" + path.replace("'", "'\\''") + "'";
    }

    private String introduction(int training, int validating) {
        return String.format(
                Locale.ROOT,
                "%s with %,d parameters on %s: %,d images to train on, %,d to validate, %,d to test; %s; %d thread%s",
                model.network().name(),
                ModelFacts.of(model).trainable(),
                settings.data().shortName(),
                training,
                validating,
                splits.test().size(),
                Providers.report(),
                pool.threads(),
                pool.threads() == 1 ? "" : "s");
    }

    private void finish(double imagesPerSecond, double seconds) {
        OnnxWriter.save(model, folder.model(), Map.of());
        Score test = new Evaluator(
                        model,
                        settings.plan().loss(),
                        splits.test(),
                        settings.plan().batchSize(),
                        pool,
                        settings.plan().kernels())
                .evaluate();
        console.result(
                Json.object(
                        "testAccuracy", test.accuracy(),
                        "testLoss", test.loss(),
                        "testImages", test.samples(),
                        "epochs", settings.plan().epochs(),
                        "seed", settings.plan().seed(),
                        "imagesPerSecond", imagesPerSecond,
                        "seconds", seconds,
                        "threads", pool.threads(),
                        "kernels", Providers.active().name(),
                        "model", folder.model().toString(),
                        "checkpoint", folder.checkpoint().toString()),
                String.format(
                        Locale.ROOT,
                        "saved %s%ntest loss %.4f%ntest accuracy %.4f",
                        folder.model(),
                        test.loss(),
                        test.accuracy()));
    }
}
