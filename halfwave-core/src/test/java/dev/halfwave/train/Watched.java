package dev.halfwave.train;

import dev.halfwave.activation.Relu;
import dev.halfwave.data.Dataset;
import dev.halfwave.kernel.WorkerPool;
import dev.halfwave.nn.BatchNorm;
import dev.halfwave.nn.Dense;
import dev.halfwave.nn.Flatten;
import dev.halfwave.nn.Model;
import dev.halfwave.nn.Network;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * A little run that learns fast and then too much, so that its best epoch is not its last.
 *
 * @param best what keeps its best weights
 * @param criterion what the best one is found by
 */
record Watched(BestModel best, Criterion criterion) {
    static final Dataset TRAIN = new Blobs(24, 1);
    static final Dataset VALIDATION = new Blobs(30, 2);

    Watched(Path folder, Criterion criterion) {
        this(BestModel.in(folder.resolve("best.safetensors"), criterion), criterion);
    }

    static Model model() {
        Network network = Network.of(
                "watched",
                TRAIN.sampleShape(),
                new Flatten(),
                Dense.of(6).activation(new Relu()),
                new BatchNorm(),
                Dense.of(3));
        return Model.initialized(network, TRAIN.classes(), 5);
    }

    static TrainingPlan plan(int epochs) {
        return new TrainingPlan(epochs, 10, 0.1, 9, new SoftmaxLoss(), Optimizers.of("adam"), Schedules.of("constant"));
    }

    static Trainer trainer(int epochs) {
        Trainer trainer = new Trainer(model(), plan(epochs), TRAIN, WorkerPool.shared());
        trainer.validateOn(VALIDATION);
        return trainer;
    }

    /** Trains from a checkpoint, or the beginning, up to so many steps. */
    Trainer run(@Nullable Checkpoint from, int steps) {
        Trainer trainer = trainer(12);
        trainer.addListener(new EarlyStopping(criterion, 2, 0)); // before resuming, the other after it
        if (from != null) {
            trainer.resume(from);
        }
        trainer.addListener(best);
        trainer.addListener(new TrainingListener() {
            @Override
            public void batchDone(Trainer running, Tally tally) {
                if (running.position().step() == steps) {
                    running.stop();
                }
            }
        });
        trainer.run();
        return trainer;
    }
}
