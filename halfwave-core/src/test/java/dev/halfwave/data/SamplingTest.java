package dev.halfwave.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SamplingTest {
    /** 900 of the first class, 90 of the second, 10 of the third. */
    private final Dataset skewed = new Numbered(
            3, IntStream.range(0, 1000).map(i -> i < 900 ? 0 : i < 990 ? 1 : 2).toArray());

    private static int[] times(Dataset dataset, int[] order) {
        int[] times = new int[dataset.size()];
        Arrays.stream(order).forEach(index -> times[index]++);
        return times;
    }

    private static long[] perClass(Dataset dataset, int[] order) {
        return IntStream.range(0, dataset.classes().size())
                .mapToLong(c -> Arrays.stream(order)
                        .filter(index -> dataset.label(index) == c)
                        .count())
                .toArray();
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 42, -7, Long.MAX_VALUE})
    void balancedClassesComeEquallyOftenAndTheirSamplesInTurn(long seed) {
        int[] order = Sampling.BALANCED.order(skewed, seed, 0);

        assertThat(order).hasSize(1000);
        for (long count : perClass(skewed, order)) {
            assertThat(count).as("seed %d", seed).isBetween(300L, 367L);
        }
        int[] times = times(skewed, order);
        assertThat(Arrays.copyOf(times, 900)).as("seed %d", seed).containsOnly(0, 1);
        assertThat(Arrays.copyOfRange(times, 900, 990)).as("seed %d", seed).containsOnly(3, 4);
        assertThat(Arrays.copyOfRange(times, 990, 1000)).as("seed %d", seed).containsOnly(33, 34);
    }

    @Test
    void overManyEpochsSharesAreExact() {
        long[] sum = new long[3];
        int[] times = new int[1000];
        for (int epoch = 0; epoch < 300; epoch++) {
            int[] order = Sampling.BALANCED.order(skewed, 5, epoch);
            long[] counts = perClass(skewed, order);
            Arrays.setAll(sum, c -> sum[c] + counts[c]);
            int[] once = times(skewed, order);
            Arrays.setAll(times, i -> times[i] + once[i]);
        }
        for (long count : sum) {
            assertThat(count / 300.0).isBetween(332.0, 335.0);
        }
        assertThat(Arrays.stream(times, 0, 900).min().orElse(0))
                .as("every sample has its turn; 111 times are to be expected")
                .isGreaterThan(70);
    }

    @ParameterizedTest
    @CsvSource({"1, 1, 2", "0, 3, 1", "5, 0, 0"})
    void weightsAreShares(double a, double b, double c) {
        long[] counts = perClass(skewed, Sampling.weighted(a, b, c).order(skewed, 3, 1));
        double[] weights = {a, b, c};
        for (int i = 0; i < 3; i++) {
            assertThat((double) counts[i])
                    .isBetween(1000 * weights[i] / (a + b + c) - 34, 1000 * weights[i] / (a + b + c) + 34);
        }
        assertThat(Arrays.stream(counts).sum()).isEqualTo(1000);
    }

    @Test
    void theOrderDependsOnSeedAndEpochOnly() {
        int[] order = Sampling.BALANCED.order(skewed, 1, 2);
        assertThat(Sampling.BALANCED.order(skewed, 1, 2)).isEqualTo(order);
        assertThat(Sampling.BALANCED.order(skewed, 1, 3)).isNotEqualTo(order);
        assertThat(Sampling.BALANCED.order(skewed, 2, 2)).isNotEqualTo(order);
        assertThat(Arrays.stream(order, 0, 100).map(skewed::label).distinct())
                .as("classes are mixed from the start")
                .hasSize(3);
    }

    @Test
    void aLoaderDrawsItsEpochsSo() {
        Loader loader = Loader.of(skewed, 64).sampled(Sampling.BALANCED, 9);
        float rare = 0;
        try (Batches batches = loader.epoch(4)) {
            while (batches.hasNext()) {
                Batch batch = batches.next();
                for (float label : batch.labels().data()) {
                    rare += label == 2 ? 1 : 0;
                }
            }
        }
        assertThat(rare).isBetween(300f, 367f);
        try (Batches all = loader.epoch(4);
                Batches later = loader.epoch(4, 3)) {
            for (int i = 0; i < 3; i++) {
                all.next();
            }
            assertThat(later.next().images().data())
                    .containsExactly(all.next().images().data());
        }
    }

    @Test
    void classesWithoutSamplesGetNothing() {
        Dataset two = new Numbered(5, 1, 3, 3, 3);
        assertThat(perClass(two, Sampling.BALANCED.order(two, 0, 0))).containsExactly(0, 2, 0, 2, 0);
        assertThatThrownBy(() -> Sampling.weighted(1, 0, 1, 0, 1).order(two, 0, 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("sampling: expected a weight above 0 for a class that numbered has, received"
                        + " [1.0, 0.0, 1.0, 0.0, 1.0]");
    }

    @Test
    void refusesWeightsThatAreNone() {
        assertThatThrownBy(() -> Sampling.weighted(1, -1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("sampling: expected weights of 0 or more that are not all 0, received [1.0, -1.0]");
        assertThatThrownBy(() -> Sampling.weighted(0, 0)).hasMessageContaining("received [0.0, 0.0]");
        assertThatThrownBy(() -> Sampling.weighted(Double.NaN)).hasMessageContaining("received [NaN]");
        assertThatThrownBy(() -> Sampling.weighted(1, 2).order(skewed, 0, 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("sampling: expected a weight for each of the 3 classes of numbered, received 2");
    }
}
