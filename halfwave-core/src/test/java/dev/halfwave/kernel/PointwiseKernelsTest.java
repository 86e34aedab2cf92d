package dev.halfwave.kernel;

import dev.halfwave.activation.Activation;
import dev.halfwave.activation.Activations;
import dev.halfwave.activation.Elu;
import dev.halfwave.activation.Gelu;
import dev.halfwave.activation.HardSigmoid;
import dev.halfwave.activation.LeakyRelu;
import dev.halfwave.activation.Prelu;
import dev.halfwave.activation.Shrink;
import dev.halfwave.activation.Swish;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Holds every provider's activations against their formulas in double precision. */
@Tag("kernels")
class PointwiseKernelsTest {
    private static final double TOLERANCE = 1e-5;
    private static final float[] SPECIAL = {
        0f,
        -0f,
        Float.NaN,
        Float.POSITIVE_INFINITY,
        Float.NEGATIVE_INFINITY,
        Float.MIN_VALUE,
        -Float.MIN_VALUE,
        1e-40f,
        -1e-40f,
        Float.MIN_NORMAL,
        Float.MAX_VALUE,
        -Float.MAX_VALUE,
        1e-7f,
        -1e-7f,
        0.5f,
        -0.5f,
        1,
        -1,
        20,
        -20,
        90,
        -90,
        -104
    };

    /** One activation on one provider. */
    record Case(String provider, Activation activation) {
        PointwiseKernels kernels() {
            return Providers.named(provider).pointwise();
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void valuesAgreeWithTheFormula(Case test) {
        PointwiseKernels.Value value = test.kernels().value(test.activation());
        for (int n : Each.LENGTHS) {
            Random random = new Random(n);
            Area x = Area.random(random, n).times(4);
            double[] expected = new double[n];
            for (int i = 0; i < n; i++) {
                expected[i] = test.activation().at(x.get(i));
            }
            Area y = Area.poisoned(random, n);
            value.apply(x.array(), x.start(), y.array(), y.start(), n);
            y.assertNear(test + " n " + n, expected, TOLERANCE * 20);
            value.apply(x.array(), x.start(), x.array(), x.start(), n);
            x.assertSameBits(test + " in place, n " + n, y);
            x.assertIntact(test + " in place, n " + n);
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void gradientsAgreeWithTheFormula(Case test) {
        PointwiseKernels.Gradient gradient = test.kernels().gradient(test.activation());
        for (int n : Each.LENGTHS) {
            Random random = new Random(n);
            Area dy = Area.random(random, n);
            Area v = Area.random(random, n).times(4);
            double[] expected = new double[n];
            for (int i = 0; i < n; i++) {
                if (test.activation().derivative().mentionsY()) {
                    v.array()[v.start() + i] = (float) test.activation().at(v.get(i));
                }
                expected[i] = dy.get(i) * test.activation().derivative().at(v.get(i), v.get(i));
            }
            Area dx = Area.poisoned(random, n);
            gradient.apply(dy.array(), dy.start(), v.array(), v.start(), dx.array(), dx.start(), n);
            dx.assertNear(test + " n " + n, expected, TOLERANCE * 4);
            gradient.apply(dy.array(), dy.start(), v.array(), v.start(), dy.array(), dy.start(), n);
            dy.assertSameBits(test + " in place, n " + n, dx);
            dy.assertIntact(test + " in place, n " + n);
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void specialValuesComeOutAsInDouble(Case test) {
        PointwiseKernels.Value value = test.kernels().value(test.activation());
        Random random = new Random(1);
        for (int shift = 0; shift < 40; shift++) { // every value in a vector and in what is left over
            Area x = Area.random(random, SPECIAL.length + shift);
            System.arraycopy(SPECIAL, 0, x.array(), x.start() + shift, SPECIAL.length);
            Area y = Area.poisoned(random, x.length());
            value.apply(x.array(), x.start(), y.array(), y.start(), x.length());
            for (int i = 0; i < SPECIAL.length; i++) {
                assertAsInDouble(test, SPECIAL[i], y.get(shift + i));
            }
        }
    }

    private static void assertAsInDouble(Case test, float x, float actual) {
        double exact = test.activation().at(x);
        float expected = (float) exact;
        boolean special = Float.isNaN(expected) || Float.isInfinite(expected) || expected == 0;
        boolean right = special
                ? Float.floatToIntBits(actual) == Float.floatToIntBits(expected)
                : Math.abs(actual - exact) <= tolerance(test.activation(), x, expected);
        if (!right) {
            throw new AssertionError(test + " of " + x + ": expected " + expected + ", received " + actual);
        }
    }

    /**
     * Three units of the last place, and as many units of the smallest numbers as x holds: a factor of x that is
     * subnormal is right to one of them. What multiplies x by a number near 0 that was rounded near 1 is right to units
     * of x.
     */
    private static double tolerance(Activation activation, float x, float expected) {
        double unit = activation instanceof Gelu ? Math.ulp(x) : Math.ulp(expected);
        return 3 * unit + Math.abs(x) * (double) Float.MIN_VALUE;
    }

    @ParameterizedTest
    @MethodSource("cases")
    void resultsDoNotDependOnWhereARangeIsCut(Case test) {
        PointwiseKernels.Value value = test.kernels().value(test.activation());
        PointwiseKernels.Gradient gradient = test.kernels().gradient(test.activation());
        Random random = new Random(2);
        Area x = Area.random(random, 700);
        Area dy = Area.random(random, 700);
        Area whole = Area.poisoned(random, 700);
        value.apply(x.array(), x.start(), whole.array(), whole.start(), 700);
        Area wholeGradient = Area.poisoned(random, 700);
        gradient.apply(dy.array(), dy.start(), x.array(), x.start(), wholeGradient.array(), wholeGradient.start(), 700);
        Area parts = Area.poisoned(random, 700);
        Area partGradients = Area.poisoned(random, 700);
        for (int from = 0; from < 700; ) {
            int n = Math.min(700 - from, random.nextInt(60));
            value.apply(x.array(), x.start() + from, parts.array(), parts.start() + from, n);
            int to = partGradients.start() + from;
            gradient.apply(dy.array(), dy.start() + from, x.array(), x.start() + from, partGradients.array(), to, n);
            from += n;
        }
        parts.assertSameBits(test + " in parts", whole);
        partGradients.assertSameBits(test + " gradient in parts", wholeGradient);
    }

    @ParameterizedTest
    @MethodSource("cases")
    void everyProviderGivesTheBitsOfPlainJava(Case test) {
        Random random = new Random(3);
        Area x = Area.random(random, 5000).times(10);
        Area dy = Area.random(random, 5000);
        Area expected = Area.poisoned(random, 5000);
        Area actual = Area.poisoned(random, 5000);
        PointwiseKernels plain = Providers.scalar().pointwise();
        plain.value(test.activation()).apply(x.array(), x.start(), expected.array(), expected.start(), 5000);
        test.kernels().value(test.activation()).apply(x.array(), x.start(), actual.array(), actual.start(), 5000);
        actual.assertSameBits(test + " value", expected);
        plain.gradient(test.activation())
                .apply(dy.array(), dy.start(), x.array(), x.start(), expected.array(), expected.start(), 5000);
        test.kernels()
                .gradient(test.activation())
                .apply(dy.array(), dy.start(), x.array(), x.start(), actual.array(), actual.start(), 5000);
        actual.assertSameBits(test + " gradient", expected);
    }

    static Stream<Case> cases() {
        List<Activation> activations = new ArrayList<>(Activations.all());
        activations.addAll(List.of(
                new Elu(0.5),
                new LeakyRelu(0.3),
                new Prelu(0.1),
                new HardSigmoid(0.25, -1),
                new Swish(3),
                new Shrink(0.5, 0.5)));
        return Each.provider().stream()
                .flatMap(kernels -> activations.stream().map(activation -> new Case(kernels.name(), activation)));
    }
}
