package dev.halfwave.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Holds every provider's arithmetic over ranges against plain loops in double precision. */
@Tag("kernels")
class ElementwiseKernelsTest {
    private static final double TOLERANCE = 1e-5;

    /** One provider and one length; the length is the seed too. */
    record Case(String provider, int n) {
        ElementwiseKernels kernels() {
            return Providers.named(provider).elementwise();
        }
    }

    static Stream<Case> cases() {
        return Each.provider().stream()
                .flatMap(kernels -> Arrays.stream(Each.LENGTHS).mapToObj(n -> new Case(kernels.name(), n)));
    }

    /** What is done with two ranges. */
    private interface Operation {
        void run(float[] a, int ao, float[] b, int bo, float[] out, int oo, int n);
    }

    /** What one element should become. */
    private interface Definition {
        double of(double a, double b);
    }

    private static void check(String what, int n, Operation operation, Definition definition) {
        Random random = new Random(n);
        Area a = Area.random(random, n);
        Area b = Area.random(random, n);
        double[] expected = new double[n];
        for (int i = 0; i < n; i++) {
            expected[i] = definition.of(a.get(i), b.get(i));
        }
        Area out = Area.poisoned(random, n);
        operation.run(a.array(), a.start(), b.array(), b.start(), out.array(), out.start(), n);
        out.assertNear(what, expected, TOLERANCE * 10);
        Area ontoA = a.copy();
        operation.run(ontoA.array(), a.start(), b.array(), b.start(), ontoA.array(), a.start(), n);
        ontoA.assertSameBits(what + " onto a", out);
        ontoA.assertIntact(what + " onto a");
        operation.run(a.array(), a.start(), b.array(), b.start(), b.array(), b.start(), n);
        b.assertSameBits(what + " onto b", out);
        b.assertIntact(what + " onto b");
    }

    @ParameterizedTest
    @MethodSource("cases")
    void arithmetic(Case test) {
        ElementwiseKernels kernels = test.kernels();
        check(test + " add", test.n(), kernels::add, (a, b) -> a + b);
        check(test + " multiply", test.n(), kernels::multiply, (a, b) -> a * b);
        check(
                test + " mix",
                test.n(),
                (a, ao, b, bo, out, oo, n) -> kernels.mix(a, ao, b, bo, 0.1f, out, oo, n),
                (a, b) -> 0.9 * a + 0.1 * b);
        Random random = new Random(test.n());
        Area a = Area.random(random, test.n());
        double[] expected = new double[test.n()];
        for (int i = 0; i < test.n(); i++) {
            expected[i] = 1.5 * a.get(i) - 0.25;
        }
        kernels.affine(a.array(), a.start(), 1.5f, -0.25f, a.array(), a.start(), test.n());
        a.assertNear(test + " affine in place", expected, TOLERANCE * 10);
    }

    @ParameterizedTest
    @MethodSource("cases")
    void everyProviderGivesTheBitsOfPlainJava(Case test) {
        ElementwiseKernels plain = Providers.scalar().elementwise();
        Random random = new Random(test.n());
        Area a = Area.random(random, test.n());
        Area b = Area.random(random, test.n());
        Area expected = Area.poisoned(random, test.n());
        Area actual = Area.poisoned(random, test.n());
        plain.mix(a.array(), a.start(), b.array(), b.start(), 0.3f, expected.array(), expected.start(), test.n());
        test.kernels().mix(a.array(), a.start(), b.array(), b.start(), 0.3f, actual.array(), actual.start(), test.n());
        actual.assertSameBits(test + " mix", expected);
        plain.affine(a.array(), a.start(), 0.7f, 0.1f, expected.array(), expected.start(), test.n());
        test.kernels().affine(a.array(), a.start(), 0.7f, 0.1f, actual.array(), actual.start(), test.n());
        actual.assertSameBits(test + " affine", expected);
    }

    @ParameterizedTest
    @MethodSource("cases")
    void rowsAreCopiedBetweenStrides(Case test) {
        Random random = new Random(test.n());
        int rows = 5;
        int width = test.n();
        Area from = Area.random(random, rows * (width + 3));
        Area to = Area.random(random, rows * (width + 11));
        float[] before = to.values();
        test.kernels().copyRows(from.array(), from.start(), width + 3, to.array(), to.start(), width + 11, rows, width);
        for (int i = 0; i < to.length(); i++) {
            int row = i / (width + 11);
            int column = i % (width + 11);
            float expected = column < width ? from.get(row * (width + 3) + column) : before[i];
            assertThat(to.get(i)).as("%s row %d column %d", test, row, column).isEqualTo(expected);
        }
        to.assertIntact(test.toString());
    }

    @ParameterizedTest
    @MethodSource("cases")
    void oneInfiniteElementIsFound(Case test) {
        Random random = new Random(test.n());
        Area a = Area.random(random, test.n()).times(Float.MAX_VALUE / 8); // sums would overflow
        assertThat(test.kernels().allFinite(a.array(), a.start(), test.n()))
                .as("%s, all finite", test)
                .isTrue();
        float[] bad = {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY};
        for (int i = 0; i < test.n(); i++) {
            float good = a.get(i);
            a.array()[a.start() + i] = bad[i % 3];
            assertThat(test.kernels().allFinite(a.array(), a.start(), test.n()))
                    .as("%s, %s at %d", test, bad[i % 3], i)
                    .isFalse();
            a.array()[a.start() + i] = good;
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void dropoutKeepsWhatTheCounterSays(Case test) {
        Random random = new Random(test.n());
        long key = random.nextLong();
        int first = Integer.MAX_VALUE - 20; // the counter may wrap around
        for (int threshold : new int[] {0, 1 << 30, Integer.MIN_VALUE, 0xc0000000, -1}) {
            Area a = Area.random(random, test.n());
            double[] expected = new double[test.n()];
            for (int i = 0; i < test.n(); i++) {
                boolean keep = Integer.compareUnsigned(CounterRandom.bits(key, first + i), threshold) >= 0;
                expected[i] = keep ? 1.5f * a.get(i) : 0;
            }
            Area out = Area.poisoned(random, test.n());
            test.kernels()
                    .dropout(a.array(), a.start(), out.array(), out.start(), test.n(), first, key, threshold, 1.5f);
            out.assertNear(test + " threshold " + threshold, expected, 0);
            test.kernels().dropout(a.array(), a.start(), a.array(), a.start(), test.n(), first, key, threshold, 1.5f);
            a.assertSameBits(test + " in place", out);
            a.assertIntact(test + " in place");
        }
    }

    @ParameterizedTest
    @MethodSource("dev.halfwave.kernel.Each#provider")
    void dropoutKeepsItsShare(Kernels kernels) {
        int n = 200_000;
        float[] ones = new float[n];
        Arrays.fill(ones, 1);
        for (double rate : new double[] {0.1, 0.5, 0.8}) {
            float[] out = new float[n];
            int threshold = (int) (long) (rate * (1L << 32));
            kernels.elementwise().dropout(ones, 0, out, 0, n, 0, CounterRandom.key(1, 2), threshold, 1);
            double kept = 0;
            for (float v : out) {
                kept += v;
            }
            double spread = Math.sqrt(rate * (1 - rate) / n);
            assertThat(kept / n)
                    .as("%s rate %s", kernels.name(), rate)
                    .isBetween(1 - rate - 5 * spread, 1 - rate + 5 * spread);
        }
    }

    @ParameterizedTest
    @MethodSource("dev.halfwave.kernel.Each#provider")
    void dropoutDropsWhatIsNotANumber(Kernels kernels) {
        float[] a = new float[50];
        Arrays.fill(a, Float.NaN);
        kernels.elementwise().dropout(a, 0, a, 0, 50, 0, 7, -1, 2);
        assertThat(a).containsOnly(0f);
    }
}
