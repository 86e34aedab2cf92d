package dev.halfwave.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class EstimateTest {
    /** Student's own example: the additional sleep of ten patients, t = 4.0621 and p = 0.00283. */
    private static final Estimate SLEEP = Estimate.of(1.2, 2.4, 1.3, 1.3, 0.0, 1.0, 1.8, 0.8, 4.6, 1.4);

    @Test
    void studentsOwnExample() {
        assertThat(SLEEP.mean()).isCloseTo(1.58, within(1e-12));
        assertThat(SLEEP.deviation()).isCloseTo(1.229995, within(1e-6));
        assertThat(SLEEP.low()).isCloseTo(0.7001142, within(1e-6));
        assertThat(SLEEP.high()).isCloseTo(2.4598858, within(1e-6));
        assertThat(SLEEP.chance()).isCloseTo(0.002833, within(1e-6));
    }

    @Test
    void ofOneRunNothingIsKnownButItself() {
        Estimate one = Estimate.of(List.of(3.0));
        assertThat(one.mean()).isEqualTo(3);
        assertThat(one.deviation()).isNaN();
        assertThat(one.margin()).isInfinite();
        assertThat(one.chance()).isEqualTo(1);
    }

    @Test
    void equalRunsHaveNoMargin() {
        assertThat(Estimate.of(0.5, 0.5, 0.5).margin()).isZero();
        assertThat(Estimate.of(0, 0).chance()).isEqualTo(1);
        assertThat(Estimate.of(0.5, 0.5).chance()).isZero();
        assertThat(Estimate.of(0.5, 0.5).varyingAtLeast(0.1).deviation()).isEqualTo(0.1);
        assertThat(Estimate.of(0.5).varyingAtLeast(0.1).deviation()).isNaN();
    }

    /** 4,000 experiments of five draws each: the share whose interval misses is within 4 standard errors of 5 %. */
    @Test
    void nineteenOfTwentyIntervalsHoldTheTruth() {
        long seed = 20;
        SplittableRandom random = new SplittableRandom(seed);
        long missed = IntStream.range(0, 4_000)
                .mapToObj(i -> Estimate.of(IntStream.range(0, 5)
                        .mapToDouble(k -> 7 + 3 * random.nextGaussian())
                        .toArray()))
                .filter(e -> e.low() > 7 || e.high() < 7)
                .count();
        assertThat(missed / 4_000.0).as("seed %d", seed).isCloseTo(0.05, within(0.014));
    }

    @Test
    void refusesNoRunsAtAll() {
        assertThatThrownBy(Estimate::of)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("estimate: expected 1 value or more, received 0");
    }
}
