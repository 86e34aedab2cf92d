package dev.halfwave.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.halfwave.kernel.ReduceKernels.Reducer;
import java.util.Arrays;
import java.util.Random;
import java.util.function.DoubleBinaryOperator;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Holds every provider's reductions against plain loops in double precision. */
@Tag("kernels")
class ReduceKernelsTest {
    private static final double TOLERANCE = 1e-4;

    private static void check(String what, Reducer reducer, double neutral, DoubleBinaryOperator operator) {
        for (int n : new int[] {0, 1, 2, 3, 4, 5, 7, 8, 64, 100}) {
            run(what + " of " + n, reducer, n, neutral, operator);
            for (int width : new int[] {1, 3, 16, 33}) {
                columns(what + " of " + n + " × " + width, reducer, n, width, neutral, operator);
            }
        }
    }

    private static void run(String what, Reducer reducer, int n, double neutral, DoubleBinaryOperator operator) {
        Area x = Area.random(new Random(n), n);
        double expected = neutral;
        for (int i = 0; i < n; i++) {
            expected = operator.applyAsDouble(expected, x.get(i));
        }
        Area out = Area.of(new Random(n), reducer.run(x.array(), x.start(), n));
        out.assertNear(what, new double[] {expected}, TOLERANCE);
    }

    private static void columns(
            String what, Reducer reducer, int n, int width, double neutral, DoubleBinaryOperator operator) {
        Random random = new Random(100L * n + width);
        int stride = width + 2;
        Area x = Area.random(random, n * stride);
        double[] expected = new double[width];
        Arrays.fill(expected, neutral);
        for (int i = 0; i < n * stride; i++) {
            int column = i % stride;
            if (column < width) {
                expected[column] = operator.applyAsDouble(expected[column], x.get(i));
            }
        }
        Area out = Area.poisoned(random, width);
        reducer.columns(x.array(), x.start(), stride, n, out.array(), out.start(), width);
        out.assertNear(what, expected, TOLERANCE);
        out.assertIntact(what);
    }

    @ParameterizedTest
    @MethodSource("dev.halfwave.kernel.Each#provider")
    void runsAndColumnsComeToOneNumber(Kernels kernels) {
        ReduceKernels reduce = kernels.reduce();
        check(kernels.name() + " sum", reduce.sum(), 0, Double::sum);
        check(kernels.name() + " product", reduce.product(), 1, (a, b) -> a * b);
        check(kernels.name() + " max", reduce.max(), Double.NEGATIVE_INFINITY, Math::max);
        check(kernels.name() + " min", reduce.min(), Double.POSITIVE_INFINITY, Math::min);
    }

    @ParameterizedTest
    @MethodSource("dev.halfwave.kernel.Each#provider")
    void theExtremeOfEveryColumnIsFound(Kernels kernels) {
        float[] x = {7, 1, 5, 7, Float.NaN, 5, 2, 9, 5};
        float[] out = new float[3];
        kernels.reduce().indexOfExtreme(x, 0, 3, 3, out, 0, 3, false, false);
        assertThat(out).as("first largest").containsExactly(0, 1, 0);
        kernels.reduce().indexOfExtreme(x, 0, 3, 3, out, 0, 3, true, false);
        assertThat(out).as("last largest").containsExactly(1, 1, 2);
        kernels.reduce().indexOfExtreme(x, 0, 3, 3, out, 0, 3, true, true);
        assertThat(out).as("last smallest").containsExactly(2, 1, 2);
    }
}
