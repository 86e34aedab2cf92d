package dev.halfwave.nn.init;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.data.Offset.offset;

import dev.halfwave.graph.Initializer;
import dev.halfwave.nn.Conv2d;
import dev.halfwave.nn.Dense;
import dev.halfwave.nn.Description;
import dev.halfwave.nn.Flatten;
import dev.halfwave.nn.Network;
import dev.halfwave.tensor.Shape;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Holds first values against what their papers promise of them. */
class InitializersTest {
    private static final int MARGIN = 3;

    static Stream<Initializer> all() {
        return Stream.of(
                new He(0.5),
                new Glorot(),
                new Constant(0.25),
                new LeCun(),
                new Normal(0.5),
                new TruncatedNormal(0.5),
                new Orthogonal(0.5),
                new IdentityMatrix(0.5));
    }

    private static float[] filled(Initializer initializer, long seed, int... sizes) {
        Shape shape = Shape.of(sizes);
        float[] into = new float[shape.elements() + 2 * MARGIN];
        Arrays.fill(into, -7);
        initializer.fill(shape, into, MARGIN, new SplittableRandom(seed));
        for (int i = 0; i < MARGIN; i++) {
            assertThat(into[i]).isEqualTo(-7);
            assertThat(into[into.length - 1 - i]).isEqualTo(-7);
        }
        return Arrays.copyOfRange(into, MARGIN, into.length - MARGIN);
    }

    private static double deviation(float[] values) {
        double squares = IntStream.range(0, values.length)
                .mapToDouble(i -> (double) values[i] * values[i])
                .sum();
        return Math.sqrt(squares / values.length);
    }

    @ParameterizedTest
    @MethodSource("all")
    void theSameSeedGivesTheSameBits(Initializer initializer) {
        assertThat(filled(initializer, 3, 3, 3, 4, 4))
                .isEqualTo(filled(initializer, 3, 3, 3, 4, 4))
                .doesNotContain(-7);
    }

    @ParameterizedTest
    @MethodSource("all")
    void descriptionsKeepThem(Initializer initializer) {
        Network network = Network.of(
                "kept",
                Shape.of(5, 5, 2),
                Conv2d.of(3, 3).initializer(initializer),
                new Flatten(),
                Dense.of(2).initializer(initializer));
        assertThat(Description.parse(Description.of(network))).isEqualTo(network);
    }

    @Test
    void normalsDeviationIsTheGivenOne() {
        assertThat(deviation(filled(new Normal(0.001), 1, 300, 200))).isCloseTo(0.001, offset(1e-5));
    }

    @Test
    void leCunsDeviationIsOneOverTheRootOfTheFanIn() {
        float[] w = filled(new LeCun(), 1, 3, 3, 16, 200);
        assertThat(deviation(w)).isCloseTo(1 / Math.sqrt(144), offset(0.002));
    }

    @Test
    void truncatedNormalStaysWithinTwoDeviations() {
        float[] w = filled(new TruncatedNormal(0.5), 1, 100, 200);
        for (float value : w) {
            assertThat(value).isBetween(-1f, 1f);
        }
        assertThat(deviation(w)).isCloseTo(0.5 * 0.8796, offset(0.01));
        assertThatThrownBy(() -> new TruncatedNormal(-1))
                .hasMessage("truncated_normal: expected a deviation of 0 or more, received -1.0; 0.02 is usual");
    }

    @Test
    void orthogonalVectorsAreOrthonormalTimesTheGain() {
        for (long seed = 0; seed < 5; seed++) {
            assertOrthonormal(seed, 30, 30);
            assertOrthonormal(seed, 40, 7);
            assertOrthonormal(seed, 7, 40);
            assertOrthonormal(seed, 3, 3, 4, 10);
            assertOrthonormal(seed, 1, 1);
        }
    }

    private static void assertOrthonormal(long seed, int... sizes) {
        float[] w = filled(new Orthogonal(2), seed, sizes);
        int columns = sizes[sizes.length - 1];
        int rows = w.length / columns;
        int count = Math.min(rows, columns);
        for (int a = 0; a < count; a++) {
            for (int b = 0; b < count; b++) {
                double dot = 0;
                for (int k = 0; k < Math.max(rows, columns); k++) {
                    dot += columns <= rows
                            ? (double) w[k * columns + a] * w[k * columns + b]
                            : (double) w[a * columns + k] * w[b * columns + k];
                }
                assertThat(dot)
                        .as("seed %d, sizes %s, vectors %d and %d", seed, Arrays.toString(sizes), a, b)
                        .isCloseTo(a == b ? 4 : 0, offset(1e-5));
            }
        }
    }

    @Test
    void identityIsOneOnTheDiagonalOfTheMiddle() {
        assertThat(filled(new IdentityMatrix(), 1, 3, 3)).containsExactly(1, 0, 0, 0, 1, 0, 0, 0, 1);
        assertThat(filled(new IdentityMatrix(0.5), 1, 2, 3)).containsExactly(0.5f, 0, 0, 0, 0.5f, 0);
        assertThat(filled(new IdentityMatrix(), 1, 1, 1, 2, 1)).containsExactly(1, 0);
        assertThat(filled(new IdentityMatrix(), 1, 3, 3, 1, 1)).containsExactly(0, 0, 0, 0, 1, 0, 0, 0, 0);
        assertThat(filled(new IdentityMatrix(), 1, 2, 4, 1, 1)).containsExactly(0, 1, 0, 0, 0, 0, 0, 0);
        assertThatThrownBy(() -> filled(new IdentityMatrix(), 1, 3))
                .hasMessage("identity: expected weights with at least 2 axes, received [3]; use a constant");
    }
}
