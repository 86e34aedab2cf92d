package dev.halfwave.nn.init;

import static org.assertj.core.api.Assertions.assertThat;

import dev.halfwave.activation.Activation;
import dev.halfwave.activation.Activations;
import dev.halfwave.activation.Elu;
import dev.halfwave.activation.LeakyRelu;
import dev.halfwave.activation.Relu;
import dev.halfwave.activation.Selu;
import dev.halfwave.activation.SquaredRelu;
import dev.halfwave.activation.Step;
import dev.halfwave.activation.Tanh;
import java.util.List;
import java.util.Random;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class GainTest {
    static List<Activation> activations() {
        return Activations.all();
    }

    @ParameterizedTest
    @MethodSource("activations")
    void aSignalKeepsItsMeanSquare(Activation f) {
        Random random = new Random(1);
        double gain = Gain.of(f);
        double square = 0;
        int draws = 100_000;
        for (int i = 0; i < draws; i++) {
            double y = gain * f.at(random.nextGaussian());
            square += y * y / draws;
        }
        assertThat(square).as("mean square behind %s", f).isCloseTo(1, Offset.offset(0.05));
    }

    @Test
    void knownGains() {
        assertThat(Gain.of(new Relu())).isEqualTo(Math.sqrt(2));
        assertThat(Gain.of(new LeakyRelu(0.2))).isEqualTo(new LeakyRelu(0.2).gain());
        assertThat(Gain.of(new Step())).isCloseTo(Math.sqrt(2), Offset.offset(1e-9));
        assertThat(Gain.of(new SquaredRelu())).isCloseTo(Math.sqrt(2 / 3.0), Offset.offset(1e-9)); // E[z⁴] = 3
        assertThat(Gain.of(new Selu())).isCloseTo(1, Offset.offset(1e-6));
        assertThat(Gain.of(new Tanh())).isCloseTo(1.592537, Offset.offset(1e-6));
        assertThat(He.of(new Elu())).isEqualTo(new He(Gain.of(new Elu())));
        assertThat(Orthogonal.of(new Relu())).isEqualTo(new Orthogonal(Math.sqrt(2)));
    }
}
