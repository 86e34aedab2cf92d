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
                Stream.of(new LeakyRelu(0.2), new Prelu(0), new Prelu(0.125), new Elu(0.3), new Elu(2)));
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
                .hasMessage(
                        "unknown activation \"rleu\": did you mean \"relu\"? Known: identity, relu, relu6, leaky-relu,"
                                + " prelu, elu, sigmoid, tanh, softplus");
        assertThatThrownBy(() -> Activations.of("elu(1"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("unknown activation \"elu(1\"");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "elu(x) | activation: expected a number in brackets as in elu(0.5), received \"elu(x)\"",
                "elu() | activation: expected a number in brackets as in elu(0.5), received \"elu()\"",
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
