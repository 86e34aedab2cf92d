package dev.halfwave.cli;

import dev.halfwave.data.Dataset;
import dev.halfwave.data.Splits;
import dev.halfwave.kernel.WorkerPool;
import dev.halfwave.nn.Model;
import dev.halfwave.train.BestModel;
import dev.halfwave.train.CrossValidation;
import dev.halfwave.train.Trainer;
import java.util.Optional;

/**
 * How the model of one fold is trained: as {@code halfwave train} does, without files.
 *
 * @param settings how it goes
 * @param keeping when it ends early, and which weights are kept; only for that are images held back for validation
 * @param pool the threads
 * @param console where to report
 */
record FoldRun(RunSettings settings, Keeping keeping, WorkerPool pool, Console console) {

    /** What trains and judges the folds. */
    CrossValidation validation() {
        return new CrossValidation(this::fit, settings.plan(), pool);
    }

    private Model fit(Dataset images) {
        Optional<Splits> parts = keeping.needsValidation()
                ? Optional.of(
                        images.split(settings.validation(), settings.plan().seed()))
                : Optional.empty();
        Dataset train = parts.map(Splits::train).orElse(images);
        Trainer trainer = settings.trainer(settings.start(images), train, pool);
        parts.ifPresent(both -> trainer.validateOn(both.test()));
        keeping.addStopping(trainer);
        Optional<BestModel> best = keeping.addBest(trainer, Optional.empty());
        Progress progress = Progress.on(console, train.size());
        trainer.addListener(progress);
        try {
            trainer.run();
        } finally {
            progress.end();
        }
        best.ifPresent(kept -> kept.restore(trainer.result()));
        return trainer.result();
    }
}
