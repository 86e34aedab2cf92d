package dev.halfwave.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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
import dev.halfwave.nn.init.Constant;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TrainerTest {
    /** 100 samples in batches of 16: six whole batches and a partial one. */
    private static final Dataset DATA = new Blobs(100, 1);

    private static Network network() {
        return Network.of(
                "small",
                DATA.sampleShape(),
                Conv2d.of(7, 3).padding(Padding.SAME).activation(new Relu()),
                new BatchNorm(),
                MaxPool2d.of(2),
                new Dropout(0.25),
                new Flatten(),
                Dense.of(17).activation(new Relu()),
                Dense.of(3));
    }

    private static Model model() {
        return Model.initialized(network(), DATA.classes(), 5);
    }

    private static TrainingPlan plan(int epochs, String optimizer, String schedule) {
        return new TrainingPlan(
                epochs, 16, 0.01, 9, new SoftmaxLoss(), Optimizers.of(optimizer), Schedules.of(schedule));
    }

    private static String sha256(Model model) throws NoSuchAlgorithmException {
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        model.parameters().toMap().forEach((key, tensor) -> {
            ByteBuffer bytes = ByteBuffer.allocate(4 * tensor.data().length);
            bytes.asFloatBuffer().put(tensor.data());
            digest.update(bytes);
        });
        return HexFormat.of().formatHex(digest.digest());
    }

    private static String train(int threads, TrainingPlan plan) throws NoSuchAlgorithmException {
        Model model = model();
        try (WorkerPool pool = new WorkerPool(threads)) {
            new Trainer(model, plan, DATA, pool).run();
        }
        return sha256(model);
    }

    @ParameterizedTest
    @ValueSource(strings = {"sgd", "nesterov", "adam", "adamw", "rmsprop", "adagrad", "nadam", "lion", "lamb", "muon"})
    void theNumberOfThreadsChangesNoBit(String optimizer) throws NoSuchAlgorithmException {
        TrainingPlan plan = plan(2, optimizer, "cosine");
        String one = train(1, plan);
        assertThat(train(2, plan)).isEqualTo(one);
        assertThat(train(4, plan)).isEqualTo(one);
        assertThat(train(1, plan(2, optimizer, "constant"))).isNotEqualTo(one);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "adam",
                "adamw(decay=0.1)",
                "nesterov(momentum=0.8)",
                "rmsprop(rho=0.8)",
                "adagrad",
                "nadam",
                "lion(decay=1)",
                "lamb",
                "muon(decay=0.3)"
            })
    void stoppingAfterAnyBatchAndResumingChangesNoBit(String optimizer, @TempDir Path dir)
            throws NoSuchAlgorithmException {
        TrainingPlan plan = plan(2, optimizer, "one-cycle(rise=0.4)");
        String unbroken = train(2, plan);
        Path file = dir.resolve("checkpoint.safetensors");
        for (int stop = 1; stop < 14; stop++) {
            stopAfter(stop, plan, file);
            Model model = model();
            Trainer resumed = new Trainer(model, plan, DATA, WorkerPool.shared());
            resumed.resume(Checkpoint.load(file));
            assertThat(resumed.position().step()).isEqualTo(stop);
            resumed.run();
            assertThat(sha256(model)).as("stopped after batch " + stop).isEqualTo(unbroken);
        }
    }

    private static void stopAfter(int batches, TrainingPlan plan, Path file) {
        Trainer trainer = new Trainer(model(), plan, DATA, WorkerPool.shared());
        trainer.addListener(new TrainingListener() {
            @Override
            public void batchDone(Trainer running, Tally tally) {
                if (running.position().step() == batches) {
                    running.stop();
                }
            }
        });
        trainer.run();
        assertThat(trainer.isFinished()).isEqualTo(batches == 14);
        trainer.checkpoint().save(file);
    }

    @Test
    void aResumedEpochReportsTheWholeEpoch(@TempDir Path dir) {
        Path file = dir.resolve("checkpoint.safetensors");
        TrainingPlan plan = plan(1, "adam", "constant");
        EpochReport whole = reportOf(new Trainer(model(), plan, DATA, WorkerPool.shared()));
        stopAfter(4, plan, file);
        Trainer trainer = new Trainer(model(), plan, DATA, WorkerPool.shared());
        trainer.resume(Checkpoint.load(file));
        EpochReport resumed = reportOf(trainer);
        assertThat(resumed.loss()).isEqualTo(whole.loss());
        assertThat(resumed.accuracy()).isEqualTo(whole.accuracy());
    }

    @Test
    void aCheckpointAtTheEndOfAnEpochBeginsTheNextOne(@TempDir Path dir) {
        Path file = dir.resolve("checkpoint.safetensors");
        TrainingPlan plan = plan(2, "adam", "constant");
        Trainer trainer = new Trainer(model(), plan, DATA, WorkerPool.shared());
        List<EpochReport> whole = new ArrayList<>();
        trainer.addListener(new TrainingListener() {
            @Override
            public void batchDone(Trainer running, Tally tally) {
                if (running.position().epoch() == 1 && running.position().batch() == 0) {
                    assertThat(tally.samples()).isEqualTo(100);
                    running.checkpoint().save(file);
                }
            }

            @Override
            public void epochDone(Trainer running, EpochReport report) {
                whole.add(report);
            }
        });
        trainer.run();
        Trainer resumed = new Trainer(model(), plan, DATA, WorkerPool.shared());
        resumed.resume(Checkpoint.load(file));
        EpochReport second = reportOf(resumed);
        assertThat(second.loss()).isEqualTo(whole.get(1).loss());
        assertThat(second.accuracy()).isEqualTo(whole.get(1).accuracy());
    }

    @Test
    void aCheckpointKeepsNotes(@TempDir Path dir) {
        Path file = dir.resolve("checkpoint.safetensors");
        Trainer trainer = new Trainer(model(), plan(1, "adam", "constant"), DATA, WorkerPool.shared());
        Map<String, String> notes = Map.of("data-dir", "some/place", "limit", "100");

        assertThat(trainer.checkpoint().notes()).isEmpty();
        trainer.checkpoint().withNotes(notes).save(file);

        assertThat(Checkpoint.load(file).notes()).isEqualTo(notes);
    }

    private static EpochReport reportOf(Trainer trainer) {
        List<EpochReport> reports = new ArrayList<>();
        trainer.validateOn(new Blobs(30, 2));
        trainer.addListener(new TrainingListener() {
            @Override
            public void epochDone(Trainer running, EpochReport report) {
                reports.add(report);
            }
        });
        trainer.run();
        assertThat(reports).hasSize(1);
        assertThat(reports.get(0).validation()).isPresent();
        return reports.get(0);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "softmax",
                "softmax(smoothing=0.1)",
                "svm",
                "squared-hinge",
                "one-vs-rest",
                "mse",
                "huber",
                "focal",
                "kl"
            })
    void allReadoutsLearnToTellTheClasses(String loss) {
        Model model = model();
        TrainingPlan plan = new TrainingPlan(20, 16, 0.005, 3, Losses.of(loss), Adam.usual(), Schedules.of("constant"));
        new Trainer(model, plan, DATA, WorkerPool.shared()).run();
        Score score = new Evaluator(model, plan.loss(), new Blobs(90, 77), 32, WorkerPool.shared()).evaluate();
        assertThat(score.samples()).isEqualTo(90);
        assertThat(score.accuracy()).isGreaterThan(0.9);
    }

    @Test
    void divergenceNamesTheFirstBadLayerAndKeepsTheParameters() throws NoSuchAlgorithmException {
        Network network = Network.of(
                "explosive",
                DATA.sampleShape(),
                Conv2d.of(2, 3).activation(new Relu()).initializer(new Constant(1e30)),
                new Flatten(),
                Dense.of(4).initializer(new Constant(1e30)),
                Dense.of(3));
        Model model = Model.initialized(network, DATA.classes(), 1);
        String before = sha256(model);
        Trainer trainer = new Trainer(model, plan(1, "sgd", "constant"), DATA, WorkerPool.shared());
        assertThatThrownBy(trainer::run)
                .isInstanceOfSatisfying(
                        DivergenceException.class, e -> assertThat(e.layer()).isEqualTo("dense_1"))
                .hasMessage(
                        "epoch 1, batch 1: expected finite numbers, received NaN or infinity; layer dense_1 went bad"
                                + " first, in the output of dense_1.matmul; try a learning rate below 0.01 or another initializer or"
                                + " activation");
        assertThat(sha256(model)).isEqualTo(before);
    }

    @Test
    void tooHighARateIsStoppedWithTheLayer() {
        TrainingPlan plan =
                new TrainingPlan(20, 16, 1e25, 3, new SoftmaxLoss(), Optimizers.of("sgd"), Schedules.of("constant"));
        Trainer trainer = new Trainer(model(), plan, DATA, WorkerPool.shared());
        assertThatThrownBy(trainer::run)
                .isInstanceOf(DivergenceException.class)
                .hasMessageContaining("went bad first")
                .hasMessageContaining("try a learning rate below 1.0E25");
    }

    @Test
    void badImagesAreBlamedOnTheData() {
        Dataset broken = new Dataset() {
            @Override
            public String name() {
                return "broken";
            }

            @Override
            public int size() {
                return 3;
            }

            @Override
            public dev.halfwave.tensor.Shape sampleShape() {
                return DATA.sampleShape();
            }

            @Override
            public List<String> classes() {
                return DATA.classes();
            }

            @Override
            public int label(int index) {
                return index;
            }

            @Override
            public void read(int index, float[] into, int offset) {
                into[offset + 5] = Float.NaN;
            }
        };
        Trainer trainer = new Trainer(model(), plan(1, "sgd", "constant"), broken, WorkerPool.shared());
        assertThatThrownBy(trainer::run).hasMessageContaining("layer input went bad first, in the images fed in");
    }

    @Test
    void aCheckpointOfSomethingElseIsRefused(@TempDir Path dir) {
        Path file = dir.resolve("checkpoint.safetensors");
        TrainingPlan plan = plan(1, "adam", "constant");
        stopAfter(2, plan, file);
        Checkpoint checkpoint = Checkpoint.load(file);
        assertThatThrownBy(() ->
                        new Trainer(model(), plan(2, "adam", "constant"), DATA, WorkerPool.shared()).resume(checkpoint))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("resume: expected a checkpoint of the same settings");
        assertThatThrownBy(() -> new Trainer(model(), plan, new Blobs(99, 1), WorkerPool.shared()).resume(checkpoint))
                .hasMessage(
                        "resume: expected a checkpoint of the same data blobs (99 samples), received one of blobs (100"
                                + " samples); start with the options it was started with");
        Model other = Model.initialized(
                Network.of("other", DATA.sampleShape(), new Flatten(), Dense.of(3)), DATA.classes(), 1);
        assertThatThrownBy(() -> new Trainer(other, plan, DATA, WorkerPool.shared()).resume(checkpoint))
                .hasMessageStartingWith("resume: expected a checkpoint of the same network");
    }

    @Test
    void aModelIsNotACheckpoint(@TempDir Path dir) {
        Path file = dir.resolve("model.safetensors");
        model().save(file);
        assertThat(Model.load(file).parameters().toMap())
                .isEqualTo(model().parameters().toMap());
        assertThatThrownBy(() -> Checkpoint.load(file))
                .hasMessage(file
                        + ": expected \"halfwave.training.epochs\" in the metadata, received none; this is a model,"
                        + " not a checkpoint to resume from");
    }

    @Test
    void dataOfAnotherShapeOrOtherClassesAreRefused() {
        Model model = Model.initialized(
                Network.of("tiny", dev.halfwave.tensor.Shape.of(5, 5, 1), new Flatten(), Dense.of(3)),
                DATA.classes(),
                1);
        assertThatThrownBy(() -> new Trainer(model, plan(1, "sgd", "cosine"), DATA, WorkerPool.shared()))
                .hasMessage("blobs: expected images [5, 5, 1] as network tiny takes, received [8, 8, 1]");
        Model renamed = Model.initialized(network(), List.of("a", "b", "c"), 1);
        assertThatThrownBy(() -> new Trainer(renamed, plan(1, "sgd", "cosine"), DATA, WorkerPool.shared()))
                .hasMessage("blobs: expected the model's classes [a, b, c], received [top, middle, bottom]");
    }

    @Test
    void impossiblePlansAreRefused() {
        assertThatThrownBy(() -> TrainingPlan.usual(0, 16, 1)).hasMessage("epochs: expected 1 or more, received 0");
        assertThatThrownBy(() -> TrainingPlan.usual(1, 0, 1)).hasMessage("batch: expected 1 or more, received 0");
        assertThatThrownBy(
                        () -> new TrainingPlan(1, 1, -1, 1, new SoftmaxLoss(), Adam.usual(), Schedules.of("constant")))
                .hasMessage("lr: expected a learning rate above 0, received -1.0");
    }
}
