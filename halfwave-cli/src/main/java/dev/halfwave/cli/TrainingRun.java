package dev.halfwave.cli;

import dev.halfwave.data.Dataset;
import dev.halfwave.data.Splits;
import dev.halfwave.kernel.Providers;
import dev.halfwave.kernel.WorkerPool;
import dev.halfwave.nn.Model;
import dev.halfwave.onnx.write.OnnxWriter;
import dev.halfwave.train.BestModel;
import dev.halfwave.train.Checkpoint;
import dev.halfwave.train.Evaluator;
import dev.halfwave.train.Score;
import dev.halfwave.train.Trainer;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
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
 * @param gradients whether to follow gradients
 * @param keeping when it ends early, and which weights are kept
 * @param logs where else to report
 * @param tune whether convolutions are tuned
 */
record TrainingRun(
        RunSettings settings,
        Splits splits,
        Model model,
        WorkerPool pool,
        OutputFolder folder,
        Console console,
        WatchOptions watch,
        GradientOptions gradients,
        Keeping keeping,
        LogOptions logs,
        TuneOptions tune) {

    /** Trains, saves and tests; returns the exit code. */
    int run(@Nullable Checkpoint from) {
        double validation = settings.validation();
        Splits parts = validation > 0
                ? splits.train().split(validation, settings.plan().seed())
                : null;
        Dataset train = parts == null ? splits.train() : parts.train();
        Trainer trainer = settings.trainer(model, train, pool);
        tune.addTo(trainer, pool, console);
        if (parts != null) {
            trainer.validateOn(parts.test());
        }
        if (from != null) {
            trainer.resume(from);
            watch.goOn(from.notes());
        }
        watch.addTo(trainer, train, pool, console);
        gradients.addTo(trainer, train, pool);
        keeping.addStopping(trainer);
        Optional<BestModel> best = keeping.addBest(trainer, Optional.of(folder.best()));
        console.say(introduction(train.size(), parts == null ? 0 : parts.test().size()));
        EpochLines lines = new EpochLines(console, train.size());
        long start = System.nanoTime();
        try {
            if (!train(trainer, train.size(), lines)) {
                return Interruption.EXIT_CODE;
            }
        } finally {
            gradients.write(console, trainer.model().network().name()); // what diverged is worth a look, too
        }
        double seconds = (System.nanoTime() - start) / 1e9;
        if (trainer.position().epoch() < settings.plan().epochs()) {
            console.say("halfwave: training ended early: " + keeping.criterion() + " no better for "
                    + keeping.patience() + " epochs");
        }
        best.ifPresent(kept -> kept.restore(trainer.result()));
        finish(trainer, best, lines.imagesPerSecond(), seconds);
        return 0;
    }

    /** Whether training came to its end rather than being interrupted. */
    private boolean train(Trainer trainer, int samples, EpochLines lines) {
        CheckpointWriter checkpoints = new CheckpointWriter(folder.checkpoint(), this::notes);
        Progress progress = Progress.on(console, samples);
        trainer.addListener(progress);
        trainer.addListener(checkpoints);
        trainer.addListener(lines);
        Runnable endOfLogs = logs.addTo(trainer);
        Interruption.guard(trainer, () -> {
            try {
                trainer.run();
                if (!trainer.isFinished()) {
                    checkpoints.write(trainer);
                }
            } finally {
                progress.end();
                endOfLogs.run();
            }
            if (!trainer.isFinished()) {
                console.say("halfwave: interrupted; to go on, run: halfwave train --resume "
                        + LogOptions.quoted(folder.checkpoint()) + logs.again() + tune.again());
            }
        });
        return trainer.isFinished();
    }

    private Map<String, String> notes() {
        Map<String, String> notes = new LinkedHashMap<>(settings.notes());
        notes.putAll(watch.notes());
        notes.putAll(keeping.notes());
        notes.putAll(tune.notes());
        return notes;
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

    private void finish(Trainer trainer, Optional<BestModel> best, double imagesPerSecond, double seconds) {
        OnnxWriter.save(trainer.result(), folder.model(), Map.of());
        Score test = new Evaluator(
                        trainer.result(),
                        settings.plan().loss(),
                        splits.test(),
                        settings.plan().batchSize(),
                        pool,
                        settings.plan().kernels())
                .evaluate();
        Map<String, Object> object = Json.object(
                "testAccuracy", test.accuracy(),
                "testLoss", test.loss(),
                "testImages", test.samples(),
                "epochs", trainer.position().epoch(),
                "seed", settings.plan().seed(),
                "imagesPerSecond", imagesPerSecond,
                "seconds", seconds,
                "threads", pool.threads(),
                "kernels", Providers.active().name(),
                "model", folder.model().toString(),
                "checkpoint", folder.checkpoint().toString());
        best.ifPresent(kept -> object.put("keptEpoch", kept.epoch()));
        String kept = best.map(this::text).orElse("");
        console.result(
                object,
                String.format(
                        Locale.ROOT,
                        "%ssaved %s%ntest loss %.4f%ntest accuracy %.4f",
                        kept,
                        folder.model(),
                        test.loss(),
                        test.accuracy()));
    }

    private String text(BestModel best) {
        return String.format(
                Locale.ROOT,
                "kept the weights of epoch %d, %s %.4f%n",
                best.epoch(),
                keeping.criterion(),
                best.value());
    }
}
