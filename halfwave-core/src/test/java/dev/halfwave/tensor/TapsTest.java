package dev.halfwave.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class TapsTest {
    private static final Taps TAPS =
            Taps.of(3, new int[] {0, 2, 2, 3}, new int[] {2, 0, 2}, new double[] {0.5, 0.25, 2});

    @Test
    void transposedTwiceIsTheSameUpToOrder() {
        Taps transposed = TAPS.transposed();

        assertThat(transposed)
                .isEqualTo(Taps.of(3, new int[] {0, 1, 1, 3}, new int[] {0, 0, 2}, new double[] {0.25, 0.5, 2}))
                .hasSameHashCodeAs(
                        Taps.of(3, new int[] {0, 1, 1, 3}, new int[] {0, 0, 2}, new double[] {0.25, 0.5, 2}));
        assertThat(transposed.transposed().transposed()).isEqualTo(transposed);
    }

    @Test
    void differBySizesIndicesAndWeights() {
        assertThat(TAPS)
                .isNotEqualTo(Taps.of(4, new int[] {0, 2, 2, 3}, new int[] {2, 0, 2}, new double[] {0.5, 0.25, 2}))
                .isNotEqualTo(Taps.of(3, new int[] {0, 1, 2, 3}, new int[] {2, 0, 2}, new double[] {0.5, 0.25, 2}))
                .isNotEqualTo(Taps.of(3, new int[] {0, 2, 2, 3}, new int[] {2, 1, 2}, new double[] {0.5, 0.25, 2}))
                .isNotEqualTo(Taps.of(3, new int[] {0, 2, 2, 3}, new int[] {2, 0, 2}, new double[] {0.5, 0.25, 1}));
        assertThat(TAPS).hasToString("3 to 3 by 3 taps");
    }

    @Test
    void refuseWhatDoesNotFit() {
        assertThatThrownBy(() -> Taps.of(3, new int[] {0, 2}, new int[] {0}, new double[] {1}))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("taps: expected starts that ascend from 0 to the number of indices and weights, received"
                        + " 2 starts, 1 indices and 1 weights");
        assertThatThrownBy(() -> Taps.of(3, new int[] {0, 2, 1, 2}, new int[] {0, 1}, new double[] {1, 1}))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Taps.of(3, new int[] {0, 1}, new int[] {0}, new double[] {}))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Taps.of(3, Indices.of(0, 3)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("taps: expected indices from 0 to 2, received 3");
    }

    @Test
    void indicesAreValues() {
        assertThat(Indices.of(1, 2, 4)).isEqualTo(Indices.of(1, 2, 4)).isNotEqualTo(Indices.of(1, 2));
        assertThat(Indices.of(1, 2, 4)).hasSameHashCodeAs(Indices.of(1, 2, 4)).hasToString("[1, 2, 4]");
        assertThat(Indices.of(0, 1, 2, 3, 4, 5, 6, 7, 8, 9)).hasToString("[0, 1, 2, 3, 4, 5, 6, 7, … 10 in all]");
    }

    @Test
    void indicesAreNotChangedFromOutside() {
        int[] given = {1, 2};
        Indices indices = Indices.of(given);
        given[0] = 5;
        indices.toArray()[1] = 7;

        assertThat(indices).isEqualTo(Indices.of(1, 2));
    }
}
