package dev.halfwave.activation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Holds every fact that an activation states about itself against its values. */
class ActivationFactsTest {
    /** They come within a billionth of their limits only beyond a billion. */
    private static final Set<Activation> SLOW = Set.of(new Arctan(), new Softsign());

    private static final double STEP = 1e-5;

    static Stream<Activation> activations() {
        return Stream.concat(
                Activations.all().stream(),
                Stream.of(
                        new LeakyRelu(0.3),
                        new Prelu(0),
                        new RRelu(0.5, 0.75),
                        new Elu(0.5),
                        new Elu(2),
                        new ThresholdedRelu(0.5),
                        new Selu(1, 2),
                        new Selu(0.5, 0.75),
                        new Celu(0.5),
                        new Celu(3),
                        new HardSigmoid(1 / 6.0, 0.5),
                        new HardSigmoid(1, 0),
                        new HardSigmoid(0.25, -1),
                        new SteppedSigmoid(1),
                        new SteppedSigmoid(3),
                        new SteppedSigmoid(20),
                        new Swish(0.25),
                        new Swish(4),
                        new Shrink(0.5, 0.5),
                        new Shrink(1, 0.25),
                        new Shrink(1, 3),
                        new Shrink(0.25, -1)));
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
        return Stream.concat(activation.kinks().stream(), activation.jumps().stream())
                .anyMatch(kink -> Math.abs(x - kink) < 2 * STEP);
    }

    /** The largest value near the point that is largest on the grid, by bisection of the interval around it. */
    private static double greatest(DoubleUnaryOperator f) {
        double best = Arrays.stream(points())
                .boxed()
                .max(Comparator.comparingDouble(f::applyAsDouble))
                .orElseThrow();
        double greatest = f.applyAsDouble(best);
        for (double step = 0.03125; step > 1e-9; step /= 2) {
            double left = f.applyAsDouble(best - step);
            double right = f.applyAsDouble(best + step);
            best += left > greatest && left >= right ? -step : right > greatest ? step : 0;
            greatest = Math.max(greatest, Math.max(left, right));
        }
        return greatest;
    }

    /** That a value lies in an interval, or beyond its end by no more than rounding. */
    private static void assertCovered(Interval interval, double value, String what) {
        double tolerance = 1e-13 * Math.max(1, Math.abs(value));
        assertThat(interval.covers(value) || interval.covers(value - tolerance) || interval.covers(value + tolerance))
                .as("%s = %s in %s", what, value, interval)
                .isTrue();
    }

    /** That values come near the ends of their interval, or grow beyond a thousand where it has none. */
    private static void assertReached(Interval interval, DoubleUnaryOperator f, double tolerance) {
        double low = -greatest(x -> -f.applyAsDouble(x));
        double high = greatest(f);
        assertThat(low).isLessThan(interval.low() == Double.NEGATIVE_INFINITY ? -1000 : interval.low() + tolerance);
        assertThat(high)
                .isGreaterThan(interval.high() == Double.POSITIVE_INFINITY ? 1000 : interval.high() - tolerance);
    }

    @ParameterizedTest
    @MethodSource("activations")
    void valuesStayWithinTheRangeAndReachItsEnds(Activation f) {
        for (double x : points()) {
            assertCovered(f.range(), f.at(x), "f(" + x + ")");
        }
        assertReached(f.range(), f::at, SLOW.contains(f) ? 2e-6 : 1e-9);
    }

    @ParameterizedTest
    @MethodSource("activations")
    void slopesStayWithinTheirRangeAndComeNearItsEnds(Activation f) {
        for (double x : points()) {
            assertCovered(f.derivativeRange(), f.slopeAt(x), "f′(" + x + ")");
        }
        assertReached(f.derivativeRange(), f::slopeAt, 1e-6);
    }

    @ParameterizedTest
    @MethodSource("activations")
    void theDerivativeIsThatOfTheValue(Activation f) {
        for (double x : points()) {
            if (Math.abs(x) <= 30 && !nearKink(f, x)) {
                double difference = (f.at(x + STEP) - f.at(x - STEP)) / (2 * STEP);
                double tolerance = Math.abs(x) < 2 * STEP ? 2 * STEP : 1e-8; // the slopes of ELU and its kin bend at 0
                tolerance *= Math.max(1, Math.abs(f.slopeAt(x)));
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
                assertThat(Math.abs(jump)).as("slope jumps at %s", x).isLessThan(1e-5);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("activations")
    void valuesJumpWhereStatedAndNowhereElse(Activation f) {
        for (double at : f.jumps()) {
            assertThat(Math.abs(f.at(at + 1e-9) - f.at(at - 1e-9)))
                    .as("jump at %s", at)
                    .isGreaterThan(0.01);
        }
        for (double x : points()) {
            boolean jumps = f.jumps().stream().anyMatch(at -> Math.abs(x - at) < 2 * STEP);
            if (Math.abs(x) <= 30 && !jumps) {
                double jump = f.at(x + 1e-9) - f.at(x - 1e-9);
                assertThat(Math.abs(jump)).as("jump at %s", x).isLessThan(1e-6);
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
        boolean bent = !f.kinks().isEmpty() || f.at(1) != 1 || f.at(-1) != -1;
        boolean curved = f instanceof Elu || f instanceof Selu;
        assertThat(f.slopes().isPresent()).isEqualTo(!bent || (f.kinks().equals(List.of(0.0)) && !curved));
    }

    @ParameterizedTest
    @MethodSource("activations")
    void asymptotesAreApproachedWithAVanishingSlope(Activation f) {
        assertThat(f.lowerAsymptote().isPresent())
                .as("f saturates on the left")
                .isEqualTo(Math.abs(f.slopeAt(-1e6)) < 1e-9 && !(f instanceof Prelu));
        assertThat(f.upperAsymptote().isPresent())
                .as("f saturates on the right")
                .isEqualTo(Math.abs(f.slopeAt(1e6)) < 1e-9);
        f.lowerAsymptote().ifPresent(limit -> assertThat(f.at(-1e12)).isCloseTo(limit, Offset.offset(1e-9)));
        f.upperAsymptote().ifPresent(limit -> assertThat(f.at(1e12)).isCloseTo(limit, Offset.offset(1e-9)));
    }

    @ParameterizedTest
    @MethodSource("activations")
    void infinitiesGiveTheLimits(Activation f) {
        double left = f.at(Double.NEGATIVE_INFINITY);
        double right = f.at(Double.POSITIVE_INFINITY);
        assertThat(left).isCloseTo(f.lowerAsymptote().orElse(left), Offset.offset(1e-9));
        assertThat(right).isCloseTo(f.upperAsymptote().orElse(right), Offset.offset(1e-9));
        boolean endless = !f.equals(new Prelu(0)); // whose slope on the left is learnt, so it states no asymptote
        assertThat(Double.isInfinite(left))
                .isEqualTo(endless && f.lowerAsymptote().isEmpty());
        assertThat(Double.isInfinite(right)).isEqualTo(f.upperAsymptote().isEmpty());
        assertThat(f.slopeAt(Double.NEGATIVE_INFINITY)).isCloseTo(f.slopeAt(-1e6), Offset.offset(1e-9));
    }

    @ParameterizedTest
    @MethodSource("activations")
    void zerosOfBothSignsAndTheSmallestNumbersAreNearTheValueAtZero(Activation f) {
        boolean jumps = f.jumps().contains(0.0);
        assertThat(f.at(-0.0)).isEqualTo(f.at(0.0));
        assertThat(f.at(-Double.MIN_VALUE)).isCloseTo(f.at(0.0), Offset.offset(1e-300));
        assertThat(f.at(Double.MIN_VALUE)).isCloseTo(jumps ? 1 : f.at(0.0), Offset.offset(1e-300));
    }

    @ParameterizedTest
    @MethodSource("activations")
    void whatIsNotANumberStaysSo(Activation f) {
        assertThat(f.at(Double.NaN)).isNaN();
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
        Map<Activation, double[]> values = Map.ofEntries(
                row(new Identity(), -2, 0, 2),
                row(new Step(), 0, 0, 1),
                row(new Relu(), 0, 0, 2),
                row(new Relu6(), 0, 0, 2),
                row(new LeakyRelu(), -0.02, 0, 2),
                row(new Prelu(), -0.5, 0, 2),
                row(new RRelu(0.25, 0.5), -0.75, 0, 2),
                row(new NoisyRelu(), 0, 0, 2),
                row(new ThresholdedRelu(), 0, 0, 2),
                row(new SquaredRelu(), 0, 0, 4),
                row(new Abs(), 2, 0, 2),
                row(new Elu(), -0.8646647167633873, 0, 2),
                row(new Selu(), -1.5201664733475926, 0, 2.1014020442962646),
                row(new Celu(0.5), -0.4908421805556329, 0, 2),
                row(new Softplus(), 0.1269280110429725, 0.6931471805599453, 2.1269280110429727),
                row(new Sigmoid(), 0.11920292202211756, 0.5, 0.8807970779778824),
                row(new HardSigmoid(), 0.1, 0.5, 0.9),
                row(new SteppedSigmoid(), 0.12259739090041104, 0.6825259178228174, 2.12228145201275),
                row(new Tanh(), -0.9640275800758169, 0, 0.9640275800758169),
                row(new HardTanh(), -1, 0, 1),
                row(new Arctan(), -1.1071487177940904, 0, 1.1071487177940904),
                row(new Softsign(), -0.6666666666666666, 0, 0.6666666666666666),
                row(new Gelu(), -0.04550026389635842, 0, 1.9544997361036416),
                row(new GeluTanh(), -0.04540230591222498, 0, 1.954597694087775),
                row(new Silu(), -0.23840584404423512, 0, 1.7615941559557649),
                row(new Swish(2), -0.03597241992418312, 0, 1.964027580075817),
                row(new HardSwish(), -0.3333333333333333, 0, 1.6666666666666667),
                row(new Mish(), -0.2525014826957089, 0, 1.9439589595339946),
                row(new Shrink(1, 0.25), -1.75, 0, 1.75));
        assertThat(values.keySet().stream().map(Activation::name))
                .containsExactlyInAnyOrderElementsOf(Activations.names());
        values.forEach((f, expected) -> {
            for (int i = 0; i < 3; i++) {
                assertThat(f.at(2 * i - 2)).as("%s of %d", f, 2 * i - 2).isCloseTo(expected[i], Offset.offset(1e-12));
            }
        });
    }

    private static Map.Entry<Activation, double[]> row(Activation f, double... atMinusTwoZeroAndTwo) {
        return Map.entry(f, atMinusTwoZeroAndTwo);
    }

    @ParameterizedTest
    @MethodSource("activations")
    void everySourceNamesAnAuthorOrATerm(Activation f) {
        assertThat(f.source()).matches(".*(\\d{4}|unit).*");
    }

    @Test
    void intervalsPrintAsInTheCheatSheet() {
        assertThat(new Relu().range()).hasToString("[0, ∞)");
        assertThat(new Elu(0.5).range()).hasToString("(−0.5, ∞)");
        assertThat(new Sigmoid().derivativeRange()).hasToString("(0, 0.25]");
        assertThat(Interval.ALL).hasToString("(−∞, ∞)");
    }
}
