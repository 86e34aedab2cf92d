package dev.halfwave.train;

import static dev.halfwave.train.PlanParts.DATA;
import static dev.halfwave.train.PlanParts.bits;
import static dev.halfwave.train.PlanParts.plan;
import static dev.halfwave.train.PlanParts.sha256;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.data.Offset.offset;

import dev.halfwave.format.SafeTensors;
import dev.halfwave.graph.Graph;
import dev.halfwave.graph.Result;
import dev.halfwave.kernel.WorkerPool;
import dev.halfwave.nn.Model;
import dev.halfwave.tensor.Tensor;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What every rule does, that it changes no bit with threads or when resumed, and how misuse is refused. */
class UpdateRulesTest {
    private static final UpdateRules USUAL = UpdateRules.usual();

    static Stream<TrainingPlan> plans() {
        return Stream.of(
                plan(2, "sgd", "constant", USUAL.withClipNorm(0.1)),
                plan(2, "adam", "constant", USUAL.withClipValue(0.01)),
                plan(2, "adamw", "one-cycle", USUAL.withAccumulation(3)),
                plan(2, "adamw", "cosine", USUAL.withAverage(0.9)),
                plan(2, "nesterov", "constant", USUAL.withLookahead(new Lookahead(3))),
                plan(2, "adam", "constant", USUAL.withFrozen(List.of("conv2d_1", "batch_norm_1"))),
                plan(2, "adamw", "constant", USUAL.withUndecayed(List.of("bias", "norm"))),
                plan(3, "adam", "plateau(factor=0.5, patience=0, threshold=0.99)", USUAL),
                plan(2, "adamw", "constant", USUAL).withLoss(Losses.of("softmax * 1,2,0.5")),
                plan(2, "adam", "constant", USUAL).withLoss(Losses.of("kl * balanced")),
                plan(2, "lamb", "constant", USUAL.withAccumulation(2).withClipNorm(0.5)),
                plan(
                        3,
                        "muon",
                        "plateau(factor=0.5, patience=0, threshold=0.99)",
                        USUAL.withAccumulation(2)
                                .withAverage(0.95)
                                .withLookahead(new Lookahead(2, 0.8))
                                .withUndecayed(List.of("norm", "dense_2"))
                                .withFrozen(List.of("*.bias"))));
    }

    @ParameterizedTest
    @MethodSource("plans")
    void theNumberOfThreadsChangesNoBit(TrainingPlan plan) {
        String one = PlanParts.train(plan, 1);
        assertThat(PlanParts.train(plan, 2)).isEqualTo(one);
        assertThat(PlanParts.train(plan, 4)).isEqualTo(one);
    }

    @ParameterizedTest
    @MethodSource("plans")
    void aCheckpointAfterAnyBatchResumesToTheSameBits(TrainingPlan plan, @TempDir Path dir) {
        Path file = dir.resolve("checkpoint.safetensors");
        String unbroken = PlanParts.train(plan, 2);
        for (int stop : new int[] {1, 5, 7, 10, 14}) { // within groups of 2 and 3, and at both epochs' ends
            PlanParts.stopAfter(stop, plan, file);
            assertThat(Checkpoint.load(file).plan()).isEqualTo(plan);
            assertThat(PlanParts.resume(plan, file)).as("after batch " + stop).isEqualTo(unbroken);
        }
    }

    @ParameterizedTest
    @MethodSource("plans")
    void everyRuleMakesADifference(TrainingPlan plan) {
        TrainingPlan without = new TrainingPlan(
                plan.epochs(),
                plan.batchSize(),
                plan.rate(),
                plan.seed(),
                new SoftmaxLoss(),
                plan.optimizer(),
                plan.schedule() instanceof Plateau ? new Constant() : plan.schedule());
        assertThat(PlanParts.train(without, 1)).isNotEqualTo(PlanParts.train(plan, 1));
    }

    @Test
    void aCheckpointOfOlderVersionsSaysNothingOfRules(@TempDir Path dir) {
        Path file = dir.resolve("checkpoint.safetensors");
        TrainingPlan plan = plan(1, "adam", "constant", USUAL);
        PlanParts.stopAfter(3, plan, file);
        SafeTensors content = SafeTensors.readSealed(file);
        Map<String, String> metadata = new HashMap<>(content.metadata());
        assertThat(metadata.remove("halfwave.training.updates")).isEmpty();
        assertThat(metadata).doesNotContainKey("halfwave.training.feedback");
        new SafeTensors(content.tensors(), metadata).writeSealed(file);

        assertThat(Checkpoint.load(file).plan()).isEqualTo(plan);
        assertThat(PlanParts.resume(plan, file)).isEqualTo(PlanParts.train(plan, 1));
    }

    @Test
    void accumulatedGradientsAreThoseOfALargeBatch() {
        TrainingPlan large =
                new TrainingPlan(2, 48, 0.05, 9, new SoftmaxLoss(), Optimizers.of("sgd"), Schedules.of("one-cycle"));
        TrainingPlan small = new TrainingPlan(
                        2, 16, 0.05, 9, new SoftmaxLoss(), Optimizers.of("sgd"), Schedules.of("one-cycle"))
                .withUpdates(USUAL.withAccumulation(3));
        Model expected = PlanParts.plain();
        Model model = PlanParts.plain();
        new Trainer(expected, large, DATA, WorkerPool.shared()).run(); // 48 + 48 + 4 samples
        new Trainer(model, small, DATA, WorkerPool.shared()).run(); // 3·16 + 3·16 + 4
        assertThat(sha256(expected)).isNotEqualTo(sha256(PlanParts.plain()));
        float[] a = expected.parameters().data();
        float[] b = model.parameters().data();
        for (int i = 0; i < a.length; i++) {
            assertThat(b[i]).as("element " + i).isCloseTo(a[i], offset(2e-6f));
        }
    }

    /** A single step of plain gradient descent at rate 1: what the parameters lose is the gradient that was used. */
    private static float[] step(UpdateRules rules) {
        Model model = PlanParts.plain();
        float[] before = model.parameters().data().clone();
        TrainingPlan plan = new TrainingPlan(
                        1, 100, 1, 9, new SoftmaxLoss(), new Sgd(0, false, 0), Schedules.of("constant"))
                .withUpdates(rules);
        new Trainer(model, plan, DATA, WorkerPool.shared()).run();
        for (int i = 0; i < before.length; i++) {
            before[i] -= model.parameters().data()[i];
        }
        return before;
    }

    private static double norm(float[] values) {
        double squares = 0;
        for (float value : values) {
            squares += (double) value * value;
        }
        return Math.sqrt(squares);
    }

    @Test
    void clippingLimitsTheWholeGradientsLengthAndKeepsItsDirection() {
        float[] whole = step(USUAL);
        double length = norm(whole);
        assertThat(step(USUAL.withClipNorm(2 * length))).isEqualTo(whole);
        float[] clipped = step(USUAL.withClipNorm(length / 4));
        for (int i = 0; i < whole.length; i++) {
            assertThat(clipped[i]).isCloseTo(whole[i] / 4, offset(1e-6f));
        }
    }

    @Test
    void clippingByValueCutsEverySlope() {
        float[] whole = step(USUAL);
        float[] clipped = step(USUAL.withClipValue(0.01));
        int cut = 0;
        for (int i = 0; i < whole.length; i++) {
            assertThat(clipped[i]).isCloseTo(Math.max(-0.01f, Math.min(0.01f, whole[i])), offset(1e-6f));
            cut += Math.abs(whole[i]) > 0.011 ? 1 : 0;
        }
        assertThat(cut).isGreaterThan(10);
    }

    @Test
    void frozenLayersKeepTheirBitsStatisticsIncluded() {
        Model model = PlanParts.model();
        Map<String, Tensor> before = model.parameters().toMap();
        TrainingPlan plan = plan(2, "adamw", "constant", USUAL.withFrozen(List.of("conv2d_1", "batch_norm_*")));
        new Trainer(model, plan, DATA, WorkerPool.shared()).run();
        model.parameters().toMap().forEach((key, tensor) -> {
            boolean frozen = key.startsWith("conv2d_1.") || key.startsWith("batch_norm_1.");
            assertThat(tensor.equals(before.get(key))).as(key).isEqualTo(frozen);
        });
        assertThat(before).hasSize(10);
    }

    @Test
    void nothingLeadsBackToFrozenLayers() {
        TrainingPlan plan = plan(1, "adam", "constant", USUAL.withFrozen(List.of("conv2d_1", "batch_norm_1")));
        Graph graph = Programs.training(PlanParts.model().network(), plan, 16, false);
        assertThat(graph.results().keySet())
                .containsExactlyInAnyOrder(
                        new Result.Output("logits"),
                        new Result.Output("loss"),
                        new Result.Gradient("dense_1.weights"),
                        new Result.Gradient("dense_1.bias"),
                        new Result.Gradient("dense_2.weights"),
                        new Result.Gradient("dense_2.bias"));
        assertThat(graph.nodes()).noneMatch(node -> node.op().name().startsWith("conv2d_"));
    }

    @Test
    void aFrozenBatchNormUsesItsStatistics() {
        Model model = PlanParts.model();
        new Trainer(model, plan(2, "adam", "constant", USUAL), DATA, WorkerPool.shared()).run();
        List<String> all = List.of("conv2d_1", "batch_norm_1", "dense_1", "dense_2.weights");
        TrainingPlan fixed = new TrainingPlan(
                        1, 100, 1e-9, 9, new SoftmaxLoss(), new Sgd(0, false, 0), Schedules.of("constant"))
                .withUpdates(USUAL.withFrozen(all));
        // the loss in training is then that of inference, but for dropout, of which there is none without it
        Model calm = withoutDropout(model);
        Score score = new Evaluator(calm, new SoftmaxLoss(), DATA, 100, WorkerPool.shared()).evaluate();
        Tally[] seen = new Tally[1];
        Trainer trainer = new Trainer(calm, fixed, DATA, WorkerPool.shared());
        trainer.addListener(new TrainingListener() {
            @Override
            public void batchDone(Trainer running, Tally tally) {
                seen[0] = tally;
            }
        });
        trainer.run();
        assertThat(seen[0].loss()).isCloseTo(score.loss(), offset(1e-5));
    }

    private static Model withoutDropout(Model model) {
        dev.halfwave.nn.Network calm = dev.halfwave.nn.Network.of(
                "calm",
                DATA.sampleShape(),
                dev.halfwave.nn.Conv2d.of(7, 3)
                        .padding(dev.halfwave.nn.Padding.SAME)
                        .activation(new dev.halfwave.activation.Relu()),
                new dev.halfwave.nn.BatchNorm(),
                dev.halfwave.nn.MaxPool2d.of(2),
                new dev.halfwave.nn.Flatten(),
                dev.halfwave.nn.Dense.of(17).activation(new dev.halfwave.activation.Relu()),
                dev.halfwave.nn.Dense.of(3));
        return new Model(calm, model.parameters(), model.classes());
    }

    @Test
    void averagedWeightsFollowTheFormulaAndAreWhatIsEvaluatedAndSaved(@TempDir Path dir) {
        Model model = PlanParts.model();
        double[] expected = new double[model.parameters().data().length];
        for (int i = 0; i < expected.length; i++) {
            expected[i] = model.parameters().data()[i];
        }
        TrainingPlan plan = plan(1, "adam", "constant", USUAL.withAverage(0.3));
        Trainer trainer = PlanParts.trainer(model, plan, WorkerPool.shared());
        EpochReport[] reports = new EpochReport[1];
        trainer.addListener(new TrainingListener() {
            @Override
            public void batchDone(Trainer running, Tally tally) {
                double t = running.position().step();
                double decay = Math.min(0.3, (1 + t) / (10 + t));
                for (int i = 0; i < expected.length; i++) {
                    expected[i] += (1 - decay) * (model.parameters().data()[i] - expected[i]);
                }
            }

            @Override
            public void epochDone(Trainer running, EpochReport report) {
                reports[0] = report;
            }
        });
        trainer.run();
        float[] averaged = trainer.result().parameters().data();
        for (int i = 0; i < expected.length; i++) {
            assertThat((double) averaged[i]).as("element " + i).isCloseTo(expected[i], offset(1e-6));
        }
        assertThat(sha256(trainer.result())).isNotEqualTo(sha256(model));
        Score score =
                new Evaluator(trainer.result(), plan.loss(), new Blobs(30, 2), 16, WorkerPool.shared()).evaluate();
        assertThat(reports[0].validation()).contains(score);
        Path file = dir.resolve("checkpoint.safetensors");
        trainer.checkpoint().save(file);
        assertThat(sha256(Model.load(file))).isEqualTo(sha256(trainer.result()));
        assertThat(sha256(Checkpoint.load(file).model())).isEqualTo(sha256(model));
    }

    @Test
    void slowWeightsFollowTheFormula() {
        float[] start = PlanParts.plain().parameters().data();
        float[] fast = new float[start.length];
        Model model = PlanParts.plain();
        TrainingPlan plain = new TrainingPlan(
                1, 50, 0.1, 9, new SoftmaxLoss(), new Sgd(0.9, false, 0), Schedules.of("constant")); // two updates
        new Trainer(model, plain, DATA, WorkerPool.shared()).run();
        System.arraycopy(model.parameters().data(), 0, fast, 0, fast.length);
        Model slow = PlanParts.plain();
        TrainingPlan looking = plain.withUpdates(USUAL.withLookahead(new Lookahead(2, 0.25)));
        new Trainer(slow, looking, DATA, WorkerPool.shared()).run();
        for (int i = 0; i < start.length; i++) {
            float expected = start[i] + 0.25f * (fast[i] - start[i]);
            assertThat(slow.parameters().data()[i]).as("element " + i).isCloseTo(expected, offset(1e-6f));
        }
    }

    @Test
    void sparedParametersDoNotDecay() {
        TrainingPlan plan = plan(1, "adamw(decay=1)", "constant", USUAL.withUndecayed(List.of("bias", "norm")));
        assertThat(plan.undecayed(PlanParts.model().network()))
                .containsExactlyInAnyOrder(
                        "conv2d_1.bias", "batch_norm_1.gamma", "batch_norm_1.beta", "dense_1.bias", "dense_2.bias");
        Model all = PlanParts.model();
        Model some = PlanParts.model();
        Model none = PlanParts.model();
        // one update: gradients are the same in all three
        for (Map.Entry<Model, TrainingPlan> run : Map.of(
                        all, plan.withUpdates(USUAL), some, plan, none, plan(1, "adamw(decay=0)", "constant", USUAL))
                .entrySet()) {
            TrainingPlan one = run.getValue();
            new Trainer(
                            run.getKey(),
                            new TrainingPlan(1, 100, 0.01, 9, one.loss(), one.optimizer(), one.schedule())
                                    .withUpdates(one.updates()),
                            DATA,
                            WorkerPool.shared())
                    .run();
        }
        some.parameters().toMap().forEach((key, tensor) -> {
            boolean weights = key.endsWith("filters") || key.endsWith("weights");
            assertThat(tensor)
                    .as(key)
                    .isEqualTo((weights ? all : none).parameters().get(key));
        });
        assertThat(sha256(some)).isNotEqualTo(sha256(all)).isNotEqualTo(sha256(none));
    }

    @Test
    void weighingClassesScalesTheirGradients() {
        TrainingPlan plan =
                new TrainingPlan(1, 100, 1, 9, new SoftmaxLoss(), new Sgd(0, false, 0), Schedules.of("constant"));
        Model once = PlanParts.plain();
        Model weighted = PlanParts.plain();
        new Trainer(once, plan, DATA, WorkerPool.shared()).run();
        new Trainer(weighted, plan.withLoss(Losses.of("softmax * 1,1,1")), DATA, WorkerPool.shared()).run();
        for (int i = 0; i < once.parameters().data().length; i++) {
            assertThat(weighted.parameters().data()[i])
                    .isCloseTo(once.parameters().data()[i], offset(1e-6f));
        }
    }

    @Test
    void balancedWeightsComeFromTheTrainingPart() {
        WeightedLoss balanced = (WeightedLoss) Losses.of("focal * balanced");
        assertThat(((WeightedLoss) balanced.fit(DATA)).weights()) // 34, 33 and 33 samples
                .containsExactly(100 / (3.0 * 34), 100 / (3.0 * 33), 100 / (3.0 * 33));
        assertThat(balanced.measure()).isEqualTo(new FocalLoss());
        assertThat(Losses.spec(balanced)).isEqualTo("focal * balanced");
        assertThat(Losses.spec(Losses.of("softmax(smoothing=0.1) * 1,2.5,0")))
                .isEqualTo("softmax(smoothing=0.1) * 1.0,2.5,0.0");
        assertThatThrownBy(() -> balanced.fit(DATA.subset(0, 1, 3)))
                .hasMessage(
                        "class-weights: expected samples of every class to balance, received none of class bottom in"
                                + " blobs");
        assertThatThrownBy(() -> Losses.of("softmax * 1,2").fit(DATA))
                .hasMessage("class-weights: expected one for each of the 3 classes of blobs, received 2");
    }

    @Test
    void namesThatTheNetworkDoesNotHaveAreRefused() {
        assertThatThrownBy(() -> run(USUAL.withFrozen(List.of("conv2d1"))))
                .hasMessage("freeze: expected layers or parameters of the network, received \"conv2d1\"; did you mean"
                        + " \"conv2d_1\"? Known: conv2d_1, batch_norm_1, dense_1, dense_2");
        assertThatThrownBy(() -> run(USUAL.withUndecayed(List.of("bais"))))
                .hasMessage("no-decay: expected layers or parameters of the network, received \"bais\"; did you mean"
                        + " \"bias\"? Known: weight, norm, slope, bias, conv2d_1, batch_norm_1, dense_1, dense_2");
        assertThatThrownBy(() -> run(USUAL.withFrozen(List.of("*"))))
                .hasMessage("freeze: expected at least one layer left to train, received [*], which is all of network"
                        + " small");
    }

    private static String run(UpdateRules rules) {
        Trainer trainer = PlanParts.trainer(PlanParts.model(), plan(1, "adam", "constant", rules), WorkerPool.shared());
        trainer.run();
        return bits(trainer);
    }

    @Test
    void aPrefixEndsAtADot() {
        KeyPatterns one = new KeyPatterns("freeze", List.of("conv_1"), List.of());
        List<String> keys = List.of("conv_1.filters", "conv_10.filters", "block_1.conv_1.filters");
        assertThat(one.pick(keys)).containsExactly("conv_1.filters");
        assertThat(new KeyPatterns("freeze", List.of("*conv_1"), List.of()).pick(keys))
                .containsExactly("conv_1.filters", "block_1.conv_1.filters");
        assertThat(new KeyPatterns("freeze", List.of("conv_?", "block_1"), List.of()).pick(keys))
                .containsExactly("conv_1.filters", "block_1.conv_1.filters");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "accumulate=0   | accumulate: expected 1 batch or more, received 0",
                "clip-norm=0    | clip-norm: expected a length above 0, received 0.0",
                "clip-value=NaN | clip-value: expected a size above 0, received NaN",
                "ema=1          | ema: expected a decay from 0 to below 1, received 1.0; 0.999 is usual",
                "freeze=        | freeze: expected names of layers or parameters, received \"\"",
                "lookahead=5,2  | lookahead: expected a period of 1 or more updates and a share above 0 and at most 1,"
                        + " received 5 and 2.0; 5 and 0.5 are usual",
                "lookahead=x    | lookahead: expected a number of updates, perhaps with a share, as in 5 or 5,0.5,"
                        + " received \"x\"",
                "speed=2        | updates: expected rules as in ema=0.999, received \"speed=2\"; written by a newer"
                        + " version?",
            })
    void numbersOutOfRangeAreRefused(String text, String message) {
        assertThatThrownBy(() -> PlanText.rules(text)).hasMessage(message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "svm * balanced  | class-weights: expected a loss that has one value per sample, as softmax, focal and"
                        + " kl, received svm",
                "softmax * a     | class-weights: expected balanced, or a number for each class as in 1,2.5,1, received"
                        + " \"a\"",
                "softmax * 0,0   | class-weights: expected numbers of 0 or more, not all of them 0, received [0.0, 0.0]",
            })
    void weightsOutOfRangeAreRefused(String loss, String message) {
        assertThatThrownBy(() -> Losses.of(loss)).hasMessage(message);
    }
}
