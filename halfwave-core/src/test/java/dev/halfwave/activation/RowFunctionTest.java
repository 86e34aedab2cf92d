package dev.halfwave.activation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.DoubleStream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Holds every fact that a function of rows states about itself against its values. */
class RowFunctionTest {
    private static final double STEP = 1e-5;

    static List<RowFunction> functions() {
        return RowFunction.all();
    }

    /** Rows of two to five numbers, near and far; no two numbers of a row are closer than the differences reach. */
    private static List<double[]> rows() {
        Random random = new Random(1);
        List<double[]> rows = new ArrayList<>(List.of(new double[] {0.25, 0.3}, new double[] {1e6, -1e6}));
        for (int i = 0; i < 2000; i++) {
            double scale = i % 3 == 0 ? 1 : i % 3 == 1 ? 20 : 2000;
            rows.add(random.doubles(2 + i % 4, -scale, scale).toArray());
        }
        rows.removeIf(row -> {
            double[] sorted = DoubleStream.concat(DoubleStream.of(row), DoubleStream.of(0))
                    .sorted()
                    .toArray();
            for (int i = 1; i < sorted.length; i++) {
                if (sorted[i] - sorted[i - 1] < 4 * STEP) {
                    return true;
                }
            }
            return false;
        });
        return rows;
    }

    private static double[] moved(double[] x, int j, double by) {
        double[] moved = x.clone();
        moved[j] += by;
        return moved;
    }

    /** Every partial derivative of a row. */
    private static double[] slopes(RowFunction f, double[] x) {
        int outputs = f.at(x).length;
        double[] slopes = new double[outputs * x.length];
        for (int i = 0; i < outputs; i++) {
            for (int j = 0; j < x.length; j++) {
                slopes[i * x.length + j] = f.slopeAt(x, i, j);
            }
        }
        return slopes;
    }

    private static void assertFills(Interval interval, DoubleStream values, String what) {
        double[] all = values.toArray();
        assertThat(Arrays.stream(all)).as(what).allMatch(interval::covers);
        double low = Arrays.stream(all).min().orElseThrow();
        double high = Arrays.stream(all).max().orElseThrow();
        assertThat(low).isLessThan(interval.low() == Double.NEGATIVE_INFINITY ? -1000 : interval.low() + 1e-2);
        assertThat(high).isGreaterThan(interval.high() == Double.POSITIVE_INFINITY ? 1000 : interval.high() - 1e-2);
    }

    @ParameterizedTest
    @MethodSource("functions")
    void valuesAndSlopesFillTheirRanges(RowFunction f) {
        assertFills(f.range(), rows().stream().flatMapToDouble(x -> DoubleStream.of(f.at(x))), "values");
        assertFills(f.derivativeRange(), rows().stream().flatMapToDouble(x -> DoubleStream.of(slopes(f, x))), "slopes");
    }

    @ParameterizedTest
    @MethodSource("functions")
    void theDerivativeIsThatOfTheValue(RowFunction f) {
        for (double[] x : rows()) {
            for (int j = 0; Math.abs(x[0]) <= 20 && j < x.length; j++) {
                double[] above = f.at(moved(x, j, STEP));
                double[] below = f.at(moved(x, j, -STEP));
                for (int i = 0; i < above.length; i++) {
                    assertThat(f.slopeAt(x, i, j))
                            .as("%s, %s of %s", Arrays.toString(x), i, j)
                            .isCloseTo((above[i] - below[i]) / (2 * STEP), Offset.offset(1e-6));
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("functions")
    void whatIsMonotoneNeverFalls(RowFunction f) {
        boolean falls = false;
        for (double[] x : rows()) {
            for (int j = 0; j < x.length; j++) {
                double[] before = f.at(x);
                double[] after = f.at(moved(x, j, 1));
                for (int i = 0; i < before.length; i++) {
                    falls |= after[i] < before[i];
                }
            }
        }
        assertThat(falls).isEqualTo(!f.monotone());
    }

    /** Between two numbers that change places, and around zero, values and slopes show their jumps. */
    @ParameterizedTest
    @MethodSource("functions")
    void smoothnessIsAsStated(RowFunction f) {
        double[][] pairs = {{0.5 + 1e-9, 0.5}, {0.5 - 1e-9, 0.5}, {1e-9, -0.5}, {-1e-9, -0.5}};
        boolean jumpsWhereEqual = differ(f.at(pairs[0]), f.at(pairs[1]));
        boolean kinksWhereEqual = differ(slopes(f, pairs[0]), slopes(f, pairs[1]));
        boolean kinksAtZero = differ(slopes(f, pairs[2]), slopes(f, pairs[3]));
        assertThat(differ(f.at(pairs[2]), f.at(pairs[3]))).isFalse();
        assertThat(f.smoothness())
                .isEqualTo(
                        jumpsWhereEqual
                                ? "jumps where the two largest are equal"
                                : kinksWhereEqual
                                        ? "kinks where the two largest are equal"
                                        : kinksAtZero ? "kink at 0" : "yes");
    }

    private static boolean differ(double[] a, double[] b) {
        double most = 0;
        for (int i = 0; i < a.length; i++) {
            most = Math.max(most, Math.abs(a[i] - b[i]));
        }
        return most > 1e-6;
    }

    @ParameterizedTest
    @MethodSource("functions")
    void whatIsIdempotentIsSo(RowFunction f) {
        boolean same = rows().stream().allMatch(x -> {
            double[] once = f.at(x);
            double[] twice = f.at(once);
            return once.length == twice.length && !differ(once, twice);
        });
        assertThat(same).isEqualTo(f.idempotent());
    }

    @ParameterizedTest
    @MethodSource("functions")
    void whatIsHomogeneousScales(RowFunction f) {
        boolean scales = rows().stream().allMatch(x -> {
            double[] twice = f.at(Arrays.stream(x).map(v -> 2 * v).toArray());
            return Arrays.equals(twice, Arrays.stream(f.at(x)).map(v -> 2 * v).toArray());
        });
        assertThat(scales).isEqualTo(f.positivelyHomogeneous());
    }

    /** The first output, where one number is far to the left or right of the others. */
    @ParameterizedTest
    @MethodSource("functions")
    void valuesSettleWhereStated(RowFunction f) {
        String left = settled(f, -1e6);
        String right = settled(f, 1e6);
        String stated = f.saturation();
        if (f instanceof CRelu) { // whose second half is the first half of −x
            assertThat(stated).isEqualTo(left + " (left, and right)");
        } else if (f instanceof Maxout) { // stays at the largest of the others, which may be anything
            assertThat(stated).isEqualTo("–");
        } else {
            assertThat(stated).isEqualTo(left.isEmpty() ? right + " (right)" : left + " and " + right);
        }
    }

    private static String settled(RowFunction f, double far) {
        double[] x = {far, 0.5, -0.25};
        return f.slopeAt(x, 0, 0) == 0 ? FormulaText.number(f.at(x)[0] + 0.0) : "";
    }

    @ParameterizedTest
    @MethodSource("functions")
    void whatIsNotANumberStaysSo(RowFunction f) {
        assertThat(f.at(new double[] {1, Double.NaN, 2})).contains(Double.NaN);
        assertThat(f.source()).matches(".*\\d{4}.*");
    }

    @Test
    void knownValues() {
        double[] x = {Math.log(1), Math.log(3), Math.log(4)};
        assertThat(new Softmax().at(x)).containsExactly(new double[] {0.125, 0.375, 0.5}, Offset.offset(1e-15));
        assertThat(new LogSoftmax().at(x))
                .containsExactly(new double[] {Math.log(0.125), Math.log(0.375), Math.log(0.5)}, Offset.offset(1e-15));
        assertThat(new LogSoftmax().at(new double[] {1000, 0})).containsExactly(0, -1000);
        assertThat(new Hardmax().at(new double[] {1, 2, 2})).containsExactly(0, 1, 0);
        assertThat(new Maxout().at(new double[] {1, 3, 2})).containsExactly(3);
        assertThat(new CRelu().at(new double[] {1, -3})).containsExactly(1, 0, 0, 3);
    }

    @Test
    void factsAreFoundByName() {
        assertThat(Facts.of(" softmax ")).isEqualTo(new Softmax());
        assertThat(Facts.of("elu(0.5)")).isEqualTo(new Elu(0.5));
        assertThat(Facts.names()).startsWith("identity").endsWith("hardmax").doesNotHaveDuplicates();
        assertThatThrownBy(() -> Facts.of("softmx"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("unknown activation \"softmx\": did you mean \"softmax\"?");
        assertThatThrownBy(() -> Facts.of("relu(1)"))
                .hasMessage("activation: expected no brackets, as in relu, received \"relu(1)\"");
    }
}
