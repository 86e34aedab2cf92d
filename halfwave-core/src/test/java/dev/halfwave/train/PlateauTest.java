package dev.halfwave.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.halfwave.kernel.WorkerPool;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlateauTest {
    /** The rate's factor after each epoch, ended by the losses. */
    private static List<Double> scales(String spec, double... losses) {
        ReactiveSchedule schedule = (ReactiveSchedule) Schedules.of(spec);
        List<Double> memory = schedule.begin();
        List<Double> scales = new ArrayList<>();
        for (double loss : losses) {
            memory = schedule.after(memory, loss);
            scales.add(schedule.scale(memory));
        }
        return scales;
    }

    @Test
    void patienceIsBorneBeforeTheRateFalls() {
        assertThat(scales("plateau(factor=0.5, patience=2)", 1, 1, 1, 1, 0.5, 0.5, 0.5, 0.5, 0.5))
                .containsExactly(1.0, 1.0, 1.0, 0.5, 0.5, 0.5, 0.5, 0.25, 0.25);
    }

    @Test
    void aLossHasToBeBetterByTheThreshold() {
        assertThat(scales("plateau(factor=0.5, patience=0, threshold=0.1)", 1, 0.95, 0.89, 0.81))
                .containsExactly(1.0, 0.5, 0.5, 0.25);
    }

    @Test
    void nothingIsCountedWhileItRests() {
        assertThat(scales("plateau(factor=0.5, patience=0, cooldown=2)", 1, 1, 1, 1, 1))
                .containsExactly(1.0, 0.5, 0.5, 0.5, 0.25);
    }

    @Test
    void theRateStopsFallingAtTheLeast() {
        assertThat(scales("plateau(patience=0, least=0.05)", 1, 1, 1, 1)).containsExactly(1.0, 0.1, 0.05, 0.05);
    }

    @Test
    void trainingFollowsIt() {
        TrainingPlan plan =
                PlanParts.plan(4, "adam", "plateau(factor=0.5, patience=0, threshold=0.99)", UpdateRules.usual());
        Trainer trainer = PlanParts.trainer(PlanParts.model(), plan, WorkerPool.shared());
        List<Double> rates = new ArrayList<>();
        trainer.addListener(new TrainingListener() {
            @Override
            public void epochDone(Trainer running, EpochReport report) {
                rates.add(report.rate());
            }
        });
        trainer.run();
        assertThat(rates).containsExactly(0.01, 0.01, 0.005, 0.0025);
        assertThat(trainer.rate()).isEqualTo(0.0025);
    }

    @Test
    void withoutAValidationPartThereIsNothingToFollow() {
        TrainingPlan plan = PlanParts.plan(1, "adam", "plateau", UpdateRules.usual());
        Trainer trainer = new Trainer(PlanParts.model(), plan, PlanParts.DATA, WorkerPool.shared());
        assertThatThrownBy(trainer::run)
                .hasMessage("plateau: expected a validation part whose loss to follow, received none; hold back part of"
                        + " the data or choose another schedule");
    }

    @ParameterizedTest
    @CsvSource({"factor=1", "patience=-1", "threshold=1", "cooldown=-1", "least=2"})
    void numbersOutOfRangeAreRefused(String setting) {
        assertThatThrownBy(() -> Schedules.of("plateau(" + setting + ")"))
                .hasMessageStartingWith(
                        "plateau: expected a factor above 0 and below 1, a patience and a cooldown of 0 or"
                                + " more epochs, a threshold from 0 to below 1 and a least factor from 0 to 1, received ");
    }
}
