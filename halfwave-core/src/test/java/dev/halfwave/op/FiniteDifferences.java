package dev.halfwave.op;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.halfwave.graph.Graph;
import dev.halfwave.graph.Interpreter;
import dev.halfwave.tensor.DoubleTensor;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Holds gradient rules against central differences of the definition, in double precision throughout.
 *
 * <p>{@code (8·(f(x+h) − f(x−h)) − (f(x+2h) − f(x−2h))) / 12h}, whose error is of fourth order in h. Elements for which
 * the four points do not lie in the same smooth piece as x are left out, and counted.
 */
final class FiniteDifferences {
    private static final double STEP = 1e-4;
    private static final double TOLERANCE = 1e-6;
    private static final int MOST_ELEMENTS = 20;
    private static final long RANDOM_KEY = 42;

    private int configurations;
    private int compared;
    private int excluded;
    private double worst;

    int configurations() {
        return configurations;
    }

    double excludedShare() {
        return excluded / Math.max(1.0, compared + excluded);
    }

    /** Tries one configuration. */
    void check(Trial trial) {
        configurations++;
        if (!trial.hasGradient()) {
            assertThatThrownBy(() -> OneOp.FED.gradient(trial))
                    .isInstanceOf(UnsupportedOperationException.class)
                    .hasMessage(trial.op().name() + ": expected an op with a gradient, received "
                            + trial.op().name() + "; it cannot be differentiated (again)");
            return;
        }
        SplittableRandom random = new SplittableRandom(configurations);
        DoubleTensor seed = seed(trial, random);
        Graph graph = OneOp.FED.gradient(trial);
        Interpreter values = new Interpreter(graph, OneOp.sources(trial, seed), RANDOM_KEY);
        for (int input = 0; input < trial.inputs().size(); input++) {
            if (!trial.fixed().contains(input)) {
                compare(trial, seed, input, values.get(graph.output("dx" + input)), random);
            }
        }
    }

    private static DoubleTensor seed(Trial trial, SplittableRandom random) {
        DoubleTensor y = trial.op().evaluate(trial.inputs(), RANDOM_KEY).get(0);
        return new Draw(random, Draw.SMALL).values(y.shape(), -1, 1);
    }

    private void compare(Trial trial, DoubleTensor seed, int input, DoubleTensor rule, SplittableRandom random) {
        assertThat(rule.shape()).isEqualTo(trial.inputs().get(input).shape());
        double scale = 1;
        for (double value : rule.data()) {
            scale = Math.max(scale, Math.abs(value));
        }
        int n = rule.data().length;
        for (int i = 0; i < Math.min(n, MOST_ELEMENTS); i++) {
            int element = n <= MOST_ELEMENTS ? i : random.nextInt(n);
            if (crossesPieces(trial, input, element)) {
                excluded++;
                continue;
            }
            compared++;
            double difference = difference(trial, seed, input, element);
            double error = Math.abs(difference - rule.data()[element]) / Math.max(scale, Math.abs(difference));
            worst = Math.max(worst, error);
            assertThat(error)
                    .as(
                            "error of input %s, element %s: rule %s, difference %s",
                            input, element, rule.data()[element], difference)
                    .isLessThanOrEqualTo(TOLERANCE);
        }
    }

    private static boolean crossesPieces(Trial trial, int input, int element) {
        Object here = trial.regime().apply(trial.inputs());
        for (int steps : new int[] {-2, -1, 1, 2}) {
            if (!here.equals(trial.regime().apply(moved(trial, input, element, steps)))) {
                return true;
            }
        }
        return false;
    }

    private static double difference(Trial trial, DoubleTensor seed, int input, int element) {
        double[][] y = new double[5][];
        for (int steps : new int[] {-2, -1, 1, 2}) {
            List<DoubleTensor> inputs = moved(trial, input, element, steps);
            y[steps + 2] = trial.op().evaluate(inputs, RANDOM_KEY).get(0).data();
        }
        double sum = 0;
        for (int i = 0; i < seed.data().length; i++) {
            sum += seed.data()[i] * (8 * (y[3][i] - y[1][i]) - (y[4][i] - y[0][i]));
        }
        return sum / (12 * STEP);
    }

    private static List<DoubleTensor> moved(Trial trial, int input, int element, int steps) {
        DoubleTensor at = trial.inputs().get(input);
        DoubleTensor moved = new DoubleTensor(at.shape(), at.data().clone());
        moved.data()[element] += steps * STEP;
        List<DoubleTensor> inputs = new ArrayList<>(trial.inputs());
        inputs.set(input, moved);
        return inputs;
    }

    @Override
    public String toString() {
        return configurations + " configurations, " + compared + " elements compared, " + excluded
                + " excluded at kinks, worst relative error " + worst;
    }
}
