package dev.halfwave.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.halfwave.kernel.WorkerPool;
import dev.halfwave.nn.Model;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EarlyStoppingTest {
    private static Trainer trainer() {
        return Watched.trainer(20);
    }

    private static EpochReport report(int epoch, double validationLoss) {
        return new EpochReport(epoch, 1, 0.5, Optional.of(new Score(validationLoss, 0.5, 10)), 0.1, 100);
    }

    /** After how many epochs with the given validation losses training ends; 0 if it goes on. */
    @ParameterizedTest
    @CsvSource({
        "1, 0,    '3 2 1 1',          4", // equally good is no improvement
        "2, 0,    '3 4 5',            3",
        "2, 0,    '3 4 2 4 1 4',      0",
        "3, 0,    '3 4 4 4',          4",
        "2, 0.5,  '3 2.6 2.4 2.2 2',  5", // 2.6 is no better, 2.4 is; then neither 2.2 nor 2 is
        "1, 0,    'NaN',              1",
        "2, 0,    'NaN 3 NaN 2',      0",
        "2, 0,    '3 NaN NaN',        3",
    })
    void endsAfterSoManyEpochsWithoutImprovement(int patience, double improvement, String losses, int end) {
        EarlyStopping stopping = new EarlyStopping(Criterion.VALIDATION_LOSS, patience, improvement);
        Trainer trainer = trainer();
        int epoch = 0;
        for (String loss : losses.split(" ", -1)) {
            epoch++;
            stopping.epochDone(trainer, report(epoch, Double.parseDouble(loss)));
            if (trainer.isFinished()) {
                break;
            }
        }
        assertThat(trainer.isFinished() ? epoch : 0).isEqualTo(end);
    }

    @Test
    void resumedItGoesOnCounting() {
        EarlyStopping first = new EarlyStopping(Criterion.VALIDATION_LOSS, 3, 0);
        first.epochDone(trainer(), report(1, 2));
        first.epochDone(trainer(), report(2, 5));
        EarlyStopping second = new EarlyStopping(Criterion.VALIDATION_LOSS, 3, 0);
        Trainer trainer = trainer();
        second.resumed(trainer, first.notes());
        assertThat(second.waited()).isEqualTo(1);
        second.epochDone(trainer, report(3, 2));
        assertThat(trainer.isFinished()).isFalse();
        second.epochDone(trainer, report(4, 3));
        assertThat(trainer.isFinished()).isTrue();

        Trainer over = trainer();
        new EarlyStopping(Criterion.VALIDATION_LOSS, 3, 0).resumed(over, second.notes());
        assertThat(over.isFinished()).as("a run that had ended ends at once").isTrue();
        Trainer older = trainer();
        new EarlyStopping(Criterion.VALIDATION_LOSS, 3, 0).resumed(older, Map.of("data", "strokes"));
        assertThat(older.isFinished()).isFalse();
    }

    @Test
    void aFinishedTrainerDoesNoMoreAndIsFinished() {
        Trainer trainer = trainer();
        List<Integer> epochs = new ArrayList<>();
        trainer.addListener(new TrainingListener() {
            @Override
            public void epochDone(Trainer running, EpochReport report) {
                epochs.add(report.epoch());
                if (report.epoch() == 2) {
                    running.finish();
                }
            }
        });
        trainer.run();
        trainer.run();
        assertThat(epochs).containsExactly(1, 2);
        assertThat(trainer.isFinished()).isTrue();
        assertThat(trainer.position().epoch()).isEqualTo(2);
        assertThat(trainer.rate()).isPositive();
    }

    /** Whatever batch a run with early stopping and best weights is stopped after: resumed, it ends with the same. */
    @ParameterizedTest
    @ValueSource(strings = {"validation-loss", "accuracy"})
    void stoppingAfterAnyBatchAndResumingChangesNothing(String criterion, @TempDir Path folder) {
        Watched whole = new Watched(folder.resolve("whole"), Criterion.of(criterion));
        Trainer unbroken = whole.run(null, Integer.MAX_VALUE);
        Model expected = unbroken.model();
        whole.best().restore(expected);
        long steps = unbroken.position().step();
        assertThat(unbroken.isFinished()).isTrue();
        if (Criterion.of(criterion).needsValidation()) {
            assertThat(unbroken.position().epoch()).as("it ended early").isBetween(3, 11);
        }
        for (int stop = 1; stop <= steps; stop++) {
            Path place = folder.resolve("after-" + stop);
            Trainer stopped = new Watched(place, Criterion.of(criterion)).run(null, stop);
            Path file = place.resolve("checkpoint.safetensors");
            stopped.checkpoint().save(file);
            Watched rest = new Watched(place, Criterion.of(criterion));
            Trainer resumed = rest.run(Checkpoint.load(file), Integer.MAX_VALUE);
            assertThat(resumed.position()).as("stopped after %d", stop).isEqualTo(unbroken.position());
            assertThat(rest.best().epoch())
                    .as("stopped after %d", stop)
                    .isEqualTo(whole.best().epoch());
            assertThat(rest.best().value()).isEqualTo(whole.best().value());
            rest.best().restore(resumed.model());
            assertThat(resumed.model().parameters().data())
                    .as("stopped after %d", stop)
                    .isEqualTo(expected.parameters().data());
        }
    }

    @Test
    void refusesNumbersOutOfRange() {
        assertThatThrownBy(() -> new EarlyStopping(Criterion.LOSS, 0, 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("early stopping: expected a patience of 1 epoch or more, received 0;"
                        + " leave early stopping out to train to the end");
        for (double improvement : new double[] {-0.1, Double.NaN, Double.POSITIVE_INFINITY}) {
            assertThatThrownBy(() -> new EarlyStopping(Criterion.LOSS, 1, improvement))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("early stopping: expected a least improvement of 0 or more, received " + improvement);
        }
    }

    @Test
    void withoutValidationOneCannotGoByIt() {
        EpochReport report = new EpochReport(3, 1, 0.5, Optional.empty(), 0.1, 100);
        assertThatThrownBy(() -> new EarlyStopping(Criterion.VALIDATION_LOSS, 1, 0)
                        .epochDone(
                                new Trainer(Watched.model(), Watched.plan(1), Watched.TRAIN, WorkerPool.shared()),
                                report))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("epoch 3: expected a score on a validation part, received none; call Trainer.validateOn,"
                        + " or go by loss");
        assertThatThrownBy(() -> Criterion.of("validation-los"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("unknown criterion \"validation-los\": did you mean \"validation-loss\"?"
                        + " Known: validation-loss, validation-accuracy, loss, accuracy");
    }
}
