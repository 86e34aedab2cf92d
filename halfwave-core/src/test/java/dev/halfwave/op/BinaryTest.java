package dev.halfwave.op;

import static org.assertj.core.api.Assertions.assertThat;

import dev.halfwave.graph.GraphBuilder;
import dev.halfwave.graph.Mode;
import dev.halfwave.graph.Value;
import dev.halfwave.tensor.DoubleTensor;
import dev.halfwave.tensor.Shape;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.function.Function;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class BinaryTest implements OpContract {
    private static final double NAN = Double.NaN;
    private static final double INFINITE = Double.POSITIVE_INFINITY;

    @Override
    public Map<String, Function<Draw, Trial>> trials() {
        Map<String, Function<Draw, Trial>> trials = new TreeMap<>();
        for (BinaryFunction function : BinaryFunction.values()) {
            if (hasGradient(function)) {
                trials.put(new Binary(function).name(), draw -> trial(draw, function));
            }
        }
        return trials;
    }

    private static boolean hasGradient(BinaryFunction function) {
        return switch (function) {
            case ADD, SUBTRACT, MULTIPLY, DIVIDE, MAX, MIN, POWER, MODULO, REMAINDER -> true;
            default -> false;
        };
    }

    private static Trial trial(Draw draw, BinaryFunction function) {
        Shape whole = draw.shape(draw.between(1, 4));
        DoubleTensor a = draw.values(Repeated.to(draw, whole));
        DoubleTensor b = draw.values(Repeated.to(draw, whole));
        Binary op = new Binary(function);
        return switch (function) {
            case DIVIDE -> Trial.of(op, a, awayFromZero(b));
            case POWER -> Trial.of(op, draw.values(a.shape(), 0.5, 2), b);
            case MAX, MIN ->
                Trial.of(op, a, b).regime(inputs -> Repeated.pairs(inputs, (x, y) -> (int) Math.signum(x - y)));
            case MODULO ->
                Trial.of(op, a, awayFromZero(b))
                        .regime(inputs -> Repeated.pairs(inputs, (x, y) -> (int) Math.floor(x / y)));
            case REMAINDER ->
                Trial.of(op, a, awayFromZero(b))
                        .regime(inputs -> Repeated.pairs(inputs, (x, y) -> (int) (x / y) + (x > 0 ? 100 : 0)));
            default -> Trial.of(op, a, b);
        };
    }

    /** Numbers from ½ to 2½ and from −½ to −2½. */
    private static DoubleTensor awayFromZero(DoubleTensor x) {
        return new DoubleTensor(
                x.shape(),
                Arrays.stream(x.data())
                        .map(v -> (float) (v < 0 ? v - 0.5 : v + 0.5))
                        .toArray());
    }

    @ParameterizedTest
    @EnumSource
    @Tag("kernels")
    void conditionsAndQuotientsAgreeWithTheirDefinitionAndHaveNoGradient(BinaryFunction function) {
        KernelAgreement agreement = new KernelAgreement();
        for (int seed = 0; seed < CONFIGURATIONS && !hasGradient(function); seed++) {
            Draw draw = new Draw(new SplittableRandom(seed), Draw.LARGE);
            Shape whole = draw.shape(draw.between(1, 4));
            DoubleTensor a = rounded(draw.values(Repeated.to(draw, whole)));
            DoubleTensor b = rounded(draw.values(Repeated.to(draw, whole)));
            DoubleTensor divisor = function == BinaryFunction.TRUNCATED_DIVIDE ? awayFromZero(b) : b;
            agreement.check(Trial.of(new Binary(function), a, divisor).fixed(0, 1));
        }
        GraphBuilder g = new GraphBuilder(Mode.TRAINING);
        Value y = g.add(new Binary(function), g.input("a", Shape.of(2)), g.input("b", Shape.of(2)));
        List<?> gradients = y.producer().op().differentiate(g, y.producer(), y);
        assertThat(gradients.contains(null)).isEqualTo(!hasGradient(function));
    }

    /** Many equal pairs and zeros. */
    private static DoubleTensor rounded(DoubleTensor x) {
        return new DoubleTensor(
                x.shape(), Arrays.stream(x.data()).map(Math::rint).toArray());
    }

    private static void check(BinaryFunction function, double[] a, double[] b, double... expected) {
        DoubleTensor left = new DoubleTensor(Shape.of(a.length), a);
        DoubleTensor right = new DoubleTensor(Shape.of(b.length), b);
        Binary op = new Binary(function);
        assertThat(op.evaluate(List.of(left, right), 0).get(0).data())
                .as("definition of %s", function)
                .containsExactly(expected);
        float[] narrow =
                new DoubleTensor(Shape.of(expected.length), expected).toFloat().data();
        assertThat(Kernel.run(op, left, right).data())
                .as("kernel of %s", function)
                .containsExactly(narrow);
    }

    @Test
    void whatIsNotANumberSpreadsThroughExtremes() {
        check(BinaryFunction.MAX, new double[] {1, NAN, 3}, new double[] {2, 2, NAN}, 2, NAN, NAN);
        check(BinaryFunction.MIN, new double[] {1, NAN, 3}, new double[] {2, 2, NAN}, 1, NAN, NAN);
        check(BinaryFunction.MAX, new double[] {1, NAN, 3}, new double[] {2}, 2, NAN, 3);
    }

    @Test
    void conditionsAreOneOrZero() {
        double[] a = {1, 2, 3, NAN};
        check(BinaryFunction.EQUAL, a, new double[] {2}, 0, 1, 0, 0);
        check(BinaryFunction.LESS, a, new double[] {2}, 1, 0, 0, 0);
        check(BinaryFunction.GREATER, a, new double[] {2}, 0, 0, 1, 0);
        check(BinaryFunction.LESS_OR_EQUAL, a, new double[] {2}, 1, 1, 0, 0);
        check(BinaryFunction.GREATER_OR_EQUAL, new double[] {2}, a, 1, 1, 0, 0);
    }

    @Test
    void whateverIsNotZeroIsTrue() {
        double[] a = {0, 0, -2, NAN};
        double[] b = {0, 0.5, 0, 3};
        check(BinaryFunction.AND, a, b, 0, 0, 0, 1);
        check(BinaryFunction.OR, a, b, 0, 1, 1, 1);
        check(BinaryFunction.XOR, a, b, 0, 1, 1, 0);
    }

    @Test
    void integersAreDividedInThreeWays() {
        double[] a = {7, -7, 7, -7, 6};
        double[] b = {3, 3, -3, -3, 3};
        check(BinaryFunction.MODULO, a, b, 1, 2, -2, -1, 0);
        check(BinaryFunction.REMAINDER, a, b, 1, -1, 1, -1, 0);
        check(BinaryFunction.TRUNCATED_DIVIDE, a, b, 2, -2, -2, 2, 2);
        check(BinaryFunction.DIVIDE, new double[] {1, -1, 0}, new double[] {0}, INFINITE, -INFINITE, NAN);
    }

    @Test
    void powersAreThoseOfJava() {
        check(BinaryFunction.POWER, new double[] {-2, 0, 3}, new double[] {2}, 4, 0, 9);
        check(BinaryFunction.POWER, new double[] {-2, 0, 3}, new double[] {3}, -8, 0, 27);
        check(BinaryFunction.POWER, new double[] {2}, new double[] {2, 0, -1}, 4, 1, 0.5);
        check(BinaryFunction.POWER, new double[] {-2}, new double[] {0.5}, NAN);
    }

    @Test
    void emptyTensorsStayEmpty() {
        DoubleTensor none = DoubleTensor.zeros(Shape.of(2, 0, 3));
        DoubleTensor row = DoubleTensor.zeros(Shape.of(1, 3));
        assertThat(Kernel.run(new Binary(BinaryFunction.ADD), none, row).shape())
                .isEqualTo(none.shape());
    }

    @Test
    void operandsAgreeOrAreRepeated() {
        Errors.of(new Binary(BinaryFunction.LESS_OR_EQUAL), Shape.of(2, 3), Shape.of(2))
                .hasMessage("less_or_equal: expected shapes that agree on every axis counted from the last, or have 1"
                        + " there, received [[2, 3], [2]]");
        Errors.of(new Binary(BinaryFunction.ADD), Shape.of(2)).hasMessage("add: expected 2 inputs, received 1 [[2]]");
        Errors.of(new PowerGradient(), Shape.of(2), Shape.of(2), Shape.of(3))
                .hasMessage("power_gradient: expected a gradient of shape [3], received [2]");
    }
}
