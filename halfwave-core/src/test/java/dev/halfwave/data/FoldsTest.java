package dev.halfwave.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.halfwave.tensor.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FoldsTest {
    /** Samples whose only pixel is their number. */
    private record Numbered(int... labels) implements Dataset {
        @Override
        public String name() {
            return "numbered";
        }

        @Override
        public int size() {
            return labels.length;
        }

        @Override
        public Shape sampleShape() {
            return Shape.of(1, 1, 1);
        }

        @Override
        public List<String> classes() {
            return List.of("a", "b", "c", "d");
        }

        @Override
        public int label(int index) {
            return labels[index];
        }

        @Override
        public void read(int index, float[] into, int offset) {
            into[offset] = index;
        }
    }

    private static List<Integer> numbers(Dataset dataset) {
        float[] pixel = new float[1];
        return IntStream.range(0, dataset.size())
                .mapToObj(i -> {
                    dataset.read(i, pixel, 0);
                    return (int) pixel[0];
                })
                .toList();
    }

    private static long ofClass(Dataset dataset, int label) {
        return IntStream.range(0, dataset.size())
                .filter(i -> dataset.label(i) == label)
                .count();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void everySampleIsJudgedOnceAndTheClassesAreEvenlySpread(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        int size = 10 + random.nextInt(90);
        Numbered data = new Numbered(random.ints(size, 0, 4).map(x -> x * x / 3).toArray());
        int count = 2 + random.nextInt(9);
        List<Splits> folds = Folds.of(data, count, seed);

        assertThat(folds).as("seed %d", seed).hasSize(count);
        List<Integer> judged = new ArrayList<>();
        for (Splits fold : folds) {
            List<Integer> test = numbers(fold.test());
            List<Integer> both = new ArrayList<>(numbers(fold.train()));
            both.addAll(test);
            assertThat(both).as("seed %d", seed).doesNotHaveDuplicates().hasSize(size);
            assertThat(fold.test().size()).as("seed %d", seed).isBetween(size / count, size / count + 1);
            judged.addAll(test);
            for (int label = 0; label < 4; label++) {
                long whole = ofClass(data, label);
                assertThat(ofClass(fold.test(), label))
                        .as("seed %d, class %d", seed, label)
                        .isBetween(whole / count, whole / count + 1);
            }
        }
        assertThat(judged).as("seed %d", seed).doesNotHaveDuplicates().hasSize(size);
        assertThat(numbers(Folds.of(data, count, seed).get(0).test()))
                .isEqualTo(numbers(folds.get(0).test()));
    }

    @Test
    void anotherSeedGivesOtherFolds() {
        Numbered data = new Numbered(new int[40]);
        assertThat(numbers(Folds.of(data, 4, 1).get(0).test()))
                .isNotEqualTo(numbers(Folds.of(data, 4, 2).get(0).test()));
    }

    @Test
    void refusesTooFewOrTooMany() {
        for (int count : new int[] {1, 4}) {
            assertThatThrownBy(() -> Folds.of(new Numbered(0, 1, 2), count, 1))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("numbered: expected a number of folds from 2 to the number of samples, 3, received "
                            + count);
        }
    }
}
