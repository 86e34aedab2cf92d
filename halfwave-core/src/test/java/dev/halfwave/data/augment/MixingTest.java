package dev.halfwave.data.augment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import dev.halfwave.tensor.Shape;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MixingTest {
    private static final Shape SHAPE = Shape.of(6, 5, 2);

    private final float[] dark = new float[SHAPE.elements()];
    private final float[] light = new float[SHAPE.elements()];

    /** Mixes an image of 0.25 with one of 0.75. */
    private double mix(Mixing mixing, long key) {
        Arrays.fill(dark, 0.25f);
        Arrays.fill(light, 0.75f);
        return mixing.mix(new Raster(SHAPE).on(dark, 0), new Raster(SHAPE).on(light, 0), new Draws(key));
    }

    @Test
    void mixupLaysOneOverTheOther() {
        for (long key = 0; key < 100; key++) {
            float share = (float) mix(new Mixup(1, 1), key);
            for (int i = 0; i < dark.length; i++) {
                assertThat(dark[i]).as("key " + key).isCloseTo(0.25f * share + 0.75f * (1 - share), offset(1e-6f));
                assertThat(light[i]).as("key " + key).isCloseTo(0.75f * share + 0.25f * (1 - share), offset(1e-6f));
            }
        }
    }

    @Test
    void cutmixExchangesARectangleAndTellsItsShare() {
        int changed = 0;
        for (long key = 0; key < 300; key++) {
            double share = mix(new Cutmix(1, 1), key * 104_729);
            int exchanged = 0;
            for (int i = 0; i < dark.length; i++) {
                assertThat(dark[i] + light[i]).isEqualTo(1);
                exchanged += dark[i] == 0.75f ? 1 : 0;
            }
            assertThat(share).as("key " + key).isEqualTo(1 - exchanged / (double) dark.length);
            assertThat(share).isBetween(0.5, 1.0);
            changed += exchanged > 0 ? 1 : 0;
        }
        assertThat(changed).isGreaterThan(150);
    }

    @Test
    void theChanceIsThatOfAPairToBeMixed() {
        int mixed = 0;
        for (long key = 0; key < 1000; key++) {
            mixed += mix(new Mixup(1, 0.3), key * 31) < 1 ? 1 : 0;
        }
        assertThat(mixed).isBetween(240, 360);
    }

    /** The mean of the larger part of Beta(1, 1) is 3/4; for Beta(2, 2) it is 11/16; small alphas come near to 1. */
    @ParameterizedTest
    @CsvSource({"1, 0.75", "2, 0.6875", "0.05, 0.97"})
    void sharesAreDrawnFromBetaDistributions(double alpha, double mean) {
        double sum = 0;
        for (long key = 0; key < 20_000; key++) {
            double share = Beta.largerPart(alpha, new Draws(key * 0x9e3779b97f4a7c15L));
            assertThat(share).as("key " + key).isBetween(0.5, 1.0);
            sum += share;
        }
        assertThat(sum / 20_000).isCloseTo(mean, offset(0.01));
    }

    @Test
    void drawsAreSpreadAsTheySay() {
        double sum = 0;
        double squares = 0;
        int[] counts = new int[5];
        for (long key = 0; key < 2000; key++) {
            Draws draws = new Draws(key * 0x9e3779b97f4a7c15L);
            for (int i = 0; i < 5; i++) {
                double bell = draws.bell();
                sum += bell;
                squares += bell * bell;
                counts[draws.below(5)]++;
                assertThat(draws.around(3)).isBetween(-3.0, 3.0);
            }
        }
        assertThat(sum / 10_000).isCloseTo(0, offset(0.05));
        assertThat(squares / 10_000).isCloseTo(1, offset(0.05));
        for (int count : counts) {
            assertThat(count).isBetween(1850, 2150);
        }
    }
}
