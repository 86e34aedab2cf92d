package dev.halfwave.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.data.Offset.offset;

import org.junit.jupiter.api.Test;

class ScheduleTest {
    @Test
    void constantStays() {
        assertThat(Schedules.of("constant").factor(0)).isEqualTo(1);
        assertThat(Schedules.of("constant").factor(0.99)).isEqualTo(1);
    }

    @Test
    void cosineFallsFromOneToZero() {
        Schedule cosine = Schedules.of("cosine");
        assertThat(cosine.factor(0)).isEqualTo(1);
        assertThat(cosine.factor(0.5)).isCloseTo(0.5, offset(1e-12));
        assertThat(cosine.factor(1)).isCloseTo(0, offset(1e-12));
    }

    @Test
    void oneCycleRisesAndFalls() {
        Schedule cycle = Schedules.of("one-cycle");
        assertThat(cycle.factor(0)).isCloseTo(0.04, offset(1e-12));
        assertThat(cycle.factor(0.3)).isCloseTo(1, offset(1e-12));
        assertThat(cycle.factor(0.15)).isCloseTo(0.52, offset(1e-12));
        assertThat(cycle.factor(1)).isCloseTo(1e-4, offset(1e-12));
        assertThatThrownBy(() -> new OneCycle(0, 1, 1))
                .hasMessageStartingWith("one-cycle: expected a rise between 0 and 1");
    }

    @Test
    void unknownNamesAreSuggested() {
        assertThatThrownBy(() -> Schedules.of("cosin"))
                .hasMessage("unknown schedule \"cosin\": did you mean \"cosine\"? Known: constant, cosine, one-cycle");
        assertThatThrownBy(() -> Optimizers.of("adma"))
                .hasMessage("unknown optimizer \"adma\": did you mean \"adam\"? Known: sgd, nesterov, adam, adamw");
        assertThatThrownBy(() -> Losses.of("softmx"))
                .hasMessage("unknown loss \"softmx\": did you mean \"softmax\"? Known: softmax, svm");
    }
}
