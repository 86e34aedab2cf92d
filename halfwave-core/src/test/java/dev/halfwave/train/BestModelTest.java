package dev.halfwave.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.halfwave.format.ModelFormatException;
import dev.halfwave.nn.Model;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BestModelTest {
    @TempDir
    private Path folder;

    /** The epochs of a whole run with the weights after each. */
    private static List<float[]> weights(Trainer trainer, List<EpochReport> reports) {
        List<float[]> weights = new ArrayList<>();
        trainer.addListener(new TrainingListener() {
            @Override
            public void epochDone(Trainer running, EpochReport report) {
                reports.add(report);
                weights.add(running.model().parameters().data().clone());
            }
        });
        trainer.run();
        return weights;
    }

    @Test
    void theBestEpochsWeightsAreKeptInMemoryAndFile() {
        Path file = folder.resolve("best.safetensors");
        BestModel best = BestModel.in(file, Criterion.VALIDATION_LOSS);
        BestModel remembered = BestModel.inMemory(Criterion.VALIDATION_LOSS);
        Trainer trainer = Watched.trainer(10);
        trainer.addListener(best);
        trainer.addListener(remembered);
        trainer.addListener(new TrainingListener() {
            @Override
            public void epochDone(Trainer running, EpochReport report) {
                running.scaleRate(report.epoch() == 5 ? 100 : 1); // from here on it can only get worse
            }
        });
        List<EpochReport> reports = new ArrayList<>();
        List<float[]> weights = weights(trainer, reports);
        EpochReport lowest = reports.stream()
                .min(Comparator.comparing(
                        report -> report.validation().orElseThrow().loss()))
                .orElseThrow();

        assertThat(lowest.epoch()).as("the best epoch is not the last").isBetween(1, 9);
        assertThat(best.epoch()).isEqualTo(lowest.epoch());
        assertThat(best.value()).isEqualTo(lowest.validation().orElseThrow().loss());
        float[] expected = weights.get(lowest.epoch() - 1);
        assertThat(trainer.model().parameters().data()).isNotEqualTo(expected);
        long version = trainer.model().parameters().version();
        best.restore(trainer.model());
        assertThat(trainer.model().parameters().data()).isEqualTo(expected);
        assertThat(trainer.model().parameters().version()).isGreaterThan(version);
        assertThat(Model.load(file).parameters().data()).isEqualTo(expected);
        Model other = Watched.model();
        remembered.restore(other);
        assertThat(other.parameters().data()).isEqualTo(expected);
    }

    @Test
    void withoutAnEpochNothingIsRestored() {
        Model model = Watched.model();
        float[] before = model.parameters().data().clone();
        BestModel.inMemory(Criterion.LOSS).restore(model);
        assertThat(model.parameters().data()).isEqualTo(before);
    }

    /** The run ended after the best model was written and before the checkpoint was. */
    @Test
    void aFileOfALaterEpochThanTheCheckpointsIsWrittenAgain() {
        Watched run = new Watched(folder, Criterion.LOSS);
        Path checkpoint = folder.resolve("checkpoint.safetensors");
        Trainer first = run.run(null, 6); // two epochs
        assertThat(run.best().epoch()).isEqualTo(2);
        first.checkpoint().save(checkpoint);
        Trainer more = new Watched(folder, Criterion.LOSS).run(Checkpoint.load(checkpoint), 9);
        assertThat(more.position().epoch()).isEqualTo(3);

        Watched again = new Watched(folder, Criterion.LOSS);
        again.run(Checkpoint.load(checkpoint), 9);
        assertThat(again.best().epoch()).isEqualTo(3);
        assertThat(Model.load(folder.resolve("best.safetensors")).parameters().data())
                .isEqualTo(more.model().parameters().data());
    }

    @Test
    void refusesToResumeWithoutTheFileOrWithAnothers() {
        Watched run = new Watched(folder, Criterion.LOSS);
        Checkpoint checkpoint = run.run(null, 9).checkpoint();
        Path file = folder.resolve("best.safetensors");
        Trainer trainer = Watched.trainer(12);
        trainer.resume(checkpoint);
        assertThatThrownBy(() -> trainer.addListener(BestModel.inMemory(Criterion.LOSS)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("best model: expected the file with the weights of epoch 3, the best one so far,"
                        + " received none; use BestModel.in(file) in runs to be resumed");

        trainer.model().save(file);
        assertThatThrownBy(() -> trainer.addListener(BestModel.in(file, Criterion.LOSS)))
                .isInstanceOf(ModelFormatException.class)
                .hasMessage(file + ": expected the weights of epoch 3 of the run that is resumed, its best one so far,"
                        + " received those of epoch none of watched; resume with the file that was beside the"
                        + " checkpoint");
        Path missing = folder.resolve("missing");
        assertThatThrownBy(() -> trainer.addListener(BestModel.in(missing, Criterion.LOSS)))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining(missing.toString());
    }

    @Test
    void aCheckpointOfBeforeTellsNothing() {
        BestModel best = BestModel.in(folder.resolve("none"), Criterion.LOSS);
        best.resumed(Watched.trainer(1), Map.of());
        assertThat(best.epoch()).isZero();
        assertThat(best.notes()).isEmpty();
        assertThat(Files.exists(folder.resolve("none"))).isFalse();
    }
}
