package dev.halfwave.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StudentTTest {
    /** The table of every textbook, to its three decimals. */
    @ParameterizedTest
    @CsvSource({
        "1, 12.706, 63.657, 318.309",
        "2, 4.303, 9.925, 22.327",
        "3, 3.182, 5.841, 10.215",
        "4, 2.776, 4.604, 7.173",
        "5, 2.571, 4.032, 5.893",
        "9, 2.262, 3.250, 4.297",
        "10, 2.228, 3.169, 4.144",
        "25, 2.060, 2.787, 3.450",
        "40, 2.021, 2.704, 3.307",
        "100, 1.984, 2.626, 3.174"
    })
    void itsQuantilesAreThoseOfTheTables(int freedom, double at95, double at99, double at998) {
        StudentT t = new StudentT(freedom);
        assertThat(t.quantile(0.95)).isCloseTo(at95, within(5.1e-4));
        assertThat(t.quantile(0.99)).isCloseTo(at99, within(5.1e-4));
        assertThat(t.quantile(0.998)).isCloseTo(at998, within(5.1e-4));
    }

    /** Cauchy's distribution, and the closed form for two degrees of freedom. */
    @ParameterizedTest
    @ValueSource(doubles = {0, 0.1, 1, 2.5, 10, 1e3})
    void itIsExactWhereThereIsAClosedForm(double t) {
        assertThat(new StudentT(1).within(t)).isCloseTo(2 / Math.PI * Math.atan(t), within(1e-14));
        assertThat(new StudentT(2).within(t)).isCloseTo(t / Math.sqrt(2 + t * t), within(1e-14));
        assertThat(new StudentT(2).within(-t)).isEqualTo(new StudentT(2).within(t));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 7, 50, 999, 10_000})
    void quantilesAreTheInverse(int freedom) {
        StudentT t = new StudentT(freedom);
        for (double confidence : new double[] {0.01, 0.5, 0.95, 0.9999}) {
            assertThat(t.within(t.quantile(confidence))).isCloseTo(confidence, within(1e-10));
        }
    }

    @Test
    void manyDegreesOfFreedomAreTheNormalDistribution() {
        assertThat(new StudentT(100_000).quantile(0.95)).isCloseTo(1.95996, within(1e-4));
    }

    @Test
    void refusesWhatHasNoMeaning() {
        assertThatThrownBy(() -> new StudentT(0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("student t: expected 1 degree of freedom or more, received 0; use two draws or more");
        assertThatThrownBy(() -> new StudentT(3).quantile(1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("student t: expected a confidence between 0 and 1, both excluded, received 1.0");
    }
}
