package dev.halfwave.op;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.halfwave.op.RandomFactor.Sharing;
import dev.halfwave.tensor.DoubleTensor;
import dev.halfwave.tensor.Shape;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class RandomFactorTest implements OpContract {
    @Override
    public Map<String, Function<Draw, Trial>> trials() {
        return Map.of("random_factor", RandomFactorTest::trial);
    }

    private static Trial trial(Draw draw) {
        Distribution distribution = draw.of(List.of(
                new Distribution.Kept(draw.between(0.0, 0.9)),
                new Distribution.Uniform(-0.5, draw.between(-0.5, 2.0)),
                new Distribution.Normal()));
        Sharing sharing = draw.of(List.of(Sharing.values()));
        DoubleTensor x = draw.values(draw.shape(draw.between(2, 4)));
        return Trial.of(new RandomFactor(distribution, sharing, draw.random().nextLong()), x);
    }

    private static double[] factors(Distribution distribution, Sharing sharing, long key, long run, int... sizes) {
        DoubleTensor ones = DoubleTensor.zeros(Shape.of(sizes));
        Arrays.fill(ones.data(), 1);
        return new RandomFactor(distribution, sharing, key)
                .evaluate(List.of(ones), run)
                .get(0)
                .data();
    }

    private static double mean(double[] values) {
        return Arrays.stream(values).average().orElseThrow();
    }

    private static double variance(double[] values) {
        double mean = mean(values);
        return Arrays.stream(values).map(v -> (v - mean) * (v - mean)).average().orElseThrow();
    }

    @Test
    void factorsFollowTheirDistribution() {
        double[] kept = factors(new Distribution.Kept(0.3), Sharing.ELEMENT, 1, 2, 1000, 100);
        assertThat(mean(kept)).isCloseTo(1, Offset.offset(0.01));
        assertThat(kept).containsOnly(0, 1 / 0.7);
        double[] even = factors(new Distribution.Uniform(1, 3), Sharing.ELEMENT, 1, 2, 1000, 100);
        assertThat(mean(even)).isCloseTo(2, Offset.offset(0.01));
        assertThat(variance(even)).isCloseTo(1 / 3.0, Offset.offset(0.01));
        assertThat(Arrays.stream(even)).allMatch(v -> v > 1 && v < 3);
        double[] normal = factors(new Distribution.Normal(), Sharing.ELEMENT, 1, 2, 1000, 100);
        assertThat(mean(normal)).isCloseTo(0, Offset.offset(0.01));
        assertThat(variance(normal)).isCloseTo(1, Offset.offset(0.02));
    }

    @Test
    void factorsAreSharedAsStated() {
        double[] channels = factors(new Distribution.Normal(), Sharing.CHANNEL, 3, 4, 2, 3, 5);
        double[] samples = factors(new Distribution.Normal(), Sharing.SAMPLE, 3, 4, 2, 3, 5);
        double[] elements = factors(new Distribution.Normal(), Sharing.ELEMENT, 3, 4, 2, 3, 5);
        for (int i = 0; i < 30; i++) {
            assertThat(channels[i]).isEqualTo(channels[i / 15 * 15 + i % 5]);
            assertThat(samples[i]).isEqualTo(samples[i / 15 * 15]);
        }
        assertThat(Arrays.stream(channels).distinct()).hasSize(10);
        assertThat(Arrays.stream(samples).distinct()).hasSize(2);
        assertThat(Arrays.stream(elements).distinct()).hasSize(30);
    }

    @Test
    void factorsDifferByOpAndByRun() {
        double[] factors = factors(new Distribution.Normal(), Sharing.ELEMENT, 1, 1, 10, 10);
        assertThat(factors(new Distribution.Normal(), Sharing.ELEMENT, 1, 1, 10, 10))
                .isEqualTo(factors);
        assertThat(factors(new Distribution.Normal(), Sharing.ELEMENT, 2, 1, 10, 10))
                .isNotEqualTo(factors);
        assertThat(factors(new Distribution.Normal(), Sharing.ELEMENT, 1, 2, 10, 10))
                .isNotEqualTo(factors);
    }

    @Test
    void misfitsAreNamed() {
        RandomFactor op = new RandomFactor(new Distribution.Normal(), Sharing.CHANNEL, 0);
        Errors.of(op, Shape.of(3))
                .hasMessage("random_factor: expected samples with channels [N, …, C] for factors per channel, received"
                        + " [3]");
        Errors.of(op).hasMessage("random_factor: expected 1 inputs, received 0 []");
        assertThatThrownBy(() -> new Distribution.Kept(1))
                .hasMessage("kept: expected a rate from 0 to below 1, received 1.0; it is the share that vanishes");
        assertThatThrownBy(() -> new Distribution.Uniform(2, 1))
                .hasMessage("uniform: expected a lower bound up to the upper one, received 2.0 and 1.0");
    }
}
