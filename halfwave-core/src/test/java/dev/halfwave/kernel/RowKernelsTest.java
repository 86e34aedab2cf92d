package dev.halfwave.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Holds every provider's softmax and losses against plain loops in double precision. */
@Tag("kernels")
class RowKernelsTest {
    private static final double TOLERANCE = 1e-5;
    private static final int[] ROWS = {1, 3, 64};
    private static final int[] CLASSES = {1, 2, 3, 10, 15, 16, 17, 31, 33, 100, 257, 1000, 5000, 50_001};

    /** A provider and sizes, which are the seed too; logits around 0 or far away from it. */
    record Case(String provider, int rows, int n, float away) {
        RowKernels kernels() {
            return Providers.named(provider).rows();
        }

        Random random() {
            return new Random(10_000L * rows + n);
        }

        Area logits(Random random) {
            Area x = Area.random(random, rows * n).times(3);
            for (int i = 0; i < x.length(); i++) {
                x.array()[x.start() + i] += away;
            }
            return x;
        }

        Area labels(Random random) {
            Area labels = Area.poisoned(random, rows);
            for (int row = 0; row < rows; row++) {
                int label = row % 3 == 0 ? 0 : row % 3 == 1 ? n - 1 : random.nextInt(n);
                labels.array()[labels.start() + row] = label;
            }
            return labels;
        }
    }

    static List<Case> cases() {
        List<Case> cases = new ArrayList<>();
        for (Kernels kernels : Each.provider()) {
            for (int rows : ROWS) {
                for (int n : CLASSES) {
                    cases.add(new Case(kernels.name(), rows, n, 0));
                    cases.add(new Case(kernels.name(), rows, n, n % 2 == 0 ? 300 : -300));
                }
            }
        }
        return cases;
    }

    private static double logOfSum(Area x, int row, int n) {
        double max = x.get(row * n);
        for (int j = 1; j < n; j++) {
            max = Math.max(max, x.get(row * n + j));
        }
        double sum = 0;
        for (int j = 0; j < n; j++) {
            sum += Math.exp(x.get(row * n + j) - max);
        }
        return max + Math.log(sum);
    }

    private static double largest(double[] values) {
        return Arrays.stream(values).map(Math::abs).max().orElseThrow();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void softmaxAndItsGradient(Case test) {
        Random random = test.random();
        int n = test.n();
        Area x = test.logits(random);
        Area dy = Area.random(random, x.length());
        double[] expected = new double[x.length()];
        for (int row = 0; row < test.rows(); row++) {
            double log = logOfSum(x, row, n);
            for (int i = row * n; i < row * n + n; i++) {
                expected[i] = Math.exp(x.get(i) - log);
            }
        }
        Area y = Area.poisoned(random, x.length());
        test.kernels().softmax(x.array(), x.start(), y.array(), y.start(), test.rows(), n);
        double tolerance = TOLERANCE * largest(expected);
        y.assertNear("softmax " + test, expected, tolerance);
        test.kernels().softmax(x.array(), x.start(), x.array(), x.start(), test.rows(), n);
        x.assertSameBits("softmax in place " + test, y);
        x.assertIntact("softmax in place " + test);
        double[] gradient = new double[x.length()];
        for (int row = 0; row < test.rows(); row++) {
            double dot = 0;
            for (int i = row * n; i < row * n + n; i++) {
                dot += dy.get(i) * (double) y.get(i);
            }
            for (int i = row * n; i < row * n + n; i++) {
                gradient[i] = y.get(i) * (dy.get(i) - dot);
            }
        }
        Area dx = Area.poisoned(random, x.length());
        test.kernels()
                .softmaxGradient(dy.array(), dy.start(), y.array(), y.start(), dx.array(), dx.start(), test.rows(), n);
        dx.assertNear("softmax gradient " + test, gradient, tolerance);
    }

    @ParameterizedTest
    @MethodSource("cases")
    void logSoftmaxAndItsGradient(Case test) {
        Random random = test.random();
        int n = test.n();
        Area x = test.logits(random);
        Area dy = Area.random(random, x.length());
        double[] expected = new double[x.length()];
        double[] gradient = new double[x.length()];
        double largestSum = 1;
        for (int row = 0; row < test.rows(); row++) {
            double log = logOfSum(x, row, n);
            double sum = 0;
            double absolute = 0;
            for (int i = row * n; i < row * n + n; i++) {
                expected[i] = x.get(i) - log;
                sum += dy.get(i);
                absolute += Math.abs(dy.get(i));
            }
            for (int i = row * n; i < row * n + n; i++) {
                gradient[i] = dy.get(i) - Math.exp(expected[i]) * sum;
            }
            largestSum = Math.max(largestSum, absolute);
        }
        Area y = Area.poisoned(random, x.length());
        test.kernels().logSoftmax(x.array(), x.start(), y.array(), y.start(), test.rows(), n);
        y.assertNear("log-softmax " + test, expected, 4 * TOLERANCE + Math.abs(test.away()) * 1e-7);
        test.kernels().logSoftmax(x.array(), x.start(), x.array(), x.start(), test.rows(), n);
        x.assertSameBits("log-softmax in place " + test, y);
        x.assertIntact("log-softmax in place " + test);
        Area dx = Area.poisoned(random, x.length());
        test.kernels()
                .logSoftmaxGradient(
                        dy.array(), dy.start(), y.array(), y.start(), dx.array(), dx.start(), test.rows(), n);
        dx.assertNear("log-softmax gradient " + test, gradient, TOLERANCE * largestSum);
    }

    @ParameterizedTest
    @MethodSource("cases")
    void layerNormAndItsGradient(Case test) {
        Random random = test.random();
        int n = test.n();
        float epsilon = 0.01f;
        Area x = test.logits(random);
        Area dy = Area.random(random, x.length());
        double[] expected = new double[x.length()];
        double[] gradient = new double[x.length()];
        for (int row = 0; row < x.length(); row += n) {
            double scale = normalize(x, row, n, epsilon, expected);
            double sum = 0;
            double dot = 0;
            for (int i = row; i < row + n; i++) {
                sum += dy.get(i);
                dot += dy.get(i) * expected[i];
            }
            for (int i = row; i < row + n; i++) {
                gradient[i] = scale * (dy.get(i) - sum / n - expected[i] * dot / n);
            }
        }
        double rounding = 4 * TOLERANCE + Math.abs(test.away()) * 1e-6; // of x itself, scaled up by at most 10
        Area dx = Area.poisoned(random, x.length());
        test.kernels()
                .layerNormGradient(
                        dy.array(), dy.start(), x.array(), x.start(), epsilon, dx.array(), dx.start(), test.rows(), n);
        dx.assertNear("layer norm gradient " + test, gradient, 10 * rounding);
        Area y = Area.poisoned(random, x.length());
        test.kernels().layerNorm(x.array(), x.start(), epsilon, y.array(), y.start(), test.rows(), n);
        y.assertNear("layer norm " + test, expected, rounding);
        test.kernels().layerNorm(x.array(), x.start(), epsilon, x.array(), x.start(), test.rows(), n);
        x.assertSameBits("layer norm in place " + test, y);
        x.assertIntact("layer norm in place " + test);
    }

    @ParameterizedTest
    @MethodSource("dev.halfwave.kernel.Each#provider")
    void aNormOfEqualNumbersFarFromZeroIsANumber(Kernels kernels) {
        for (int n : new int[] {3, 100, 1000}) {
            float[] x = new float[n];
            Arrays.fill(x, 1.1e9f);
            kernels.rows().layerNorm(x, 0, 1e-5f, x, 0, 1, n);
            for (float value : x) {
                assertThat(Math.abs(value))
                        .as("%s, %d numbers", kernels.name(), n)
                        .isLessThanOrEqualTo(1);
            }
        }
    }

    /** Normalises one row into {@code y}; returns what it was scaled by. */
    private static double normalize(Area x, int from, int n, float epsilon, double[] y) {
        double mean = 0;
        for (int i = from; i < from + n; i++) {
            mean += x.get(i) / (double) n;
        }
        double variance = 0;
        for (int i = from; i < from + n; i++) {
            variance += (x.get(i) - mean) * (x.get(i) - mean) / n;
        }
        double scale = 1 / Math.sqrt(variance + epsilon);
        for (int i = from; i < from + n; i++) {
            y[i] = (x.get(i) - mean) * scale;
        }
        return scale;
    }

    @ParameterizedTest
    @MethodSource("cases")
    void crossEntropyAndItsGradient(Case test) {
        Random random = test.random();
        int n = test.n();
        Area x = test.logits(random);
        Area labels = test.labels(random);
        double[] losses = new double[test.rows()];
        double[] gradient = new double[x.length()];
        for (int row = 0; row < test.rows(); row++) {
            int label = (int) labels.get(row);
            double log = logOfSum(x, row, n);
            losses[row] = log - x.get(row * n + label);
            for (int j = 0; j < n; j++) {
                gradient[row * n + j] = 0.25 * (Math.exp(x.get(row * n + j) - log) - (j == label ? 1 : 0));
            }
        }
        Area loss = Area.poisoned(random, test.rows());
        test.kernels()
                .crossEntropy(
                        x.array(),
                        x.start(),
                        labels.array(),
                        labels.start(),
                        loss.array(),
                        loss.start(),
                        test.rows(),
                        n);
        loss.assertNear("cross-entropy " + test, losses, 4 * TOLERANCE + Math.abs(test.away()) * 1e-7);
        Area dx = Area.poisoned(random, x.length());
        test.kernels()
                .crossEntropyGradient(
                        x.array(),
                        x.start(),
                        labels.array(),
                        labels.start(),
                        0.25f,
                        dx.array(),
                        dx.start(),
                        test.rows(),
                        n);
        dx.assertNear("cross-entropy gradient " + test, gradient, TOLERANCE * largest(gradient));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void hingeAndItsGradient(Case test) {
        Random random = test.random();
        int n = test.n();
        Area x = test.logits(random);
        Area labels = test.labels(random);
        double[] losses = new double[test.rows()];
        double[] gradient = new double[x.length()];
        for (int row = 0; row < test.rows(); row++) {
            int label = (int) labels.get(row);
            for (int j = 0; j < n; j++) {
                float excess = x.get(row * n + j) - x.get(row * n + label) + 1.5f;
                if (j != label && excess > 0) {
                    losses[row] += excess;
                    gradient[row * n + j] = 0.5;
                    gradient[row * n + label] -= 0.5;
                }
            }
        }
        Area loss = Area.poisoned(random, test.rows());
        test.kernels()
                .hinge(
                        x.array(),
                        x.start(),
                        labels.array(),
                        labels.start(),
                        1.5f,
                        loss.array(),
                        loss.start(),
                        test.rows(),
                        n);
        loss.assertNear("hinge " + test, losses, TOLERANCE * largest(losses));
        Area dx = Area.poisoned(random, x.length());
        test.kernels()
                .hingeGradient(
                        x.array(),
                        x.start(),
                        labels.array(),
                        labels.start(),
                        1.5f,
                        0.5f,
                        dx.array(),
                        dx.start(),
                        test.rows(),
                        n);
        dx.assertNear("hinge gradient " + test, gradient, 0);
    }

    @ParameterizedTest
    @MethodSource("dev.halfwave.kernel.Each#provider")
    void rowsWithInfinitiesOrNoNumbers(Kernels kernels) {
        for (int n : new int[] {4, 40}) {
            float[] x = new float[3 * n];
            x[1] = Float.NEGATIVE_INFINITY;
            x[n + 2] = Float.NaN;
            float[] y = new float[3 * n];
            kernels.rows().softmax(x, 0, y, 0, 3, n);
            for (int j = 0; j < n; j++) {
                assertThat(y[j])
                        .as("%s, −∞ has no share", kernels.name())
                        .isCloseTo(j == 1 ? 0 : 1f / (n - 1), Offset.offset(1e-6f));
                assertThat(y[n + j])
                        .as("%s, NaN spoils its row", kernels.name())
                        .isNaN();
                assertThat(y[2 * n + j]).as("%s, and no other", kernels.name()).isCloseTo(1f / n, Offset.offset(1e-6f));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("dev.halfwave.kernel.Each#provider")
    void labelsThatAreNoClassAreRefused(Kernels kernels) {
        float[] x = new float[8];
        for (float label : new float[] {4, -1, 0.5f, Float.NaN}) {
            float[] labels = {3, label};
            assertThatThrownBy(() -> kernels.rows().crossEntropy(x, 0, labels, 0, new float[2], 0, 2, 4))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("labels: expected class numbers from 0 to 3, received " + label
                            + " in row 1; widen the last layer or correct the label");
            assertThatThrownBy(() -> kernels.rows().crossEntropyGradient(x, 0, labels, 0, 1, new float[8], 0, 2, 4))
                    .isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> kernels.rows().hinge(x, 0, labels, 0, 1, new float[2], 0, 2, 4))
                    .isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> kernels.rows().hingeGradient(x, 0, labels, 0, 1, 1, new float[8], 0, 2, 4))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }
}
