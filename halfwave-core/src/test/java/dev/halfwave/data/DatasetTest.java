package dev.halfwave.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.halfwave.tensor.Shape;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DatasetTest {
    private final Dataset ten = Numbered.of(10);

    /** The index in the underlying {@link Numbered} of every sample. */
    private static int[] indices(Dataset dataset) {
        float[] sample = new float[2];
        return IntStream.range(0, dataset.size())
                .map(i -> {
                    dataset.read(i, sample, 0);
                    assertThat(sample[1]).isEqualTo(dataset.label(i));
                    return (int) sample[0];
                })
                .toArray();
    }

    private static long[] perClass(Dataset dataset) {
        return IntStream.range(0, dataset.classes().size())
                .mapToLong(c -> IntStream.range(0, dataset.size())
                        .filter(i -> dataset.label(i) == c)
                        .count())
                .toArray();
    }

    @Test
    void subsetKeepsTheGivenOrder() {
        Dataset subset = ten.subset(7, 0, 7);

        assertThat(indices(subset)).containsExactly(7, 0, 7);
        assertThat(subset.name()).isEqualTo("numbered");
        assertThat(subset.sampleShape()).isEqualTo(Shape.of(1, 2, 1));
        assertThat(subset.classes()).hasSize(10);
    }

    @Test
    void viewsCanBeTakenOfViews() {
        assertThat(indices(ten.range(2, 8).subset(5, 0).limit(9))).containsExactly(7, 2);
    }

    @Test
    void subsetIsACopyOfItsIndices() {
        int[] chosen = {1, 2};
        Dataset subset = ten.subset(chosen);
        chosen[0] = 9;

        assertThat(indices(subset)).containsExactly(1, 2);
    }

    @Test
    void refusesIndicesOutsideTheDataset() {
        assertThatThrownBy(() -> ten.subset(3, 10))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("numbered: expected indices from 0 to 9, received 10");
        assertThatThrownBy(ten::subset)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("numbered: expected at least one index, received none");
    }

    @ParameterizedTest
    @CsvSource({"-1, 3", "3, 3", "4, 3", "0, 11"})
    void refusesRangesOutsideTheDataset(int from, int to) {
        assertThatThrownBy(() -> ten.range(from, to))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("numbered: expected a range within 0 to 10, received " + from + " to " + to);
    }

    @Test
    void limitKeepsClassesInProportion() {
        int[] sorted =
                IntStream.range(0, 100).map(i -> i < 60 ? 0 : i < 90 ? 1 : 2).toArray();
        Dataset limited = new Numbered(3, sorted).limit(10);

        assertThat(perClass(limited)).containsExactly(6, 3, 1);
        assertThat(indices(limited)).containsExactly(0, 1, 2, 3, 4, 5, 60, 61, 62, 90);
    }

    @Test
    void limitBeyondTheSizeIsTheWhole() {
        assertThat(ten.limit(10)).isSameAs(ten);
        assertThat(ten.limit(Integer.MAX_VALUE)).isSameAs(ten);
        assertThatThrownBy(() -> ten.limit(0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("numbered: expected a limit of 1 or more, received 0");
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1, -1, Long.MIN_VALUE, 123456789})
    void splitHoldsEverySampleOnceAndClassesInProportion(long seed) {
        int[] labels = new SplitMix(99).permutation(1000);
        Dataset whole = new Numbered(
                4,
                Arrays.stream(labels)
                        .map(i -> i < 500 ? 0 : i < 750 ? 1 : i < 990 ? 2 : 3)
                        .toArray());
        Splits parts = whole.split(0.2, seed);

        int[] train = indices(parts.train());
        int[] test = indices(parts.test());
        assertThat(train).isSorted();
        assertThat(test).isSorted();
        assertThat(IntStream.concat(Arrays.stream(train), Arrays.stream(test)).sorted())
                .as("seed %d", seed)
                .containsExactlyElementsOf(IntStream.range(0, 1000).boxed().toList());
        assertThat(perClass(parts.test())).as("seed %d", seed).containsExactly(100, 50, 48, 2);
    }

    @Test
    void splitDependsOnTheSeedOnly() {
        Dataset whole = Numbered.of(500);

        assertThat(indices(whole.split(0.1, 5).test()))
                .isEqualTo(indices(whole.split(0.1, 5).test()));
        assertThat(indices(whole.split(0.1, 5).test()))
                .isNotEqualTo(indices(whole.split(0.1, 6).test()));
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 1, -0.5, 1.5, Double.NaN, Double.POSITIVE_INFINITY})
    void refusesFractionsOutOfRange(double fraction) {
        assertThatThrownBy(() -> ten.split(fraction, 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("numbered: expected a fraction between 0 and 1, both excluded, received " + fraction);
    }

    @Test
    void refusesSplitsWithAnEmptyPart() {
        assertThatThrownBy(() -> ten.split(0.01, 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "numbered: expected a fraction that leaves samples in both parts, received 0.01 of 10 samples;"
                                + " use more samples or another fraction");
    }

    @Test
    void splitsAgreeInShapeAndClasses() {
        Dataset other = new Numbered(3, 0, 1, 2);

        assertThatThrownBy(() -> new Splits(ten, other))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("numbered: expected the classes of numbered [0, 1, 2, 3, 4, 5, 6, 7, 8, 9], received [0, 1,"
                        + " 2]");
        Dataset larger = new PackedImages("larger", Shape.of(2, 2, 1), List.of("a"), new byte[4], new byte[1]);
        assertThatThrownBy(() -> new Splits(ten, larger))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "larger: expected samples of shape [1, 2, 1] as in numbered, received [2, 2, 1]; resize one of"
                                + " them");
    }
}
