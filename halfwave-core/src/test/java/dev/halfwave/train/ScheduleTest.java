package dev.halfwave.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.data.Offset.offset;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "constant(warmup=0.2)                   | 0.1  | 0.5",
                "constant(warmup=0.2)                   | 0.2  | 1",
                "cosine(warmup=0.2)                     | 0    | 0",
                "cosine(warmup=0.2)                     | 0.6  | 0.5",
                "step                                   | 0    | 1",
                "step                                   | 0.29 | 1",
                "step                                   | 0.3  | 0.1",
                "step                                   | 0.6  | 0.01",
                "step                                   | 0.99 | 0.001",
                "step(every=0.1, factor=0.5)            | 0.3  | 0.125",
                "step(every=0.1, factor=0.5)            | 0.7  | 0.0078125",
                "step(every=0.5, warmup=0.5)            | 0.75 | 0.1",
                "exponential                            | 0.5  | 0.1",
                "exponential                            | 1    | 0.01",
                "exponential(end=0.0625)                | 0.25 | 0.5",
                "polynomial                             | 0.25 | 0.75",
                "polynomial(power=2)                    | 0.25 | 0.5625",
                "polynomial(power=2, end=0.5)           | 0.5  | 0.625",
                "polynomial(warmup=0.5)                 | 0.75 | 0.5",
                "warm-restarts                          | 0    | 1",
                "warm-restarts(growth=1)                | 0.5  | 0.5",
                "warm-restarts(cycles=2, growth=1)      | 0.25 | 0.5",
                "warm-restarts(cycles=2, growth=1)      | 0.5  | 1",
                "warm-restarts(cycles=2, growth=3)      | 0.25 | 1",
                "warm-restarts(cycles=2, growth=3)      | 0.5  | 0.75",
                "warm-restarts(cycles=2, growth=3)      | 1    | 0",
                "warm-restarts(cycles=10, growth=1)     | 0.3  | 1",
                "warm-restarts(cycles=1, end=0.2)       | 0.5  | 0.6",
                "warm-restarts(cycles=1, warmup=0.5)    | 0.75 | 0.5",
            })
    void theFactorsAreThoseOfTheFormula(String spec, double progress, double factor) {
        assertThat(Schedules.of(spec).factor(progress)).isCloseTo(factor, offset(1e-12));
    }

    @Test
    void restartsBeginAtTheSumsOfTheCyclesBefore() {
        Schedule restarts = Schedules.of("warm-restarts");
        for (double start : new double[] {1.0 / 7, 3.0 / 7}) {
            assertThat(restarts.factor(start - 1e-6)).isLessThan(1e-9);
            assertThat(restarts.factor(start)).isEqualTo(1);
        }
    }

    @Test
    void everyTextComesBack() {
        for (String name : Schedules.names()) {
            assertThat(Schedules.spec(Schedules.of(name))).isEqualTo(name);
        }
        assertComesBack("step(every=0.25, factor=0.5, warmup=0.1)");
        assertComesBack("exponential(end=0.1, warmup=0.1)");
        assertComesBack("polynomial(power=0.9, end=0.1)");
        assertComesBack("warm-restarts(cycles=4, growth=1.5)");
        assertComesBack("cosine(warmup=0.05)");
        assertComesBack("constant(warmup=0.05)");
    }

    private static void assertComesBack(String spec) {
        assertThat(Schedules.spec(Schedules.of(spec))).isEqualTo(spec);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "step(every=0) | step: expected every, the share of the steps between two falls, and a factor above 0"
                        + " and at most 1, received 0.0 and 0.1",
                "step(warmup=1) | step: expected a warmup from 0 to below 1, the share of the steps, received 1.0",
                "exponential(end=0) | exponential: expected an end above 0 and at most 1, received 0.0; 0.01 is usual",
                "polynomial(power=-1) | polynomial: expected a power above 0 and an end from 0 to 1, received -1.0 and"
                        + " 0.0",
                "warm-restarts(cycles=0) | warm-restarts: expected 1 to 1000 cycles, a growth from 1 to 100 and an end"
                        + " from 0 to 1, received 0, 2.0, 0.0",
                "warm-restarts(cycles=1.5) | schedule \"warm-restarts(cycles=1.5)\": expected a whole number for"
                        + " cycles, received \"1.5\"",
            })
    void misuseIsNamed(String spec, String message) {
        assertThatThrownBy(() -> Schedules.of(spec)).hasMessage(message);
    }

    @Test
    void unknownNamesAreSuggested() {
        assertThatThrownBy(() -> Schedules.of("cosin"))
                .hasMessage("unknown schedule \"cosin\": did you mean \"cosine\"? Known: "
                        + String.join(", ", Schedules.names()));
        assertThatThrownBy(() -> Optimizers.of("adma"))
                .hasMessage("unknown optimizer \"adma\": did you mean \"adam\"? Known: sgd, nesterov, adam, adamw,"
                        + " rmsprop, adagrad, nadam, lion, lamb, muon");
        assertThatThrownBy(() -> Losses.of("softmx"))
                .hasMessage(
                        "unknown loss \"softmx\": did you mean \"softmax\"? Known: softmax, svm, squared-hinge, one-vs-rest,"
                                + " mse, huber, focal, kl");
    }
}
