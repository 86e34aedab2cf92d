package dev.halfwave.name;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Types names wrongly and reads what is suggested. */
class NamesTest {
    private static final List<String> KNOWN = List.of("relu", "leaky-relu", "elu", "sigmoid");

    @ParameterizedTest
    @CsvSource({
        "rleu, relu",
        "Relu, relu",
        "reluu, relu",
        "lu, elu",
        "leaky_relu, leaky-relu",
        "leakyrelu, leaky-relu",
        "sigmiod, sigmoid",
        "SIGMOID, sigmoid"
    })
    void slipsOfTheFingersFindTheirName(String received, String meant) {
        assertThat(Names.nearest(received, KNOWN)).contains(meant);
    }

    @ParameterizedTest
    @CsvSource({"convolution", "tangent", "''"})
    void otherWordsFindNone(String received) {
        assertThat(Names.nearest(received, List.of("leaky-relu", "sigmoid"))).isEmpty();
        assertThat(Names.nearest(received, List.of())).isEmpty();
    }

    @Test
    void theErrorSuggestsAndLists() {
        assertThat(Names.unknown("activation", "rleu", KNOWN))
                .isExactlyInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "unknown activation \"rleu\": did you mean \"relu\"? Known: relu, leaky-relu, elu, sigmoid");
        assertThat(Names.unknown("activation", "convolution", KNOWN))
                .hasMessage("unknown activation \"convolution\": Known: relu, leaky-relu, elu, sigmoid");
    }

    @ParameterizedTest
    @CsvSource({"'', '', 0", "a, '', 1", "'', abc, 3", "kitten, sitting, 3", "flaw, lawn, 2", "relu, relu, 0"})
    void distancesCountInsertionsDeletionsAndSubstitutions(String a, String b, int distance) {
        assertThat(Names.distance(a, b)).isEqualTo(distance);
        assertThat(Names.distance(b, a)).isEqualTo(distance);
    }
}
