package dev.halfwave.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.halfwave.activation.Formula;
import dev.halfwave.activation.Formula.Function;
import java.util.Random;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class NormalQuantileTest {
    private static final Formula CUMULATED =
            Formula.x().times(Math.sqrt(0.5)).apply(Function.ERF).plus(1).times(0.5);

    private static double cumulated(double z) {
        return CUMULATED.at(z, Double.NaN);
    }

    @Test
    void asManyNumbersLieBelowAsTheBitsSay() {
        Random random = new Random(1);
        for (int i = 0; i < 10_000; i++) {
            int bits = random.nextInt() >>> random.nextInt(20); // small ones, too: the left tail
            double p = (Integer.toUnsignedLong(bits) + 0.5) * 0x1p-32;
            double z = NormalQuantile.of(bits);
            double density = Math.exp(-z * z / 2) / Math.sqrt(2 * Math.PI);
            double tolerance = 2e-7 * Math.max(0.5, Math.abs(z)) * density + 1e-15;
            assertThat(cumulated(z)).as("bits %s", bits).isCloseTo(p, Offset.offset(tolerance));
        }
    }

    @Test
    void itIsOddAroundTheMiddleAndRises() {
        double before = Double.NEGATIVE_INFINITY;
        for (long bits = 0; bits < 1L << 32; bits += 65_537) {
            double z = NormalQuantile.of((int) bits);
            assertThat(z).isGreaterThan(before);
            assertThat(NormalQuantile.of(~(int) bits)).isEqualTo(-z);
            before = z;
        }
        assertThat(NormalQuantile.of(0)).isCloseTo(-6.338, Offset.offset(0.001));
        assertThat(NormalQuantile.of(-1)).isEqualTo(-NormalQuantile.of(0));
    }
}
