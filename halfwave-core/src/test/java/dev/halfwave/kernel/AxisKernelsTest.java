package dev.halfwave.kernel;

import dev.halfwave.tensor.Indices;
import dev.halfwave.tensor.Taps;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Holds every provider's work along axes against plain loops, in pieces that need not end with a slice. */
@Tag("kernels")
class AxisKernelsTest {
    private static final int[] INNER = {1, 2, 7, 8, 9, 16, 17, 33, 100};
    private static final int[] SIZES = {1, 2, 5, 16};

    /** A provider and sizes; the outputs are the seed, too. */
    record Case(String provider, int outer, int size, int outputs, int inner) {
        AxisKernels kernels() {
            return Providers.named(provider).axes();
        }

        int rows() {
            return outer * outputs;
        }
    }

    static List<Case> cases() {
        List<Case> cases = new ArrayList<>();
        for (Kernels kernels : Each.provider()) {
            for (int inner : INNER) {
                for (int size : SIZES) {
                    for (int outputs : new int[] {1, 4, 19}) {
                        cases.add(new Case(kernels.name(), 3, size, outputs, inner));
                    }
                }
            }
        }
        return cases;
    }

    /** Mostly ascending by one, so that there are runs, and now and then a jump. */
    private static Indices indices(Random random, Case test) {
        int[] indices = new int[test.outputs()];
        for (int i = 0; i < indices.length; i++) {
            boolean jump = i == 0 || random.nextInt(4) == 0;
            indices[i] = jump ? random.nextInt(test.size()) : (indices[i - 1] + 1) % test.size();
        }
        return Indices.of(indices);
    }

    private static Taps taps(Random random, Case test) {
        int[] starts = new int[test.outputs() + 1];
        for (int i = 0; i < test.outputs(); i++) {
            starts[i + 1] = starts[i] + random.nextInt(4);
        }
        int total = starts[test.outputs()];
        int[] indices =
                IntStream.range(0, total).map(t -> random.nextInt(test.size())).toArray();
        double[] weights = random.doubles(total, -1, 1).toArray();
        return Taps.of(test.size(), starts, indices, weights);
    }

    @ParameterizedTest
    @MethodSource("cases")
    void take(Case test) {
        Random random = new Random(test.outputs());
        Indices indices = indices(random, test);
        Area x = Area.random(random, test.outer() * test.size() * test.inner());
        double[] expected = new double[test.rows() * test.inner()];
        for (int i = 0; i < expected.length; i++) {
            int row = i / test.inner();
            int from = row / test.outputs() * test.size() + indices.get(row % test.outputs());
            expected[i] = x.get(from * test.inner() + i % test.inner());
        }
        Area y = Area.poisoned(random, expected.length);
        int middle = random.nextInt(test.rows() + 1);
        AxisKernels kernels = test.kernels();
        kernels.take(
                indices, test.size(), test.inner(), x.array(), x.start(), y.array(), y.start(), middle, test.rows());
        kernels.take(indices, test.size(), test.inner(), x.array(), x.start(), y.array(), y.start(), 0, middle);
        y.assertNear("take " + test, expected, 0);
    }

    @ParameterizedTest
    @MethodSource("cases")
    void resample(Case test) {
        Random random = new Random(test.outputs());
        Taps taps = taps(random, test);
        Area x = Area.random(random, test.outer() * test.size() * test.inner());
        double[] expected = new double[test.rows() * test.inner()];
        for (int i = 0; i < expected.length; i++) {
            int row = i / test.inner();
            int output = row % test.outputs();
            for (int tap = taps.start(output); tap < taps.start(output + 1); tap++) {
                int from = row / test.outputs() * test.size() + taps.index(tap);
                expected[i] += taps.weight(tap) * x.get(from * test.inner() + i % test.inner());
            }
        }
        Area y = Area.poisoned(random, expected.length);
        int middle = random.nextInt(test.rows() + 1);
        AxisKernels kernels = test.kernels();
        kernels.resample(taps, test.inner(), x.array(), x.start(), y.array(), y.start(), middle, test.rows());
        kernels.resample(taps, test.inner(), x.array(), x.start(), y.array(), y.start(), 0, middle);
        y.assertNear("resample " + test, expected, 1e-5);
    }
}
