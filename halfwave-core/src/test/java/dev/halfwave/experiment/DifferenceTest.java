package dev.halfwave.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.halfwave.experiment.Difference.Verdict;
import java.util.List;
import org.junit.jupiter.api.Test;

class DifferenceTest {
    /** Chances of 0.01, 0.04, 0.03 and 0.005, as in many a textbook on Holm's method, made by choosing the spread. */
    private static Estimate withChance(double mean, double chance) {
        int n = 5;
        return new Estimate(mean, Math.abs(mean) * Math.sqrt(n) / new StudentT(n - 1).quantile(1 - chance), n);
    }

    @Test
    void chancesAreAdjustedAsHolmDoes() {
        List<Difference> differences = Difference.of(
                List.of(withChance(1, 0.01), withChance(1, 0.04), withChance(-1, 0.03), withChance(-1, 0.005)));

        assertThat(differences.get(0).chance()).isCloseTo(0.03, within(1e-9));
        assertThat(differences.get(1).chance()).isCloseTo(0.06, within(1e-9));
        assertThat(differences.get(2).chance()).isCloseTo(0.06, within(1e-9));
        assertThat(differences.get(3).chance()).isCloseTo(0.02, within(1e-9));
        assertThat(differences)
                .extracting(Difference::verdict)
                .containsExactly(Verdict.BETTER, Verdict.CANNOT_TELL, Verdict.CANNOT_TELL, Verdict.WORSE);
        assertThat(differences).allMatch(Difference::alone).allMatch(d -> d.comparisons() == 4);
    }

    @Test
    void noDifferenceIsNeverDecided() {
        Difference none = Difference.of(List.of(Estimate.of(0, 0, 0))).get(0);
        assertThat(none.verdict()).isEqualTo(Verdict.CANNOT_TELL);
        assertThat(none.chance()).isEqualTo(1);
        assertThat(none.seedsNeeded()).isEmpty();
    }

    @Test
    void oneSeedDecidesNothing() {
        Difference one = Difference.of(List.of(Estimate.of(0.9))).get(0);
        assertThat(one.verdict()).isEqualTo(Verdict.CANNOT_TELL);
        assertThat(one.seedsNeeded()).isEmpty();
    }

    /** The number is checked against its definition: that many seeds decide, one fewer does not. */
    @Test
    void saysHowManySeedsItWouldTake() {
        for (int m : new int[] {1, 5, 26}) {
            for (double spread : new double[] {0.3, 1, 4, 20}) {
                Difference difference = new Difference(new Estimate(1, spread, 3), 1, m);
                int needed = difference.seedsNeeded().orElseThrow();
                double confidence = 1 - 0.05 / m;
                assertThat(new Estimate(1, spread, needed).margin(confidence)).isLessThan(1);
                assertThat(needed).isGreaterThan(1);
                assertThat(new Estimate(1, spread, needed - 1).margin(confidence))
                        .isGreaterThanOrEqualTo(1);
            }
        }
        assertThat(new Difference(new Estimate(1, 1e4, 3), 1, 1).seedsNeeded()).isEmpty();
    }
}
