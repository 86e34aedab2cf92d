package dev.halfwave.kernel;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Holds every provider's work per channel against plain loops in double precision. */
@Tag("kernels")
class ChannelKernelsTest {
    private static final double TOLERANCE = 1e-5;
    private static final int[] ROWS = {1, 2, 5, 33, 128, 300};
    private static final int MOST_ELEMENTS = 40_000;

    /** A provider and sizes; the sizes are the seed too. */
    record Case(String provider, int rows, int c) {
        ChannelKernels kernels() {
            return Providers.named(provider).channels();
        }

        Random random() {
            return new Random(1000L * rows + c);
        }
    }

    static List<Case> cases() {
        List<Case> cases = new ArrayList<>();
        for (Kernels kernels : Each.provider()) {
            for (int rows : ROWS) {
                Arrays.stream(Each.CHANNELS)
                        .filter(c -> c * rows <= MOST_ELEMENTS)
                        .forEach(c -> cases.add(new Case(kernels.name(), rows, c)));
            }
        }
        return cases;
    }

    /** What becomes of element i in channel j. */
    private interface Definition {
        double of(int i, int j);
    }

    private static double[] each(Case test, Definition definition) {
        double[] expected = new double[test.rows() * test.c()];
        for (int i = 0; i < expected.length; i++) {
            expected[i] = definition.of(i, i % test.c());
        }
        return expected;
    }

    private static double[] sums(Case test, Definition term) {
        double[] expected = new double[test.c()];
        for (int i = 0; i < test.rows() * test.c(); i++) {
            expected[i % test.c()] += term.of(i, i % test.c());
        }
        return expected;
    }

    /** Which kernel a map is: it writes to the given place. */
    private interface Map {
        void to(ChannelKernels kernels, float[] out, int oo);
    }

    /** Checks a map against its definition, against plain Java bit for bit, and onto its own input. */
    private static void check(String what, Case test, Area input, Map map, Definition definition) {
        double[] expected = each(test, definition);
        Area out = Area.poisoned(new Random(1), expected.length);
        map.to(test.kernels(), out.array(), out.start());
        out.assertNear(what, expected, TOLERANCE * 10);
        Area plain = Area.poisoned(new Random(2), expected.length);
        map.to(Providers.scalar().channels(), plain.array(), plain.start());
        out.assertSameBits(what + " as in plain Java", plain);
        map.to(test.kernels(), input.array(), input.start());
        input.assertSameBits(what + " in place", out);
        input.assertIntact(what + " in place");
    }

    @ParameterizedTest
    @MethodSource("cases")
    void biasIsAdded(Case test) {
        Random random = test.random();
        int rows = test.rows();
        int c = test.c();
        Area x = Area.random(random, rows * c);
        Area b = Area.random(random, c);
        check(
                "bias " + test,
                test,
                x,
                (k, y, yo) -> k.addBias(x.array(), x.start(), b.array(), b.start(), y, yo, rows, c),
                (i, j) -> (double) x.get(i) + b.get(j));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void channelsAreScaledAndShifted(Case test) {
        Random random = test.random();
        int rows = test.rows();
        int c = test.c();
        Area x = Area.random(random, rows * c);
        Area s = Area.random(random, c);
        Area t = Area.random(random, c);
        check(
                "scale and shift " + test,
                test,
                x,
                (k, y, yo) ->
                        k.scaleShift(x.array(), x.start(), s.array(), s.start(), t.array(), t.start(), y, yo, rows, c),
                (i, j) -> (double) s.get(j) * x.get(i) + t.get(j));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void gradientsAreBlendedWithInputs(Case test) {
        Random random = test.random();
        int rows = test.rows();
        int c = test.c();
        Area dy = Area.random(random, rows * c);
        Area x = Area.random(random, rows * c);
        Area p = Area.random(random, c);
        Area q = Area.random(random, c);
        Area t = Area.random(random, c);
        check(
                "blend " + test,
                test,
                dy,
                (k, dx, dxo) -> k.blend(
                        dy.array(),
                        dy.start(),
                        x.array(),
                        x.start(),
                        p.array(),
                        p.start(),
                        q.array(),
                        q.start(),
                        t.array(),
                        t.start(),
                        dx,
                        dxo,
                        rows,
                        c),
                (i, j) -> (double) p.get(j) * dy.get(i) + (double) q.get(j) * x.get(i) + t.get(j));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void slopesAreLearntPerChannel(Case test) {
        Random random = test.random();
        int rows = test.rows();
        int c = test.c();
        Area x = Area.random(random, rows * c);
        Area dy = Area.random(random, rows * c);
        Area slope = Area.random(random, c);
        Area sums = Area.poisoned(random, c);
        test.kernels()
                .preluSlopeGradient(dy.array(), dy.start(), x.array(), x.start(), sums.array(), sums.start(), rows, c);
        sums.assertNear(
                "slopes' gradient " + test,
                sums(test, (i, j) -> Math.min(x.get(i), 0) * (double) dy.get(i)),
                TOLERANCE * (10 + rows));
        check(
                "prelu gradient " + test,
                test,
                dy,
                (k, dx, dxo) -> k.preluGradient(
                        dy.array(), dy.start(), x.array(), x.start(), slope.array(), slope.start(), dx, dxo, rows, c),
                (i, j) -> x.get(i) > 0 ? dy.get(i) : (double) slope.get(j) * dy.get(i));
        check(
                "prelu " + test,
                test,
                x,
                (k, y, yo) -> k.prelu(x.array(), x.start(), slope.array(), slope.start(), y, yo, rows, c),
                (i, j) -> x.get(i) > 0 ? x.get(i) : (double) slope.get(j) * x.get(i));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void sumsOverRows(Case test) {
        Random random = test.random();
        int rows = test.rows();
        int c = test.c();
        Area x = Area.random(random, rows * c);
        Area dy = Area.random(random, rows * c);
        Area mean = Area.random(random, c);
        Area sum = Area.poisoned(random, c);
        Area dot = Area.poisoned(random, c);
        test.kernels().sum(x.array(), x.start(), sum.array(), sum.start(), rows, c);
        sum.assertNear("sum " + test, sums(test, (i, j) -> x.get(i)), TOLERANCE * (10 + rows));
        test.kernels()
                .gradientSums(
                        dy.array(),
                        dy.start(),
                        x.array(),
                        x.start(),
                        mean.array(),
                        mean.start(),
                        sum.array(),
                        sum.start(),
                        dot.array(),
                        dot.start(),
                        rows,
                        c);
        sum.assertNear("sum of gradients " + test, sums(test, (i, j) -> dy.get(i)), TOLERANCE * (10 + rows));
        dot.assertNear(
                "sum of products " + test,
                sums(test, (i, j) -> dy.get(i) * ((double) x.get(i) - mean.get(j))),
                TOLERANCE * (10 + 2 * rows));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void momentsOfValuesFarFromZero(Case test) {
        Random random = test.random();
        int rows = test.rows();
        int c = test.c();
        Area x = Area.random(random, rows * c);
        for (int i = 0; i < rows * c; i++) {
            x.array()[x.start() + i] += 1000 * (i % c % 3); // spread of 1 around 0, 1000 and 2000
        }
        Area mean = Area.poisoned(random, c);
        Area m2 = Area.poisoned(random, c);
        test.kernels().moments(x.array(), x.start(), mean.array(), mean.start(), m2.array(), m2.start(), rows, c);
        double[] means = sums(test, (i, j) -> x.get(i) / (double) rows);
        mean.assertNear("mean " + test, means, 1.3e-4); // half a unit in the last place of 2000 is 6e-5
        double[] squares = sums(test, (i, j) -> (x.get(i) - means[j]) * (x.get(i) - means[j]));
        m2.assertNear("squared distances " + test, squares, 2e-4 * rows);
    }

    @ParameterizedTest
    @MethodSource("cases")
    void sumsDoNotDependOnWhereTheyLie(Case test) {
        Random random = test.random();
        int rows = test.rows();
        int c = test.c();
        Area x = Area.random(random, rows * c);
        Area moved = Area.of(random, x.values());
        Area first = Area.poisoned(random, c);
        Area second = Area.poisoned(random, c);
        test.kernels().sum(x.array(), x.start(), first.array(), first.start(), rows, c);
        test.kernels().sum(moved.array(), moved.start(), second.array(), second.start(), rows, c);
        second.assertSameBits("sum " + test, first);
    }
}
