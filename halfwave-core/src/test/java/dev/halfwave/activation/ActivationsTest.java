package dev.halfwave.activation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Looks activations up by what users type. */
class ActivationsTest {
    static Stream<Activation> activations() {
        return Stream.concat(
                Activations.all().stream(),
                Stream.of(
                        new LeakyRelu(0.2),
                        new Prelu(0),
                        new Prelu(0.125),
                        new Elu(0.3),
                        new Elu(2),
                        new ThresholdedRelu(0.1),
                        new Selu(1, 1.5),
                        new Celu(1e-7),
                        new HardSigmoid(1 / 6.0, 0.5),
                        new HardSigmoid(0.5, -1.25e-5),
                        new SteppedSigmoid(3),
                        new Swish(1.702),
                        new Shrink(1, -0.5)));
    }

    @ParameterizedTest
    @MethodSource("activations")
    void aSpecFindsItsActivation(Activation activation) {
        assertThat(Activations.of(activation.spec())).isEqualTo(activation);
        assertThat(Activations.of(" " + activation.spec() + " ")).isEqualTo(activation);
        assertThat(activation.spec()).startsWith(activation.name());
    }

    @Test
    void aNameFindsTheUsualParameters() {
        assertThat(Activations.names())
                .containsExactlyElementsOf(
                        Activations.all().stream().map(Activation::name).toList());
        for (Activation activation : Activations.all()) {
            assertThat(Activations.of(activation.name())).isEqualTo(activation);
        }
    }

    @Test
    void unknownNamesAreRefusedWithASuggestion() {
        assertThatThrownBy(() -> Activations.of("rleu"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("unknown activation \"rleu\": did you mean \"relu\"? Known: identity, step, relu, relu6,"
                        + " leaky-relu, prelu, rrelu, noisy-relu, thresholded-relu, squared-relu, abs, elu, selu,"
                        + " celu, softplus, sigmoid, hard-sigmoid, stepped-sigmoid, tanh, hard-tanh, arctan, softsign, gelu,"
                        + " gelu-tanh, silu, swish, hard-swish, mish, shrink");
        assertThatThrownBy(() -> Activations.of("elu(1"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("unknown activation \"elu(1\"");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "elu(x) | activation: expected a number in brackets as in elu(1.0), received \"elu(x)\"",
                "elu() | activation: expected a number in brackets as in elu(1.0), received \"elu()\"",
                "relu(1) | activation: expected no brackets, as in relu, received \"relu(1)\"",
                "elu(1, 2) | activation: expected a number in brackets as in elu(1.0), received \"elu(1, 2)\"",
                "selu(1) | activation: expected 2 numbers in brackets as in selu(1.6732631921768188, 1.0507010221481323),"
                        + " received \"selu(1)\"",
                "hard-sigmoid(1,) | activation: expected 2 numbers in brackets as in hard-sigmoid(0.2, 0.5), received"
                        + " \"hard-sigmoid(1,)\"",
                "hard-sigmoid(0, 0.5) | hard-sigmoid: expected an alpha above 0 and a finite beta, received 0.0 and 0.5;"
                        + " 0.2 and 0.5 are usual",
                "thresholded-relu(0) | thresholded-relu: expected a theta above 0, received 0.0;"
                        + " use relu for a theta of 0",
                "rrelu(0.5, 0.25) | rrelu: expected slopes above 0, the lower up to the upper, below 1, received 0.5 and"
                        + " 0.25; 1/8 and 1/3 are usual",
                "selu(1, 0) | selu: expected an alpha and a gamma above 0, received 1.0 and 0.0; leave them out for"
                        + " the usual 1.6732631921768188 and 1.0507010221481323",
                "celu(NaN) | celu: expected an alpha above 0, received NaN; use relu for an alpha of 0",
                "stepped-sigmoid(2.5) | stepped-sigmoid: expected 1 to 20 units, received 0;"
                        + " use softplus for the sum without end",
                "stepped-sigmoid(21) | stepped-sigmoid: expected 1 to 20 units, received 21;"
                        + " use softplus for the sum without end",
                "swish(0) | swish: expected a beta from 0.001 to 1000, received 0.0;"
                        + " use relu for what swish becomes beyond",
                "shrink(0, 1) | shrink: expected a lambd above 0 and a finite bias, received 0.0 and 1.0;"
                        + " 0.5 and 0 are usual",
                "elu(0) | elu: expected an alpha above 0, received 0.0; use relu for an alpha of 0",
                "elu(-1) | elu: expected an alpha above 0, received -1.0; use relu for an alpha of 0",
                "elu(Infinity) | elu: expected an alpha above 0, received Infinity; use relu for an alpha of 0",
                "leaky-relu(0) | leaky-relu: expected a slope between 0 and 1, received 0.0;"
                        + " use relu for 0, identity for 1",
                "leaky-relu(1) | leaky-relu: expected a slope between 0 and 1, received 1.0;"
                        + " use relu for 0, identity for 1",
                "prelu(1) | prelu: expected an initial slope from 0 to below 1, received 1.0; 0.25 is usual",
                "prelu(-0.1) | prelu: expected an initial slope from 0 to below 1, received -0.1; 0.25 is usual"
            })
    void unfitParametersAreRefused(String spec, String message) {
        assertThatThrownBy(() -> Activations.of(spec))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
    }
}
