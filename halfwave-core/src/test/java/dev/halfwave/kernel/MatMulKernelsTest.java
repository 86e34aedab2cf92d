package dev.halfwave.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.halfwave.activation.Activation;
import dev.halfwave.activation.Identity;
import dev.halfwave.activation.LeakyRelu;
import dev.halfwave.activation.Relu;
import dev.halfwave.activation.Sigmoid;
import dev.halfwave.activation.Step;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Holds every provider's matrix products against plain sums in double precision. */
@Tag("kernels")
class MatMulKernelsTest {
    private static final double TOLERANCE = 1e-5;
    private static final Activation[] ACTIVATIONS = {new Identity(), new Relu(), new LeakyRelu(0.2), new Sigmoid()};

    /** Sizes with the seed of the data; the name of a test case says both. */
    record Case(String provider, int m, int n, int k, boolean transposeA, boolean transposeB, int seed) {}

    @ParameterizedTest
    @MethodSource("cases")
    void productAgreesWithPlainSums(Case test) {
        Random random = new Random(test.seed());
        boolean withBias = random.nextBoolean();
        Activation activation = ACTIVATIONS[random.nextInt(ACTIVATIONS.length)];
        float[] a = floats(random, test.m() * test.k());
        float[] b = floats(random, test.k() * test.n());
        float[] bias = floats(random, withBias ? test.n() : 0);
        double[] expected = new double[test.m() * test.n()];
        double scale = product(test, a, b, bias, expected);
        for (int i = 0; i < expected.length; i++) {
            expected[i] = activation.at(expected[i]);
        }
        BilinearKernel kernel = Providers.named(test.provider())
                .matMul()
                .product(test.m(), test.n(), test.k(), test.transposeA(), test.transposeB(), withBias, activation);
        new KernelCall(test + " " + activation.spec(), kernel, a, b, bias, expected.length)
                .check(expected, TOLERANCE * scale);
    }

    @Test
    void longSumsOfEqualTermsKeepTheirDigits() {
        int k = 200_000;
        float[] a = new float[2 * k];
        float[] b = new float[k * 3];
        Arrays.fill(a, 0.1f);
        Arrays.fill(b, 1.1f);
        double[] expected = new double[6];
        Arrays.fill(expected, k * (double) 0.1f * 1.1f);
        for (Kernels provider : Each.provider()) {
            for (boolean transposed : new boolean[] {false, true}) {
                BilinearKernel kernel =
                        provider.matMul().product(2, 3, k, transposed, !transposed, false, new Identity());
                new KernelCall(provider.name(), kernel, a, b, new float[0], 6).check(expected, TOLERANCE * expected[0]);
            }
        }
    }

    /** A step is idempotent and never falls, like a clamp to [0, 1], but it leaves nothing between. */
    @Test
    void aStepIsNotTakenForAClamp() {
        float[] a = {0.25f, -1, 3};
        float[] b = new float[33];
        double[] expected = new double[a.length * b.length];
        for (int j = 0; j < b.length; j++) {
            b[j] = (j - 16) / 32f;
            for (int i = 0; i < a.length; i++) {
                expected[i * b.length + j] = a[i] * b[j] > 0 ? 1 : 0;
            }
        }
        for (Kernels provider : Each.provider()) {
            BilinearKernel kernel = provider.matMul().product(3, 33, 1, false, false, false, new Step());
            new KernelCall(provider.name(), kernel, a, b, new float[0], expected.length).check(expected, 0);
        }
    }

    @Test
    void largeProductsGiveSixteenThreadsWork() {
        for (Kernels provider : Each.provider()) {
            BilinearKernel kernel = provider.matMul().product(128, 128, 12544, false, false, true, new Relu());
            assertThat(kernel.tasks(0)).isGreaterThanOrEqualTo(16);
        }
    }

    static Stream<Case> cases() {
        List<Case> cases = new ArrayList<>();
        int[] sizes = {1, 2, 3, 7, 10, 12, 13, 15, 16, 17, 31, 32, 33, 48, 65, 100};
        for (Kernels provider : Each.provider()) {
            for (int seed = 0; seed < 120; seed++) {
                Random random = new Random(seed);
                int m = sizes[random.nextInt(sizes.length)];
                int n = sizes[random.nextInt(sizes.length)];
                int k = random.nextInt(8) == 0 ? 1000 + random.nextInt(100) : sizes[random.nextInt(sizes.length)];
                cases.add(new Case(provider.name(), m, n, k, random.nextBoolean(), random.nextBoolean(), seed));
            }
        }
        return cases.stream();
    }

    private static double product(Case test, float[] a, float[] b, float[] bias, double[] out) {
        double scale = 1e-3;
        for (int i = 0; i < test.m(); i++) {
            for (int j = 0; j < test.n(); j++) {
                double sum = bias.length > 0 ? bias[j] : 0;
                double size = Math.abs(sum);
                for (int l = 0; l < test.k(); l++) {
                    double term = (double) a[test.transposeA() ? l * test.m() + i : i * test.k() + l]
                            * b[test.transposeB() ? j * test.k() + l : l * test.n() + j];
                    sum += term;
                    size += Math.abs(term);
                }
                out[i * test.n() + j] = sum;
                scale = Math.max(scale, size);
            }
        }
        return scale;
    }

    private static float[] floats(Random random, int length) {
        float[] values = new float[length];
        for (int i = 0; i < length; i++) {
            values[i] = (float) random.nextGaussian();
        }
        return values;
    }
}
