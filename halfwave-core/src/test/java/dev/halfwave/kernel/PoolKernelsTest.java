package dev.halfwave.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.halfwave.tensor.Window;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Holds every provider's pooling against plain loops in double precision, and against plain Java bit for bit. */
@Tag("kernels")
class PoolKernelsTest {
    private static final double TOLERANCE = 1e-5;

    /** A provider and sizes; the number is the seed. */
    record Case(String provider, PoolGeometry g, int seed) {
        PoolKernels kernels() {
            return Providers.named(provider).pool();
        }

        int inputs() {
            return g.n() * g.h() * g.w() * g.c();
        }

        int outputs() {
            return g.n() * g.oh() * g.ow() * g.c();
        }
    }

    static List<Case> cases() {
        List<PoolGeometry> geometries = new ArrayList<>();
        Window two = Window.of(2, 2);
        Window three = new Window(3, 2, 1, 1, 1);
        for (int c : Each.CHANNELS) {
            geometries.add(new PoolGeometry(2, 6, 8, c, two, two, false));
            geometries.add(new PoolGeometry(2, 6, 5, c, two, two, false));
            geometries.add(new PoolGeometry(1, 7, 6, c, three, three, c % 2 == 0));
        }
        geometries.add(new PoolGeometry(2, 7, 7, 33, Window.of(7, 1), Window.of(7, 1), false)); // global
        geometries.add(new PoolGeometry(1, 3, 3, 17, new Window(5, 1, 1, 2, 2), new Window(5, 1, 1, 2, 2), false));
        geometries.add(new PoolGeometry(1, 4, 4, 5, new Window(2, 3, 1, 2, 2), two, true)); // nothing but padding
        Random random = new Random(11);
        for (int i = 0; i < 60; i++) {
            PoolGeometry g = random(random);
            geometries.add(g);
        }
        List<Case> cases = new ArrayList<>();
        for (Kernels kernels : Each.provider()) {
            geometries.forEach(g -> cases.add(new Case(kernels.name(), g, cases.size())));
        }
        return cases;
    }

    private static PoolGeometry random(Random random) {
        int c = Each.CHANNELS[random.nextInt(Each.CHANNELS.length - 2)];
        while (true) {
            Window vertical = window(random);
            Window horizontal = window(random);
            int h = 1 + random.nextInt(9);
            int w = 1 + random.nextInt(9);
            if (h + vertical.before() + vertical.after() >= vertical.span()
                    && w + horizontal.before() + horizontal.after() >= horizontal.span()) {
                return new PoolGeometry(1 + random.nextInt(2), h, w, c, vertical, horizontal, random.nextBoolean());
            }
        }
    }

    private static Window window(Random random) {
        int size = 1 + random.nextInt(4);
        return new Window(
                size, 1 + random.nextInt(3), 1 + random.nextInt(3), random.nextInt(size + 2), random.nextInt(size + 2));
    }

    /** Visits every element that a window sees, window by window, row by row. */
    private interface Visit {
        void at(int input, int output, int seen);
    }

    private static void each(PoolGeometry g, Visit visit) {
        for (int out = 0; out < g.n() * g.oh() * g.ow(); out++) {
            int seen = 0;
            for (int i = 0; i < g.vertical().size(); i++) {
                int y = out / g.ow() % g.oh() * g.vertical().stride()
                        - g.vertical().before()
                        + i * g.vertical().dilation();
                for (int j = 0; j < g.horizontal().size(); j++) {
                    int x = out % g.ow() * g.horizontal().stride()
                            - g.horizontal().before()
                            + j * g.horizontal().dilation();
                    if (y >= 0 && y < g.h() && x >= 0 && x < g.w()) {
                        visit.at((out / g.ow() / g.oh() * g.h() + y) * g.w() + x, out, seen++);
                    }
                }
            }
        }
    }

    /** Numbers with many equal ones among them, as after a rectifier. */
    private static Area coarse(Random random, int n) {
        Area x = Area.random(random, n);
        for (int i = 0; i < n; i++) {
            x.array()[x.start() + i] = Math.max(-1, Math.round(x.get(i)));
        }
        return x;
    }

    @ParameterizedTest
    @MethodSource("cases")
    void maximumAndItsGradient(Case test) {
        PoolGeometry g = test.g();
        Random random = new Random(test.seed());
        Area x = coarse(random, test.inputs());
        double[] maxima = new double[test.outputs()];
        Arrays.fill(maxima, Double.NEGATIVE_INFINITY);
        int[] winners = new int[test.outputs()];
        Arrays.fill(winners, -1);
        each(g, (in, out, seen) -> {
            for (int j = 0; j < g.c(); j++) {
                if (x.get(in * g.c() + j) > maxima[out * g.c() + j]) {
                    maxima[out * g.c() + j] = x.get(in * g.c() + j);
                    winners[out * g.c() + j] = in * g.c() + j;
                }
            }
        });
        Area y = Area.poisoned(random, test.outputs());
        int rows = g.n() * g.oh();
        int middle = random.nextInt(rows + 1);
        test.kernels().max(g, x.array(), x.start(), y.array(), y.start(), middle, rows);
        test.kernels().max(g, x.array(), x.start(), y.array(), y.start(), 0, middle);
        y.assertNear("max " + test, maxima, 0);
        Area at = Area.poisoned(random, test.outputs());
        test.kernels().maxIndices(g, x.array(), x.start(), at.array(), at.start(), middle, rows);
        test.kernels().maxIndices(g, x.array(), x.start(), at.array(), at.start(), 0, middle);
        at.assertNear("max indices " + test, positions(g, winners), 0);

        Area dy = Area.random(random, test.outputs());
        double[] gradient = new double[test.inputs()];
        for (int i = 0; i < winners.length; i++) {
            if (winners[i] >= 0) {
                gradient[winners[i]] += dy.get(i);
            }
        }
        Area dx = maxGradient(test.kernels(), test, dy, x, y);
        dx.assertNear("max gradient " + test, gradient, TOLERANCE * 10);
        dx.assertSameBits("max gradient " + test, maxGradient(Providers.scalar().pool(), test, dy, x, y));
    }

    /** Elements of the batch as positions in their image's plane. */
    private static double[] positions(PoolGeometry g, int[] winners) {
        return Arrays.stream(winners)
                .mapToDouble(element -> element < 0 ? -1 : element / g.c() % (g.h() * g.w()))
                .toArray();
    }

    private static Area maxGradient(PoolKernels kernels, Case test, Area dy, Area x, Area y) {
        Area dx = Area.poisoned(new Random(1), test.inputs());
        for (int image = test.g().n() - 1; image >= 0; image--) {
            kernels.maxGradient(
                    test.g(),
                    dy.array(),
                    dy.start(),
                    x.array(),
                    x.start(),
                    y.array(),
                    y.start(),
                    dx.array(),
                    dx.start(),
                    image,
                    image + 1);
        }
        return dx;
    }

    @ParameterizedTest
    @MethodSource("cases")
    void averageAndItsGradient(Case test) {
        PoolGeometry g = test.g();
        Random random = new Random(test.seed());
        Area x = Area.random(random, test.inputs());
        Area dy = Area.random(random, test.outputs());
        int[] seen = new int[g.n() * g.oh() * g.ow()];
        each(g, (in, out, before) -> seen[out] = before + 1);
        if (g.countPadding()) {
            Arrays.fill(seen, g.vertical().size() * g.horizontal().size());
        }
        double[] averages = new double[test.outputs()];
        double[] gradient = new double[test.inputs()];
        each(g, (in, out, before) -> {
            for (int j = 0; j < g.c(); j++) {
                averages[out * g.c() + j] += x.get(in * g.c() + j) / (double) seen[out];
                gradient[in * g.c() + j] += dy.get(out * g.c() + j) / (double) seen[out];
            }
        });
        Area y = average(test.kernels(), test, x);
        y.assertNear("average " + test, averages, TOLERANCE * 4);
        y.assertSameBits("average " + test, average(Providers.scalar().pool(), test, x));
        Area dx = averageGradient(test.kernels(), test, dy);
        dx.assertNear("average gradient " + test, gradient, TOLERANCE * 10);
        dx.assertSameBits(
                "average gradient " + test, averageGradient(Providers.scalar().pool(), test, dy));
    }

    private static Area average(PoolKernels kernels, Case test, Area x) {
        Area y = Area.poisoned(new Random(2), test.outputs());
        int rows = test.g().n() * test.g().oh();
        kernels.average(test.g(), x.array(), x.start(), y.array(), y.start(), rows / 2, rows);
        kernels.average(test.g(), x.array(), x.start(), y.array(), y.start(), 0, rows / 2);
        return y;
    }

    private static Area averageGradient(PoolKernels kernels, Case test, Area dy) {
        Area dx = Area.poisoned(new Random(3), test.inputs());
        for (int image = 0; image < test.g().n(); image++) {
            kernels.averageGradient(test.g(), dy.array(), dy.start(), dx.array(), dx.start(), image, image + 1);
        }
        return dx;
    }

    @ParameterizedTest
    @MethodSource("dev.halfwave.kernel.Each#provider")
    void aWindowWithoutANumberYieldsNone(Kernels kernels) {
        for (int c : new int[] {1, 16, 33}) {
            PoolGeometry g = new PoolGeometry(1, 2, 8, c, Window.of(2, 2), Window.of(2, 2), false);
            for (int t = 0; t < 4; t++) { // in each of a window's places
                float[] x = new float[16 * c];
                Arrays.fill(x, Float.POSITIVE_INFINITY);
                int pixel = t / 2 * 8 + t % 2;
                int bad = pixel * c;
                Arrays.fill(x, bad, bad + c, Float.NaN);
                float[] y = new float[4 * c];
                kernels.pool().max(g, x, 0, y, 0, 0, 1);
                for (int i = 0; i < y.length; i++) {
                    Float expected = i < c ? (Float) Float.NaN : Float.POSITIVE_INFINITY;
                    assertThat(y[i])
                            .as("%s c %d element %d", kernels.name(), c, i)
                            .isEqualTo(expected);
                }
                kernels.pool().maxIndices(g, x, 0, y, 0, 0, 1);
                assertThat(y[0])
                        .as("%s c %d, where NaN stands", kernels.name(), c)
                        .isEqualTo(pixel);
            }
        }
    }
}
