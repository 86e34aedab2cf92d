package dev.halfwave.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SplitMixTest {

    @Test
    void bitsArePinned() {
        SplitMix random = new SplitMix(1, 2);

        assertThat(new long[] {random.next(), random.next()})
                .containsExactly(-1833405127366507680L, 5167718485781182436L);
        assertThat(random.below(1000)).isEqualTo(7);
        assertThat(random.uniform()).isEqualTo(0.16492819262929692);
        assertThat(random.bell()).isEqualTo(0.8529694788128348);
        assertThat(new SplitMix(7).permutation(8)).containsExactly(2, 6, 0, 1, 7, 3, 4, 5);
    }

    @Test
    void pathsDiffer() {
        assertThat(new SplitMix(1, 2).next()).isNotEqualTo(new SplitMix(2, 1).next());
        assertThat(new SplitMix(0).next()).isNotEqualTo(new SplitMix(0, 0).next());
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1, -1, 42, Long.MAX_VALUE})
    void bellHasMeanZeroAndDeviationOne(long seed) {
        SplitMix random = new SplitMix(seed);
        double sum = 0;
        double squares = 0;
        for (int i = 0; i < 100_000; i++) {
            double x = random.bell();
            sum += x;
            squares += x * x;
        }
        assertThat(sum / 100_000).as("mean, seed %d", seed).isCloseTo(0, Offset.offset(0.02));
        assertThat(squares / 100_000).as("variance, seed %d", seed).isCloseTo(1, Offset.offset(0.02));
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1, -1, 42, Long.MAX_VALUE})
    void belowReachesEveryNumberEquallyOften(long seed) {
        SplitMix random = new SplitMix(seed);
        int[] counts = new int[7];
        for (int i = 0; i < 70_000; i++) {
            counts[random.below(7)]++;
        }
        assertThat(Arrays.stream(counts).boxed())
                .as("seed %d", seed)
                .allSatisfy(count -> assertThat(count).isBetween(9_600, 10_400));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 100})
    void permutationHoldsEveryNumberOnce(int size) {
        int[] order = new SplitMix(size).permutation(size);
        Arrays.sort(order);
        assertThat(order).isEqualTo(SplitMix.identity(size));
    }
}
