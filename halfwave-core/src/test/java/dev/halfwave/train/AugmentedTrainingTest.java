package dev.halfwave.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.data.Offset.offset;

import dev.halfwave.activation.Relu;
import dev.halfwave.data.Dataset;
import dev.halfwave.data.augment.Augmentations;
import dev.halfwave.data.augment.Chain;
import dev.halfwave.data.augment.Mixup;
import dev.halfwave.data.augment.Shift;
import dev.halfwave.kernel.Providers;
import dev.halfwave.kernel.WorkerPool;
import dev.halfwave.nn.BatchNorm;
import dev.halfwave.nn.Conv2d;
import dev.halfwave.nn.Dense;
import dev.halfwave.nn.Dropout;
import dev.halfwave.nn.Flatten;
import dev.halfwave.nn.Model;
import dev.halfwave.nn.Network;
import dev.halfwave.nn.Predictor;
import dev.halfwave.tensor.Shape;
import dev.halfwave.tensor.Tensor;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AugmentedTrainingTest {
    private static final Dataset DATA = new Blobs(50, 1);
    private static final TrainingPlan PLAN =
            new TrainingPlan(2, 16, 0.01, 9, new SoftmaxLoss(), Adam.usual(), new Constant());

    private static Model model() {
        Network network = Network.of(
                "small",
                DATA.sampleShape(),
                Conv2d.of(5, 3).activation(new Relu()),
                new BatchNorm(),
                new Dropout(0.25),
                new Flatten(),
                Dense.of(3));
        return Model.initialized(network, DATA.classes(), 5);
    }

    private static Chain chain(String spec) {
        return Augmentations.of(spec, DATA.sampleShape());
    }

    private static Trainer trainer(Model model, String spec, WorkerPool pool) {
        Trainer trainer = new Trainer(model, PLAN, DATA, pool);
        trainer.augment(chain(spec));
        return trainer;
    }

    private static float[] train(int threads, String spec) {
        Model model = model();
        try (WorkerPool pool = new WorkerPool(threads)) {
            trainer(model, spec, pool).run();
        }
        return model.parameters().data();
    }

    @ParameterizedTest
    @ValueSource(strings = {"shift(1)+elastic+cutout(2)", "flip+mixup(1)", "rotate+cutmix(1,1)"})
    void theNumberOfThreadsChangesNoBit(String spec) {
        float[] one = train(1, spec);
        assertThat(train(2, spec)).containsExactly(one);
        assertThat(train(4, spec)).containsExactly(one);
        assertThat(train(1, "none")).isNotEqualTo(one);
    }

    @ParameterizedTest
    @ValueSource(strings = {"affine+cutout(2)", "shift(1)+cutmix(1,1)"})
    void stoppingAfterAnyBatchAndResumingChangesNoBit(String spec, @TempDir Path dir) {
        float[] unbroken = train(2, spec);
        Path file = dir.resolve("checkpoint.safetensors");
        for (int stop = 1; stop < 8; stop++) {
            int batches = stop;
            Trainer stopped = trainer(model(), spec, WorkerPool.shared());
            stopped.addListener(new TrainingListener() {
                @Override
                public void batchDone(Trainer running, Tally tally) {
                    if (running.position().step() == batches) {
                        running.stop();
                    }
                }
            });
            stopped.run();
            stopped.checkpoint().save(file);
            Model model = model();
            Trainer resumed = trainer(model, spec, WorkerPool.shared());
            resumed.resume(Checkpoint.load(file));
            resumed.run();
            assertThat(model.parameters().data())
                    .as("stopped after batch " + stop)
                    .containsExactly(unbroken);
        }
    }

    @Test
    void aCheckpointOfAnotherAugmentationIsRefused() {
        Trainer shifted = trainer(model(), "shift(1)", WorkerPool.shared());
        Trainer plain = new Trainer(model(), PLAN, DATA, WorkerPool.shared());
        assertThatThrownBy(() -> plain.resume(shifted.checkpoint()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "resume: expected a checkpoint of the same data blobs (50 samples), received one of blobs (50"
                                + " samples), augmented by shift(pixels=1); start with the options it was started with");
    }

    @Test
    void validationSeesImagesAsTheyAre() {
        List<EpochReport> reports = new ArrayList<>();
        Model model = model();
        Trainer trainer = trainer(model, "shift(8)", WorkerPool.shared());
        trainer.validateOn(DATA);
        trainer.addListener(new TrainingListener() {
            @Override
            public void epochDone(Trainer running, EpochReport report) {
                reports.add(report);
            }
        });
        trainer.run();
        Score plain = new Evaluator(model, PLAN.loss(), DATA, 16, WorkerPool.shared()).evaluate();
        assertThat(reports.get(1).validation()).contains(plain);
    }

    @Test
    void mixedImagesAreLearnedFrom() {
        TrainingPlan plan = new TrainingPlan(30, 16, 0.005, 3, new SoftmaxLoss(), Adam.usual(), new Constant());
        for (String spec : List.of("mixup", "cutmix")) {
            Model model = model();
            Trainer trainer = new Trainer(model, plan, DATA, WorkerPool.shared());
            trainer.augment(chain(spec));
            trainer.run();
            Score score = new Evaluator(model, plan.loss(), new Blobs(90, 77), 32, WorkerPool.shared()).evaluate();
            assertThat(score.accuracy()).as(spec).isGreaterThan(0.9);
        }
    }

    @Test
    void aLossThatCannotTakeMixturesIsRefusedBeforeTraining() {
        TrainingPlan plan = new TrainingPlan(1, 16, 0.01, 9, new SvmLoss(), Adam.usual(), new Constant());
        Trainer trainer = new Trainer(model(), plan, DATA, WorkerPool.shared());
        assertThatThrownBy(() -> trainer.augment(Chain.of(new Mixup())))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("loss svm: expected images of one class each, received mixed ones");
    }

    @Test
    void augmentingComesBeforeTraining() {
        Trainer trainer = new Trainer(model(), PLAN, DATA, WorkerPool.shared());
        trainer.run();
        assertThatThrownBy(() -> trainer.augment(Chain.of(new Shift(1))))
                .hasMessage(
                        "augment: expected training that has not begun, received step 8; augment before resume and run");
    }

    @Test
    void divergenceOfMixedImagesIsExplained() {
        TrainingPlan wild = new TrainingPlan(9, 16, 1e25, 3, new SoftmaxLoss(), Optimizers.of("sgd"), new Constant());
        Trainer trainer = new Trainer(model(), wild, DATA, WorkerPool.shared());
        trainer.augment(Chain.of(new Mixup()));
        assertThatThrownBy(trainer::run).isInstanceOf(DivergenceException.class).hasMessageContaining("went bad first");
    }

    @Test
    void changesThatChangeNothingLeaveTheScore() {
        Model model = model();
        new Trainer(model, PLAN, DATA, WorkerPool.shared()).run();
        Score plain = new Evaluator(model, PLAN.loss(), DATA, 16, WorkerPool.shared()).evaluate();
        Score several = evaluate(model, new TestTimeAugmentation(Chain.NONE, 2, 0), 16);
        assertThat(several.accuracy()).isEqualTo(plain.accuracy());
        assertThat(several.loss()).isCloseTo(plain.loss(), offset(1e-5));
        assertThat(several.samples()).isEqualTo(50);
    }

    @Test
    void probabilitiesAreMeansAndTheBatchSizeMakesNoDifference() {
        Model model = model();
        TestTimeAugmentation tta = new TestTimeAugmentation(chain("shift(2)+flip"), 3, 7);
        Predictor predictor = model.predictor(WorkerPool.shared());
        Tensor image = Tensor.zeros(Shape.of(1, 8, 8, 1));
        DATA.read(4, image.data(), 0);
        Tensor mean = tta.probabilities(predictor, image, 4);
        double sum = 0;
        for (float probability : mean.data()) {
            sum += probability;
        }
        assertThat(sum).isCloseTo(1, offset(1e-5));
        assertThat(mean).isEqualTo(tta.probabilities(predictor, image, 4));
        assertThat(mean).isNotEqualTo(predictor.probabilities(image));
        assertThat(mean).isNotEqualTo(tta.probabilities(predictor, image, 5));
        assertThat(evaluate(model, tta, 16).loss())
                .isCloseTo(evaluate(model, tta, 7).loss(), offset(1e-5));
    }

    private static Score evaluate(Model model, TestTimeAugmentation tta, int batch) {
        return new AugmentedEvaluator(model, PLAN.loss(), DATA, batch, tta, WorkerPool.shared(), Providers.active())
                .evaluate();
    }

    @Test
    void whatCannotBeAveragedIsRefused() {
        assertThatThrownBy(() -> new TestTimeAugmentation(Chain.NONE, 0, 0))
                .hasMessage("test-time augmentation: expected 1 or more copies, received 0; 8 is usual");
        assertThatThrownBy(() -> new TestTimeAugmentation(Chain.of(new Mixup()), 2, 0))
                .hasMessage(
                        "test-time augmentation: expected changes of single images, received mixup, which mixes two;"
                                + " leave it out");
    }
}
