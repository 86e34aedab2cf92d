package dev.halfwave.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import dev.halfwave.graph.GraphBuilder;
import dev.halfwave.graph.Mode;
import dev.halfwave.graph.ParameterLayout;
import dev.halfwave.kernel.Providers;
import dev.halfwave.kernel.WorkerPool;
import dev.halfwave.op.Add;
import dev.halfwave.tensor.Shape;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Holds optimizers that look at whole tensors against the formulas of their papers, in plain loops of double precision. */
@Tag("kernels")
class LayerwiseOptimizersTest {
    private static final int STEPS = 4;
    private static final double RATE = 0.02;

    /** Filters, their bias, weights in more than one task, and those of a classifier. */
    private static ParameterLayout layout() {
        GraphBuilder g = new GraphBuilder(Mode.TRAINING);
        for (Shape shape : List.of(Shape.of(3, 3, 2, 5), Shape.of(5), Shape.of(70, 300), Shape.of(6, 4))) {
            String key = "p" + shape.rank() + shape.elements();
            g.output(
                    key,
                    g.add(new Add(), g.parameter(key, shape, (s, a, o, r) -> {}, true), g.input(key + "in", shape)));
        }
        return ParameterLayout.of(g.build());
    }

    /** Some numbers at the places of parameters, zeros between them. */
    private static float[] draw(ParameterLayout layout, Random random) {
        float[] numbers = new float[layout.trainableEnd()];
        for (ParameterLayout.Entry entry : layout.entries()) {
            for (int i = 0; i < entry.shape().elements(); i++) {
                numbers[entry.offset() + i] = (float) random.nextGaussian();
            }
        }
        return numbers;
    }

    /** The reference: changes one tensor of plain numbers. */
    private interface Reference {
        void step(double[] p, double[] g, double[] m, double[] v, ParameterLayout.Entry entry, int t);
    }

    private static void follows(Optimizer optimizer, int threads, double tolerance, Reference reference) {
        ParameterLayout layout = layout();
        Random random = new Random(11);
        float[] p = draw(layout, random);
        List<float[]> state = optimizer.state().stream()
                .map(name -> new float[layout.trainableEnd()])
                .toList();
        double[][] exact = {doubles(p), new double[p.length], new double[p.length]};
        try (WorkerPool pool = new WorkerPool(threads)) {
            Updater updater =
                    optimizer.updater(new UpdateSite(layout, layout.entries(), p, state, Providers.active(), pool));
            for (int t = 1; t <= STEPS; t++) {
                float[] g = draw(layout, random);
                updater.update(g, RATE, t);
                for (ParameterLayout.Entry entry : layout.entries()) {
                    reference.step(exact[0], doubles(g), exact[1], exact[2], entry, t);
                }
                for (int i = 0; i < p.length; i++) {
                    assertThat((double) p[i])
                            .as("step " + t + ", element " + i)
                            .isCloseTo(exact[0][i], offset(tolerance));
                }
            }
        }
    }

    private static double[] doubles(float[] numbers) {
        double[] doubles = new double[numbers.length];
        for (int i = 0; i < numbers.length; i++) {
            doubles[i] = numbers[i];
        }
        return doubles;
    }

    @ParameterizedTest
    @CsvSource({"0.1, 1", "0.0, 3"})
    void lamb(double decay, int threads) {
        follows(new Lamb(0.8, 0.95, 0.1, decay), threads, 1e-5, (p, g, m, v, entry, t) -> {
            double[] u = new double[p.length];
            double norm = 0;
            double length = 0;
            for (int i = entry.offset(); i < entry.offset() + entry.shape().elements(); i++) {
                m[i] = 0.8 * m[i] + 0.2 * g[i];
                v[i] = 0.95 * v[i] + 0.05 * g[i] * g[i];
                double mean = m[i] / (1 - Math.pow(0.8, t));
                u[i] = mean / (Math.sqrt(v[i] / (1 - Math.pow(0.95, t))) + 0.1) + decay * p[i];
                norm += p[i] * p[i];
                length += u[i] * u[i];
            }
            for (int i = entry.offset(); i < entry.offset() + entry.shape().elements(); i++) {
                p[i] -= RATE * Math.sqrt(norm / length) * u[i];
            }
        });
    }

    @Test
    void lambMovesZerosByTheRate() {
        ParameterLayout layout = layout();
        float[] p = new float[layout.trainableEnd()];
        Lamb lamb = new Lamb();
        List<float[]> state = List.of(new float[p.length], new float[p.length]);
        lamb.updater(new UpdateSite(layout, layout.entries(), p, state, Providers.active(), WorkerPool.shared()))
                .update(draw(layout, new Random(1)), RATE, 1);
        for (ParameterLayout.Entry entry : layout.entries()) {
            assertThat(Math.abs(p[entry.offset()])).isCloseTo((float) RATE, offset(1e-5f)); // Adam's first step is ±1
        }
    }

    @ParameterizedTest
    @CsvSource({"true, 1", "false, 3"})
    void muon(boolean nesterov, int threads) {
        Muon muon = new Muon(0.9, nesterov, 0.5);
        follows(muon, threads, 2e-4, (p, g, m, v, entry, t) -> {
            int from = entry.offset();
            int n = entry.shape().elements();
            if (entry.shape().rank() < 2 || entry.key().equals("p224")) {
                for (int i = from; i < from + n; i++) {
                    m[i] = 0.9 * m[i] + 0.1 * g[i];
                    v[i] = 0.95 * v[i] + 0.05 * g[i] * g[i];
                    double step = m[i] / (1 - Math.pow(0.9, t)) / (Math.sqrt(v[i] / (1 - Math.pow(0.95, t))) + 1e-8);
                    p[i] -= RATE * (step + 0.5 * p[i]);
                }
                return;
            }
            int columns = entry.shape().size(-1);
            double[][] u = new double[n / columns][columns];
            for (int i = 0; i < n; i++) {
                m[from + i] = 0.9 * m[from + i] + g[from + i];
                u[i / columns][i % columns] = nesterov ? g[from + i] + 0.9 * m[from + i] : m[from + i];
            }
            double[][] o = orthogonal(u);
            double size = 0.2 * Math.sqrt(Math.max(n / columns, columns));
            for (int i = 0; i < n; i++) {
                p[from + i] -= RATE * (size * o[i / columns][i % columns] + 0.5 * p[from + i]);
            }
        });
    }

    /** Newton and Schulz' steps, always from the left: the same from the right in exact numbers. */
    private static double[][] orthogonal(double[][] matrix) {
        double squares = 0;
        for (double[] row : matrix) {
            for (double value : row) {
                squares += value * value;
            }
        }
        double[][] x = sum(matrix, 1 / Math.sqrt(squares), matrix, 0);
        for (int i = 0; i < 5; i++) {
            double[][] a = times(x, transposed(x));
            x = sum(x, 3.4445, times(sum(a, -4.7750, times(a, a), 2.0315), x), 1);
        }
        return x;
    }

    private static double[][] transposed(double[][] a) {
        double[][] result = new double[a[0].length][a.length];
        for (int i = 0; i < a.length; i++) {
            for (int j = 0; j < a[0].length; j++) {
                result[j][i] = a[i][j];
            }
        }
        return result;
    }

    private static double[][] times(double[][] a, double[][] b) {
        double[][] result = new double[a.length][b[0].length];
        for (int i = 0; i < a.length; i++) {
            for (int k = 0; k < b.length; k++) {
                for (int j = 0; j < b[0].length; j++) {
                    result[i][j] += a[i][k] * b[k][j];
                }
            }
        }
        return result;
    }

    private static double[][] sum(double[][] a, double scaleA, double[][] b, double scaleB) {
        double[][] result = new double[a.length][a[0].length];
        for (int i = 0; i < a.length; i++) {
            for (int j = 0; j < a[0].length; j++) {
                result[i][j] = scaleA * a[i][j] + scaleB * b[i][j];
            }
        }
        return result;
    }

    @Test
    void newtonSchulzBringsSingularValuesNearOne() {
        NewtonSchulz maker = new NewtonSchulz(
                Shape.of(3, 2), Providers.active(), WorkerPool.shared(), new dev.halfwave.compile.Workspace());
        double[] values = {1, 0.6, 0.3, 0.1, 0.03};
        for (double small : values) {
            float[] diagonal = {5, 0, 0, 5 * (float) small, 0, 0};
            float[] result = new float[6];
            System.arraycopy(diagonal, 0, maker.input(), 0, 6);
            maker.run(result);
            assertThat(result[0]).as("beside " + small).isBetween(0.65f, 1.25f);
            assertThat(result[3]).as("of " + small).isBetween(0.65f, 1.25f);
            assertThat(result[1]).isZero();
        }
        maker.input()[0] = 0;
        java.util.Arrays.fill(maker.input(), 0);
        float[] nothing = new float[6];
        maker.run(nothing);
        assertThat(nothing).containsOnly(0);
    }

    @Test
    void withoutDecayNothingElseChanges() {
        for (String name : Optimizers.names()) {
            Optimizer spared = Optimizers.of(name).withoutDecay();
            assertThat(spared.name()).isEqualTo(name);
            assertThat(Optimizers.of(Optimizers.spec(spared))).isEqualTo(spared);
            assertThat(spared.withoutDecay()).isEqualTo(spared);
            assertThat(Optimizers.spec(Optimizers.of(name + "(decay=0)"))).isEqualTo(Optimizers.spec(spared));
        }
    }
}
