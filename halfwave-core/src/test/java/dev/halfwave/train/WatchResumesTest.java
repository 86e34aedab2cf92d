package dev.halfwave.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.halfwave.activation.Relu;
import dev.halfwave.kernel.WorkerPool;
import dev.halfwave.nn.Dense;
import dev.halfwave.nn.Flatten;
import dev.halfwave.nn.Model;
import dev.halfwave.nn.Network;
import dev.halfwave.tensor.Shape;
import dev.halfwave.tensor.Tensor;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A watch that acts changes training, so that what it has counted belongs to a checkpoint. */
class WatchResumesTest {
    private static final Blobs DATA = new Blobs(300, 1);
    private static final TrainingPlan PLAN = TrainingPlan.usual(2, 20, 7);

    @TempDir
    private Path directory;

    private final List<DeadUnits> told = new ArrayList<>();

    /** In turn before the first look, between looks, at the step that tells of the dead, and after it. */
    @ParameterizedTest
    @ValueSource(ints = {1, 5, 8, 9, 21})
    void theBitsAreThoseOfTheRunNeverStopped(int stop) {
        Trainer whole = trainer(0, model());
        whole.run();
        List<DeadUnits> toldWhole = List.copyOf(told);
        assertThat(toldWhole)
                .isNotEmpty()
                .anySatisfy(dead -> assertThat(dead.revived()).isNotEmpty());
        assertThat(whole.checkpoint().rateScale()).isLessThan(1);
        told.clear();

        Trainer first = trainer(stop, model());
        first.run();
        Path file = directory.resolve("checkpoint.safetensors");
        first.checkpoint().save(file);
        Checkpoint checkpoint = Checkpoint.load(file);
        Trainer second = trainer(0, checkpoint.model());
        second.resume(checkpoint);
        second.run();

        assertThat(told).isEqualTo(toldWhole);
        assertThat(second.model().parameters().data())
                .isEqualTo(whole.model().parameters().data());
        assertThat(second.checkpoint().rateScale()).isEqualTo(whole.checkpoint().rateScale());
    }

    @Test
    void refusesCountsOfOtherUnits() {
        Trainer trainer = trainer(9, model());
        trainer.run();
        Checkpoint checkpoint = trainer.checkpoint();
        for (String counts : List.of("300;2:0=16", "0;2:10=16", "0;0:1=16", "0;2:1", "")) {
            Map<String, String> notes = new HashMap<>(checkpoint.notes());
            assertThat(notes.put("dead-unit-watch.silent", counts)).isNotNull();
            assertThatThrownBy(() -> trainer(0, checkpoint.model()).resume(checkpoint.withNotes(notes)))
                    .as(counts)
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("dead unit watch: expected counts of this network's units over 300 samples, received \""
                            + counts + "\"; start training anew");
        }
    }

    private static Model model() {
        Network network = Network.of(
                "mortal", DATA.sampleShape(), new Flatten(), Dense.of(10).activation(new Relu()), Dense.of(3));
        Model model = Model.initialized(network, DATA.classes(), 1);
        model.parameters().set("dense_1.bias", Tensor.of(Shape.of(10), -50, -50, 5, 5, 5, 5, 5, 5, 5, 5));
        return model;
    }

    /** A trainer that stops after so many steps, or trains to the end if that is 0. */
    private Trainer trainer(int stop, Model model) {
        Trainer trainer = new Trainer(model, PLAN, DATA, WorkerPool.shared());
        trainer.addListener(DeadUnitWatch.of(model, DATA, WorkerPool.shared(), told::add, 2, 16, 64)
                .reviving(5)
                .slowingBy(0.5));
        trainer.addListener(new TrainingListener() {
            @Override
            public void batchDone(Trainer running, Tally tally) {
                if (running.position().step() == stop) {
                    running.stop();
                }
            }
        });
        return trainer;
    }
}
