package dev.halfwave.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.halfwave.activation.Relu;
import dev.halfwave.compile.Explanation;
import dev.halfwave.compile.Program;
import dev.halfwave.data.Dataset;
import dev.halfwave.kernel.Providers;
import dev.halfwave.kernel.WorkerPool;
import dev.halfwave.nn.Conv2d;
import dev.halfwave.nn.Dense;
import dev.halfwave.nn.GlobalAvgPool2d;
import dev.halfwave.nn.Model;
import dev.halfwave.nn.Network;
import dev.halfwave.nn.Padding;
import dev.halfwave.nn.Predictor;
import dev.halfwave.tensor.Tensor;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The choice of doing without Winograd's convolution, from training to prediction. */
@Tag("kernels")
class ExactTest {
    private static final Dataset DATA = new Blobs(96, 1);
    private static final TrainingPlan FAST = TrainingPlan.usual(2, 32, 5);
    private static final TrainingPlan EXACT = FAST.withExact(true);

    private static Model model() {
        Network network = Network.of(
                "wide",
                DATA.sampleShape(),
                Conv2d.of(32, 3).padding(Padding.SAME).activation(new Relu()),
                Conv2d.of(64, 3).padding(Padding.SAME).activation(new Relu()),
                new GlobalAvgPool2d(),
                Dense.of(3));
        return Model.initialized(network, DATA.classes(), 5);
    }

    private static boolean usesWinograd(Program program) {
        return program.explain().lines().stream()
                .map(Explanation.Line::algorithm)
                .anyMatch(algorithm -> algorithm.contains("winograd"));
    }

    private static Model trained(TrainingPlan plan) {
        Model model = model();
        new Trainer(model, plan, DATA, WorkerPool.shared()).run();
        return model;
    }

    @Test
    void anExactPredictorDiffersInRoundingAlone() {
        Model model = model();
        Predictor fast = model.predictor(WorkerPool.shared());
        Predictor exact =
                model.predictor(WorkerPool.shared(), Providers.active().exact());
        boolean winograd = Providers.active().lanes() > 1;
        assertThat(usesWinograd(fast.program(32))).isEqualTo(winograd);
        assertThat(usesWinograd(exact.program(32))).isFalse();

        Tensor images = Tensor.zeros(DATA.sampleShape().prepend(32));
        SplittableRandom random = new SplittableRandom(3);
        for (int i = 0; i < images.data().length; i++) {
            images.data()[i] = (float) random.nextDouble();
        }
        float[] ours = fast.logits(images).data();
        float[] theirs = exact.logits(images).data();
        assertThat(ours).containsExactly(theirs, within(1e-5f));
        assertThat(Arrays.equals(ours, theirs)).isEqualTo(!winograd);
    }

    @Test
    void anExactPlanTrainsWithoutWinogradAndArrivesAtTheSame() {
        boolean winograd = Providers.active().lanes() > 1;
        assertThat(usesWinograd(FAST.program(model().network()))).isEqualTo(winograd);
        assertThat(usesWinograd(EXACT.program(model().network()))).isFalse();

        float[] fast = trained(FAST).parameters().data();
        float[] exact = trained(EXACT).parameters().data();
        assertThat(Arrays.equals(fast, exact)).isEqualTo(!winograd);
        assertThat(fast).containsExactly(exact, within(1e-3f));
    }

    @Test
    void anExactEvaluationDiffersInRoundingAlone() {
        Model model = trained(EXACT);
        Score fast = new Evaluator(model, FAST.loss(), DATA, 32, WorkerPool.shared()).evaluate();
        Score exact = new Evaluator(model, FAST.loss(), DATA, 32, WorkerPool.shared(), EXACT.kernels()).evaluate();
        assertThat(exact.loss()).isCloseTo(fast.loss(), within(1e-5));
        assertThat(exact.samples()).isEqualTo(fast.samples());
    }

    @Test
    void checkpointsRememberTheChoice(@TempDir Path directory) {
        Path file = directory.resolve("checkpoint.safetensors");
        new Trainer(model(), EXACT, DATA, WorkerPool.shared()).checkpoint().save(file);
        Checkpoint saved = Checkpoint.load(file);
        assertThat(saved.plan()).isEqualTo(EXACT);
        Trainer fast = new Trainer(model(), FAST, DATA, WorkerPool.shared());
        assertThatThrownBy(() -> fast.resume(saved))
                .hasMessageStartingWith("resume: expected a checkpoint of the same settings ")
                .hasMessageContaining("exact=false")
                .hasMessageContaining("exact=true");
    }
}
