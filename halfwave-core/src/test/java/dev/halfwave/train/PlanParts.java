package dev.halfwave.train;

import dev.halfwave.activation.Relu;
import dev.halfwave.data.Dataset;
import dev.halfwave.kernel.WorkerPool;
import dev.halfwave.nn.BatchNorm;
import dev.halfwave.nn.Conv2d;
import dev.halfwave.nn.Dense;
import dev.halfwave.nn.Dropout;
import dev.halfwave.nn.Flatten;
import dev.halfwave.nn.MaxPool2d;
import dev.halfwave.nn.Model;
import dev.halfwave.nn.Network;
import dev.halfwave.nn.Padding;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** A small network on {@link Blobs}, and what tests of plans do with it. */
final class PlanParts {
    /** 100 samples in batches of 16: six whole batches and a partial one. */
    static final Dataset DATA = new Blobs(100, 1);

    private PlanParts() {}

    /** With a batch norm and dropout. */
    static Model model() {
        Network network = Network.of(
                "small",
                DATA.sampleShape(),
                Conv2d.of(7, 3).padding(Padding.SAME).activation(new Relu()),
                new BatchNorm(),
                MaxPool2d.of(2),
                new Dropout(0.25),
                new Flatten(),
                Dense.of(17).activation(new Relu()),
                Dense.of(3));
        return Model.initialized(network, DATA.classes(), 5);
    }

    /** Without anything that looks at whole batches or at chance. */
    static Model plain() {
        Network network = Network.of(
                "plain",
                DATA.sampleShape(),
                Conv2d.of(7, 3).activation(new Relu()),
                new Flatten(),
                Dense.of(17).activation(new Relu()),
                Dense.of(3));
        return Model.initialized(network, DATA.classes(), 5);
    }

    static TrainingPlan plan(int epochs, String optimizer, String schedule, UpdateRules rules) {
        return new TrainingPlan(
                        epochs, 16, 0.01, 9, new SoftmaxLoss(), Optimizers.of(optimizer), Schedules.of(schedule))
                .withUpdates(rules);
    }

    static Trainer trainer(Model model, TrainingPlan plan, WorkerPool pool) {
        Trainer trainer = new Trainer(model, plan, DATA, pool);
        trainer.validateOn(new Blobs(30, 2));
        return trainer;
    }

    /** Trains to the end; the bits of what is trained and of what is evaluated. */
    static String train(TrainingPlan plan, int threads) {
        try (WorkerPool pool = new WorkerPool(threads)) {
            Trainer trainer = trainer(model(), plan, pool);
            trainer.run();
            return bits(trainer);
        }
    }

    /** Trains so many batches and writes a checkpoint at that moment, before anything else happens. */
    static void stopAfter(int batches, TrainingPlan plan, Path file) {
        Trainer trainer = trainer(model(), plan, WorkerPool.shared());
        trainer.addListener(new TrainingListener() {
            @Override
            public void batchDone(Trainer running, Tally tally) {
                if (running.position().step() == batches) {
                    running.checkpoint().save(file);
                    running.stop();
                }
            }
        });
        trainer.run();
    }

    static String resume(TrainingPlan plan, Path file) {
        Trainer trainer = trainer(model(), plan, WorkerPool.shared());
        trainer.resume(Checkpoint.load(file));
        trainer.run();
        return bits(trainer);
    }

    static String bits(Trainer trainer) {
        return sha256(trainer.model()) + " " + sha256(trainer.result());
    }

    static String sha256(Model model) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            model.parameters().toMap().forEach((key, tensor) -> {
                ByteBuffer bytes = ByteBuffer.allocate(4 * tensor.data().length);
                bytes.asFloatBuffer().put(tensor.data());
                digest.update(bytes);
            });
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible); // every Java has it
        }
    }
}
