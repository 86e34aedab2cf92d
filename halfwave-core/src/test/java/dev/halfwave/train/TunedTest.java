package dev.halfwave.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.halfwave.activation.Relu;
import dev.halfwave.compile.Explanation;
import dev.halfwave.compile.Program;
import dev.halfwave.data.Dataset;
import dev.halfwave.kernel.AlgorithmChoice;
import dev.halfwave.kernel.Kernels;
import dev.halfwave.kernel.Providers;
import dev.halfwave.kernel.WorkerPool;
import dev.halfwave.nn.Conv2d;
import dev.halfwave.nn.Dense;
import dev.halfwave.nn.GlobalAvgPool2d;
import dev.halfwave.nn.Model;
import dev.halfwave.nn.Network;
import dev.halfwave.nn.Padding;
import dev.halfwave.tuning.Tuning;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Algorithms by measurement, from training to prediction: whatever wins, programs compute the same. */
@Tag("kernels")
@Timeout(180)
class TunedTest {
    private static final Dataset DATA = new Blobs(80, 1); // two whole batches and a smaller one
    private static final TrainingPlan PLAN = TrainingPlan.usual(1, 32, 5);
    private static final boolean SIMD = Providers.active().lanes() > 1;

    @TempDir
    private Path directory;

    private static Model model() {
        Network network = Network.of(
                "wide",
                DATA.sampleShape(),
                Conv2d.of(32, 3).padding(Padding.SAME).activation(new Relu()),
                Conv2d.of(32, 3).padding(Padding.SAME).activation(new Relu()),
                new GlobalAvgPool2d(),
                Dense.of(3));
        return Model.initialized(network, DATA.classes(), 5);
    }

    private static float[] trained(AlgorithmChoice choice, WorkerPool pool) {
        Model model = model();
        Trainer trainer = new Trainer(model, PLAN, DATA, pool);
        trainer.validateOn(DATA);
        trainer.tune(choice);
        trainer.run();
        return model.parameters().data();
    }

    private static boolean isMeasured(Program program) {
        return program.explain().lines().stream()
                .map(Explanation.Line::algorithm)
                .anyMatch(algorithm -> algorithm.endsWith(", measured"));
    }

    @Test
    void theSameChoicesGiveTheSameBitsOnAnyNumberOfThreads() {
        try (WorkerPool one = new WorkerPool(1);
                WorkerPool three = new WorkerPool(3)) {
            Tuning measured = Tuning.in(directory.resolve("tuning.json"), one, text -> {
                throw new AssertionError(text);
            });
            float[] first = trained(measured, one);
            Map<String, String> choices = measured.choices();
            assertThat(choices.isEmpty()).isEqualTo(!SIMD);
            assertThat(directory.resolve("tuning.json").toFile().exists()).isEqualTo(SIMD);

            Tuning told = Tuning.inMemory(three);
            told.prefer(choices);
            assertThat(trained(told, three)).isEqualTo(first);
            assertThat(told.choices()).isEqualTo(choices);

            Tuning again = Tuning.in(directory.resolve("tuning.json"), one, text -> {
                throw new AssertionError(text);
            });
            assertThat(trained(again, one)).isEqualTo(first);
            assertThat(trained(AlgorithmChoice.bySizes(), one)).containsExactly(first, within(1e-3f));
        }
    }

    @Test
    void whateverIsChosenTrainingArrivesAtTheSame() {
        WorkerPool pool = WorkerPool.shared();
        float[] usual = trained(AlgorithmChoice.bySizes(), pool);
        AlgorithmChoice last =
                (pass, algorithms) -> algorithms.get(algorithms.size() - 1).kernel();
        assertThat(trained(last, pool)).containsExactly(usual, within(1e-3f));

        Model untuned = model();
        new Trainer(untuned, PLAN, DATA, pool).run();
        assertThat(usual).isEqualTo(untuned.parameters().data());
    }

    @Test
    void programsSayWhatWasMeasured() {
        WorkerPool pool = WorkerPool.shared();
        Tuning tuning = Tuning.inMemory(pool);
        Kernels active = Providers.active();
        Network network = model().network();
        Kernels tuned = active.tuned(tuning.keepingFilters());
        assertThat(isMeasured(model().predictor(pool, tuned).program(8))).isEqualTo(SIMD);
        assertThat(isMeasured(model().predictor(pool, tuned.exact()).program(8)))
                .isFalse();
        assertThat(isMeasured(PLAN.program(network))).isFalse();
        assertThat(tuning.choices().keySet().stream()
                        .filter(pass -> !pass.endsWith(", filters kept"))
                        .collect(Collectors.toSet()))
                .isEmpty();
        assertThat(isMeasured(PLAN.program(network, active.tuned(tuning)))).isEqualTo(SIMD);
    }
}
