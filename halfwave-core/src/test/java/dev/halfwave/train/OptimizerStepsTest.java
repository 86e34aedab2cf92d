package dev.halfwave.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import dev.halfwave.kernel.Providers;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Holds optimizers against the formulas of their papers, over several steps in double precision. */
class OptimizerStepsTest {
    private static final int STEPS = 10;
    private static final double RATE = 0.01;

    /** A paper's formula for a single parameter, with two numbers of state. */
    private interface Formula {
        /** The parameter after step t, from 1. */
        double next(double p, double g, double[] state, int t);
    }

    private static void follows(String spec, Formula formula) {
        ElementwiseOptimizer optimizer = (ElementwiseOptimizer) Optimizers.of(spec);
        Random random = new Random(7);
        float[] p = {0, 0.8f};
        float[] g = new float[2];
        List<float[]> state =
                optimizer.state().stream().map(name -> new float[2]).toList();
        double expected = p[1];
        double[] reference = new double[2];
        for (int t = 1; t <= STEPS; t++) {
            g[1] = (float) random.nextGaussian();
            expected = formula.next(expected, g[1], reference, t);
            optimizer.update(Providers.active().updates(), p, g, state, 1, 1, RATE, t);
            assertThat((double) p[1]).as(spec + ", step " + t).isCloseTo(expected, offset(1e-6));
            assertThat(p[0]).isZero();
        }
    }

    @Test
    void rmsProp() {
        follows("rmsprop(rho=0.8, epsilon=0.1, decay=0.05)", (p, g, state, t) -> {
            double gradient = g + 0.05 * p;
            state[0] = 0.8 * state[0] + 0.2 * gradient * gradient;
            return p - RATE * gradient / (Math.sqrt(state[0]) + 0.1);
        });
    }

    @Test
    void adagrad() {
        follows("adagrad(epsilon=0.1, decay=0.05)", (p, g, state, t) -> {
            double gradient = g + 0.05 * p;
            state[0] += gradient * gradient;
            return p - RATE * gradient / (Math.sqrt(state[0]) + 0.1);
        });
    }

    @Test
    void nadam() {
        follows("nadam(beta1=0.8, beta2=0.95, epsilon=0.1, decay=0.05)", (p, g, state, t) -> {
            double gradient = g + 0.05 * p;
            state[0] = 0.8 * state[0] + 0.2 * gradient;
            state[1] = 0.95 * state[1] + 0.05 * gradient * gradient;
            double mean = 0.8 * state[0] / (1 - Math.pow(0.8, t + 1)) + 0.2 * gradient / (1 - Math.pow(0.8, t));
            return p - RATE * mean / (Math.sqrt(state[1] / (1 - Math.pow(0.95, t))) + 0.1);
        });
    }

    @Test
    void lion() {
        follows("lion(beta1=0.8, beta2=0.95, decay=0.5)", (p, g, state, t) -> {
            double direction = Math.signum(0.8 * state[0] + 0.2 * g);
            state[0] = 0.95 * state[0] + 0.05 * g;
            return p - RATE * (direction + 0.5 * p);
        });
    }
}
