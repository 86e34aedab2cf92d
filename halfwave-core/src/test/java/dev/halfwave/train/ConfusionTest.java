package dev.halfwave.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConfusionTest {
    private static final double EXACT = 1e-12;

    /** Worked by hand: 3 cats (2 found), 4 dogs (1 taken for a cat), no fish but one dog taken for one. */
    @Test
    void countsAsByHand() {
        Confusion confusion =
                new Confusion(List.of("cat", "dog", "fish"), new long[][] {{2, 1, 0}, {1, 2, 1}, {0, 0, 0}});

        assertThat(confusion.samples()).isEqualTo(7);
        assertThat(confusion.accuracy()).isEqualTo(4 / 7.0);
        assertThat(confusion.perClass())
                .containsExactly(
                        new ClassScore("cat", 2 / 3.0, 2 / 3.0, 4 / 6.0, 3),
                        new ClassScore("dog", 2 / 3.0, 2 / 4.0, 4 / 7.0, 4),
                        new ClassScore("fish", 0, 0, 0, 0));
        ClassScore macro = confusion.macroAverage();
        assertThat(macro.name()).isEqualTo("macro average");
        assertThat(macro.precision()).isCloseTo((2 / 3.0 + 2 / 3.0 + 0) / 3, within(EXACT));
        assertThat(macro.recall()).isCloseTo((2 / 3.0 + 1 / 2.0 + 0) / 3, within(EXACT));
        assertThat(macro.f1()).isCloseTo((2 / 3.0 + 4 / 7.0 + 0) / 3, within(EXACT));
        ClassScore weighted = confusion.weightedAverage();
        assertThat(weighted.f1()).isCloseTo((3 * 2 / 3.0 + 4 * 4 / 7.0) / 7, within(EXACT));
        assertThat(confusion.mistakes(2))
                .containsExactly(new Confusion.Mistake("cat", "dog", 1), new Confusion.Mistake("dog", "cat", 1));
    }

    @Test
    void aClassThatNeitherOccursNorIsPredictedDoesNotCount() {
        Confusion confusion = new Confusion(List.of("a", "b", "c"), new long[][] {{3, 0, 0}, {0, 2, 0}, {0, 0, 0}});
        assertThat(confusion.macroAverage()).isEqualTo(new ClassScore("macro average", 1, 1, 1, 5));
        Confusion nothing = new Confusion(List.of("a"), new long[][] {{0}});
        assertThat(nothing.accuracy()).isZero();
        assertThat(nothing.weightedAverage()).isEqualTo(new ClassScore("weighted average", 0, 0, 0, 0));
    }

    /** Against the definitions, over single predictions rather than a matrix. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void agreesWithTheDefinitions(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        int k = 2 + random.nextInt(6);
        int n = 1 + random.nextInt(200);
        int[] right = random.ints(n, 0, k).toArray();
        int[] predicted = IntStream.of(right)
                .map(label -> random.nextDouble() < 0.6 ? label : random.nextInt(k))
                .toArray();
        long[][] counts = new long[k][k];
        IntStream.range(0, n).forEach(i -> counts[right[i]][predicted[i]]++);
        Confusion confusion =
                new Confusion(IntStream.range(0, k).mapToObj(Integer::toString).toList(), counts);
        for (int c = 0; c < k; c++) {
            int of = c;
            double both = IntStream.range(0, n)
                    .filter(i -> right[i] == of && predicted[i] == of)
                    .count();
            double asIt = Arrays.stream(predicted).filter(p -> p == of).count();
            double ofIt = Arrays.stream(right).filter(r -> r == of).count();
            double precision = asIt == 0 ? 0 : both / asIt;
            double recall = ofIt == 0 ? 0 : both / ofIt;
            double f1 = precision + recall == 0 ? 0 : 2 * precision * recall / (precision + recall);
            ClassScore score = confusion.ofClass(c);
            assertThat(score.precision()).as("seed %d class %d", seed, c).isCloseTo(precision, within(EXACT));
            assertThat(score.recall()).as("seed %d class %d", seed, c).isCloseTo(recall, within(EXACT));
            assertThat(score.f1()).as("seed %d class %d", seed, c).isCloseTo(f1, within(EXACT));
        }
        // Each sample counts once, so that the recalls weighted by their classes' sizes are the accuracy.
        assertThat(confusion.weightedAverage().recall()).isCloseTo(confusion.accuracy(), within(EXACT));
    }

    @Test
    void keepsCountsOfItsOwn() {
        long[][] counts = {{1, 0}, {0, 1}};
        Confusion confusion = new Confusion(List.of("a", "b"), counts);
        counts[0][1] = 7;
        assertThat(confusion.count(0, 1)).isZero();
    }

    @Test
    void refusesWhatIsNoMatrix() {
        assertThatThrownBy(() -> new Confusion(List.of("a", "b"), new long[][] {{1, 2}, {3}}))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("confusion: expected 2 rows of 2 counts, one per class, received rows of [2, 1]");
        assertThatThrownBy(() -> new Confusion(List.of("a"), new long[][] {{-1}}))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("confusion: expected counts of 0 or more, received [[-1]]");
    }
}
