package dev.halfwave.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MeanIntervalTest {
    /** From the usual tables of Student's distribution. */
    @ParameterizedTest
    @CsvSource({
        "0.975, 1, 12.706", "0.975, 2, 4.303", "0.975, 3, 3.182", "0.975, 4, 2.776", "0.975, 5, 2.571",
        "0.975, 9, 2.262", "0.975, 30, 2.042", "0.975, 120, 1.980", "0.95, 4, 2.132", "0.995, 10, 3.169"
    })
    void theQuantilesAreThoseOfTheTables(double p, int freedom, double t) {
        assertThat(StudentT.quantile(p, freedom)).isCloseTo(t, within(0.0005));
    }

    /** The series against Simpson's rule over the density. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 12, 25})
    void theSeriesIsTheIntegralOfTheDensity(int freedom) {
        for (double t : new double[] {0.1, 0.7, 1.5, 3}) {
            double whole = integral(0, Math.PI / 2, freedom);
            double part = integral(0, Math.atan(t / Math.sqrt(freedom)), freedom);
            assertThat(StudentT.within(t, freedom)).as("t %s", t).isCloseTo(part / whole, within(1e-9));
        }
    }

    /** With t = √ν·tan θ the density (1 + t²/ν)^(−(ν+1)/2) becomes cos^(ν−1) θ. */
    private static double integral(double from, double to, int freedom) {
        int steps = 2000;
        double width = (to - from) / steps;
        double sum = 0;
        for (int i = 0; i <= steps; i++) {
            int weight = i == 0 || i == steps ? 1 : i % 2 == 1 ? 4 : 2;
            sum += weight * Math.pow(Math.cos(from + i * width), freedom - 1);
        }
        return sum * width / 3;
    }

    @Test
    void anIntervalByHand() {
        MeanInterval interval = MeanInterval.of(0.90, 0.92, 0.94, 0.96, 0.98);
        assertThat(interval.mean()).isCloseTo(0.94, within(1e-12));
        assertThat(interval.deviation()).isCloseTo(Math.sqrt(0.001), within(1e-12));
        assertThat(interval.reach()).isCloseTo(2.776445 * Math.sqrt(0.001) / Math.sqrt(5), within(1e-7));
        assertThat(interval.count()).isEqualTo(5);
    }

    /** 95 of 100 intervals hold the true mean; of 4000, 3800 ± 42 at three standard deviations. */
    @Test
    void coversTheTrueMeanAsOftenAsItSays() {
        SplittableRandom random = new SplittableRandom(5);
        int covered = 0;
        for (int i = 0; i < 4000; i++) {
            double[] values = new double[5];
            for (int j = 0; j < values.length; j++) {
                values[j] = 3 + random.nextGaussian();
            }
            MeanInterval interval = MeanInterval.of(values);
            covered += Math.abs(interval.mean() - 3) <= interval.reach() ? 1 : 0;
        }
        assertThat(covered).isBetween(3758, 3842);
    }

    @Test
    void refusesASingleMeasurement() {
        assertThatThrownBy(() -> MeanInterval.of(1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("interval: expected 2 measurements or more, received 1; one says nothing about how far"
                        + " they vary");
    }
}
