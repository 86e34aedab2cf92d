package dev.halfwave.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Looks for patterns in the random bits where a bad mixer would show them: near counters, near keys, single bits. */
class CounterRandomTest {
    private static final int N = 1 << 18;

    /** How far a mean of N fair coins may be from one half: five standard deviations. */
    private static final double SPREAD = 5 * 0.5 / Math.sqrt(N);

    @ParameterizedTest
    @ValueSource(longs = {0, 1, -1, 0x0123456789abcdefL, 1L << 32})
    void everyBitIsSetHalfTheTime(long key) {
        int[] set = new int[32];
        for (int counter = 0; counter < N; counter++) {
            count(CounterRandom.bits(key, counter), set);
        }
        assertFair("key " + key, set);
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1, -1, 0x0123456789abcdefL, 1L << 32})
    void theMeanIsOneHalf(long key) {
        double sum = 0;
        for (int counter = 0; counter < N; counter++) {
            sum += Integer.toUnsignedLong(CounterRandom.bits(key, counter)) * 0x1p-32;
        }
        assertThat(sum / N).as("key %s", key).isBetween(0.5 - SPREAD, 0.5 + SPREAD);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 16, 28, 512, 1 << 16, 1 << 30, Integer.MIN_VALUE})
    void countersAtAnyDistanceAreUnrelated(int distance) {
        int[] differing = new int[32];
        for (int counter = 0; counter < N; counter++) {
            count(CounterRandom.bits(7, counter) ^ CounterRandom.bits(7, counter + distance), differing);
        }
        assertFair("distance " + distance, differing);
    }

    /** Keys made of neighbouring steps or layers; keys that differ in one bit are nothing that {@code key} makes. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 64, 1000})
    void keysOfNeighboursAreUnrelated(int distance) {
        int[] steps = new int[32];
        int[] layers = new int[32];
        for (int counter = 0; counter < N; counter++) {
            int bits = CounterRandom.bits(CounterRandom.key(1, 5, 9), counter);
            count(bits ^ CounterRandom.bits(CounterRandom.key(1, 5, 9 + distance), counter), steps);
            count(bits ^ CounterRandom.bits(CounterRandom.key(1, 5 + distance, 9), counter), layers);
        }
        assertFair("steps at distance " + distance, steps);
        assertFair("layers at distance " + distance, layers);
    }

    @Test
    void consecutiveNumbersFillTheSquareEvenly() {
        int[] cells = new int[256];
        for (int counter = 0; counter < N; counter++) {
            int first = CounterRandom.bits(11, counter) >>> 28;
            int second = CounterRandom.bits(11, counter + 1) >>> 28;
            cells[first * 16 + second]++;
        }
        double expected = N / 256.0;
        double chiSquare = 0;
        for (int cell : cells) {
            chiSquare += (cell - expected) * (cell - expected) / expected;
        }
        assertThat(chiSquare).as("255 degrees of freedom").isBetween(255 - 5 * 22.6, 255 + 5 * 22.6);
    }

    @Test
    void keysDependOnEveryPartAndItsPlace() {
        Set<Long> keys = new HashSet<>();
        for (long first = 0; first < 30; first++) {
            for (long second = 0; second < 30; second++) {
                keys.add(CounterRandom.key(first, second));
                keys.add(CounterRandom.key(first, second, 0));
            }
            keys.add(CounterRandom.key(first));
        }
        assertThat(keys).hasSize(30 * 30 * 2 + 30);
        assertThat(CounterRandom.key(1, 2)).isEqualTo(CounterRandom.key(1, 2));
    }

    /** Masks of a run are drawn again from its seed, in later versions too: these bits must never change. */
    @Test
    void theBitsAreTheSameForever() {
        assertThat(CounterRandom.bits(0, 1)).isEqualTo(0x56d38d30);
        assertThat(CounterRandom.bits(0x0123456789abcdefL, 42)).isEqualTo(0xa519196a);
        assertThat(CounterRandom.key(1, 2, 3)).isEqualTo(0xc7a754f9f9b03bb4L);
    }

    private static void count(int bits, int[] set) {
        for (int bit = 0; bit < 32; bit++) {
            set[bit] += bits >>> bit & 1;
        }
    }

    private static void assertFair(String what, int[] set) {
        for (int bit = 0; bit < 32; bit++) {
            assertThat(set[bit] / (double) N).as("%s, bit %d", what, bit).isBetween(0.5 - SPREAD, 0.5 + SPREAD);
        }
    }
}
