package dev.halfwave.activation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Holds every fact that an activation states about itself against its values. */
class ActivationFactsTest {
    private static final double STEP = 1e-5;

    static Stream<Activation> activations() {
        return Stream.concat(
                Activations.all().stream(), Stream.of(new LeakyRelu(0.3), new Prelu(0), new Elu(0.5), new Elu(2)));
    }

    /** Points far and near, on both sides of zero, and zero. */
    private static double[] points() {
        return DoubleStream.concat(
                        DoubleStream.iterate(-30, x -> x <= 30, x -> x + 0.0625),
                        DoubleStream.of(-1e6, -1e-3, -1e-9, -0.0, 1e-9, 1e-3, 1e6))
                .sorted()
                .toArray();
    }

    private static boolean nearKink(Activation activation, double x) {
        return activation.kinks().stream().anyMatch(kink -> Math.abs(x - kink) < 2 * STEP);
    }

    @ParameterizedTest
    @MethodSource("activations")
    void valuesStayWithinTheRangeAndReachItsEnds(Activation f) {
        for (double x : points()) {
            assertThat(f.range().covers(f.at(x)))
                    .as("f(%s) = %s in %s", x, f.at(x), f.range())
                    .isTrue();
        }
        assertReached(f.range(), f.at(-1e6), f.at(1e6));
    }

    /** Functions that never fall come near the ends of their range at the ends of the line. */
    private static void assertReached(Interval range, double left, double right) {
        assertThat(left).isLessThan(range.low() == Double.NEGATIVE_INFINITY ? -1000 : range.low() + 1e-9);
        assertThat(right).isGreaterThan(range.high() == Double.POSITIVE_INFINITY ? 1000 : range.high() - 1e-9);
    }

    @ParameterizedTest
    @MethodSource("activations")
    void slopesStayWithinTheirRangeAndComeNearItsEnds(Activation f) {
        double least = Double.POSITIVE_INFINITY;
        double greatest = Double.NEGATIVE_INFINITY;
        for (double x : points()) {
            double slope = f.slopeAt(x);
            assertThat(f.derivativeRange().covers(slope))
                    .as("f′(%s) = %s", x, slope)
                    .isTrue();
            least = Math.min(least, slope);
            greatest = Math.max(greatest, slope);
        }
        assertThat(least).isCloseTo(f.derivativeRange().low(), Offset.offset(1e-6));
        assertThat(greatest).isCloseTo(f.derivativeRange().high(), Offset.offset(1e-6));
    }

    @ParameterizedTest
    @MethodSource("activations")
    void theDerivativeIsThatOfTheValue(Activation f) {
        for (double x : points()) {
            if (Math.abs(x) <= 30 && !nearKink(f, x)) {
                double difference = (f.at(x + STEP) - f.at(x - STEP)) / (2 * STEP);
                double tolerance = Math.abs(x) < 2 * STEP ? STEP : 1e-8; // ELU's slope bends at 0
                assertThat(f.slopeAt(x)).as("f′(%s)", x).isCloseTo(difference, Offset.offset(tolerance));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("activations")
    void derivativesAreFormulasOfOneVariable(Activation f) {
        assertThat(f.derivative().mentionsX() && f.derivative().mentionsY()).isFalse();
        assertThat(f.value().mentionsX()).isTrue();
        assertThat(f.value().mentionsY()).isFalse();
    }

    @ParameterizedTest
    @MethodSource("activations")
    void whatIsMonotoneNeverFalls(Activation f) {
        double[] points = points();
        boolean falls = false;
        for (int i = 1; i < points.length; i++) {
            falls |= f.at(points[i]) < f.at(points[i - 1]);
        }
        assertThat(falls).isEqualTo(!f.monotone());
    }

    @ParameterizedTest
    @MethodSource("activations")
    void slopesJumpAtKinksAndNowhereElse(Activation f) {
        for (double kink : f.kinks()) {
            double jump = f.slopeAt(kink + 1e-9) - f.slopeAt(kink - 1e-9);
            assertThat(Math.abs(jump)).as("jump at %s", kink).isGreaterThan(0.01);
        }
        for (double x : points()) {
            if (Math.abs(x) <= 30 && !nearKink(f, x)) {
                double jump = f.slopeAt(x + 1e-7) - f.slopeAt(x - 1e-7);
                assertThat(Math.abs(jump)).as("jump at %s", x).isLessThan(1e-5);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("activations")
    void whatIsIdempotentIsSo(Activation f) {
        boolean same = DoubleStream.of(points()).allMatch(x -> f.at(f.at(x)) == f.at(x));
        assertThat(same).isEqualTo(f.idempotent() || f.equals(new Prelu(0)));
    }

    @ParameterizedTest
    @MethodSource("activations")
    void whatIsHomogeneousScales(Activation f) {
        Random random = new Random(1);
        boolean scales = true;
        for (double x : points()) {
            double s = random.nextDouble() * 4;
            scales &= Math.abs(f.at(s * x) - s * f.at(x)) <= 1e-9 * Math.abs(s * x);
        }
        assertThat(scales).isEqualTo(f.positivelyHomogeneous());
    }

    @ParameterizedTest
    @MethodSource("activations")
    void slopesAreThoseOnBothSides(Activation f) {
        f.slopes().ifPresent(slopes -> {
            for (double x : new double[] {1e-6, 0.5, 1, 17, 1e6}) {
                assertThat(f.at(x)).isCloseTo(slopes.positive() * x, Offset.offset(1e-12 * x));
                assertThat(f.at(-x)).isCloseTo(-slopes.negative() * x, Offset.offset(1e-12 * x));
                assertThat(f.slopeAt(x)).isEqualTo(slopes.positive());
                assertThat(f.slopeAt(-x)).isEqualTo(slopes.negative());
            }
        });
        boolean bent = f.at(1) != 1 || f.at(-1) != -1;
        assertThat(f.slopes().isPresent()).isEqualTo(!bent || (f.kinks().equals(List.of(0.0)) && !(f instanceof Elu)));
    }

    @ParameterizedTest
    @MethodSource("activations")
    void asymptotesAreApproachedWithAVanishingSlope(Activation f) {
        assertThat(f.lowerAsymptote().isPresent())
                .as("f saturates on the left")
                .isEqualTo(f.slopeAt(-50) < 1e-9 && !(f instanceof Prelu));
        assertThat(f.upperAsymptote().isPresent())
                .as("f saturates on the right")
                .isEqualTo(f.slopeAt(50) < 1e-9);
        f.lowerAsymptote().ifPresent(limit -> assertThat(f.at(-50)).isCloseTo(limit, Offset.offset(1e-9)));
        f.upperAsymptote().ifPresent(limit -> assertThat(f.at(50)).isCloseTo(limit, Offset.offset(1e-9)));
    }

    /** A layer whose inputs z are normal with variance σ² passes E[f(z)²] on; the gain is what keeps that at σ². */
    @ParameterizedTest
    @MethodSource("activations")
    void theGainKeepsTheVarianceOfPiecewiseLinearFunctions(Activation f) {
        if (f.slopes().isEmpty()) {
            assertThat(f.gain()).isEqualTo(1);
            return;
        }
        double square = 0;
        double weight = 0;
        for (double z = -8; z <= 8; z += 1e-3) {
            double density = Math.exp(-z * z / 2);
            square += f.at(z) * f.at(z) * density;
            weight += density;
        }
        assertThat(f.gain() * f.gain() * square / weight).isCloseTo(1, Offset.offset(1e-6));
    }

    @Test
    void knownGains() {
        assertThat(new Relu().gain()).isEqualTo(Math.sqrt(2));
        assertThat(new Identity().gain()).isEqualTo(1);
        assertThat(new LeakyRelu(0.2).gain()).isCloseTo(Math.sqrt(2 / 1.04), Offset.offset(1e-12));
    }

    @Test
    void reluSixStopsAtSix() {
        assertThat(new Relu6().at(5.5)).isEqualTo(5.5);
        assertThat(new Relu6().at(7)).isEqualTo(6);
        assertThat(new Relu6().slopeAt(5.5)).isEqualTo(1);
        assertThat(new Relu6().slopeAt(6)).isZero();
        assertThat(new Relu6().slopeAt(7)).isZero();
        assertThat(new Relu6().range()).hasToString("[0, 6]");
    }

    @Test
    void knownValues() {
        Map<Activation, double[]> values = Map.of(
                new Relu(), new double[] {0, 0, 2},
                new Relu6(), new double[] {0, 0, 2},
                new LeakyRelu(), new double[] {-0.02, 0, 2},
                new Elu(), new double[] {Math.exp(-2) - 1, 0, 2},
                new Sigmoid(), new double[] {0.11920292202211755, 0.5, 0.8807970779778823},
                new Tanh(), new double[] {-0.9640275800758169, 0, 0.9640275800758169},
                new Softplus(), new double[] {0.1269280110429725, Math.log(2), 2.1269280110429727});
        values.forEach((f, expected) -> {
            for (int i = 0; i < 3; i++) {
                assertThat(f.at(2 * i - 2)).as("%s of %d", f, 2 * i - 2).isCloseTo(expected[i], Offset.offset(1e-12));
            }
        });
    }

    @ParameterizedTest
    @MethodSource("activations")
    void everySourceNamesAnAuthorOrATerm(Activation f) {
        assertThat(f.source()).matches(".*(\\d{4}|unit).*");
    }

    @Test
    void intervalsPrintAsInTheCheatSheet() {
        assertThat(new Relu().range()).hasToString("[0, ∞)");
        assertThat(new Elu(0.5).range()).hasToString("(-0.5, ∞)");
        assertThat(new Sigmoid().derivativeRange()).hasToString("(0, 0.25]");
        assertThat(Interval.ALL).hasToString("(−∞, ∞)");
    }
}
