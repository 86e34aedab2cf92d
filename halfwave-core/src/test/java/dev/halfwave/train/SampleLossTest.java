package dev.halfwave.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.data.Offset.offset;

import dev.halfwave.graph.Graph;
import dev.halfwave.graph.GraphBuilder;
import dev.halfwave.graph.Interpreter;
import dev.halfwave.graph.Mode;
import dev.halfwave.graph.Value;
import dev.halfwave.tensor.DoubleTensor;
import dev.halfwave.tensor.Shape;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Losses sample by sample, weighed by class, and against distributions. */
class SampleLossTest {
    private static final int N = 8;
    private static final int K = 3;
    private static final double[] LOGITS = new Random(5).doubles(N * K, -3, 3).toArray();
    private static final double[] LABELS =
            new Random(6).ints(N, 0, K).asDoubleStream().toArray();

    /** What a graph makes of the logits, and labels or targets. */
    private interface Body {
        Value of(GraphBuilder g, Value logits, Value given);
    }

    private static double[] evaluate(Shape shape, double[] given, Body body) {
        GraphBuilder g = new GraphBuilder(Mode.TRAINING);
        g.output("y", body.of(g, g.input("logits", Shape.of(N, K)), g.input("given", shape)));
        Graph graph = g.build();
        Map<String, DoubleTensor> fed =
                Map.of("logits", new DoubleTensor(Shape.of(N, K), LOGITS), "given", new DoubleTensor(shape, given));
        return new Interpreter(graph, fed, 0).get(graph.output("y")).data();
    }

    private static double mean(double[] values) {
        double sum = 0;
        for (double value : values) {
            sum += value / values.length;
        }
        return sum;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "softmax",
                "softmax(smoothing=0.2)",
                "focal",
                "focal(gamma=0.5)",
                "kl",
                "kl(smoothing=0.0)",
                "squared-hinge",
                "one-vs-rest"
            })
    void aLossIsTheMeanOverSamplesAndWeightsMultiplyTheirs(String spec) {
        SampleLoss loss = (SampleLoss) Losses.of(spec);
        double[] samples = evaluate(Shape.of(N), LABELS, loss::samples);
        assertThat(samples).hasSize(N);
        assertThat(evaluate(Shape.of(N), LABELS, loss::apply)[0]).isCloseTo(mean(samples), offset(1e-6));
        double[] weights = {2, 0.5, 0};
        double[] weighted = samples.clone();
        for (int i = 0; i < N; i++) {
            weighted[i] *= weights[(int) LABELS[i]];
        }
        Loss byClass = Losses.of(spec + " * 2,0.5,0");
        assertThat(evaluate(Shape.of(N), LABELS, byClass::apply)[0]).isCloseTo(mean(weighted), offset(1e-6));
        assertThat(Losses.of(Losses.spec(byClass))).isEqualTo(byClass);
    }

    @Test
    void divergenceFromDistributions() {
        double[] targets = new double[N * K];
        double[] expected = new double[N];
        Random random = new Random(8);
        for (int i = 0; i < N; i++) {
            double share = i == 0 ? 0 : random.nextDouble();
            double[] q = {share, 1 - share, 0}; // 0·ln 0 is 0
            double total = 0;
            for (int k = 0; k < K; k++) {
                total += Math.exp(LOGITS[i * K + k]);
            }
            for (int k = 0; k < K; k++) {
                targets[i * K + k] = q[k];
                double logarithm = LOGITS[i * K + k] - Math.log(total);
                expected[i] += q[k] == 0 ? 0 : q[k] * (Math.log(q[k]) - logarithm);
            }
        }
        double[] found = evaluate(Shape.of(N, K), targets, KlLoss::against);
        for (int i = 0; i < N; i++) {
            assertThat(found[i])
                    .as("sample " + i)
                    .isCloseTo(expected[i], offset(1e-9))
                    .isPositive();
        }
    }

    @Test
    void aDistributionDoesNotDivergeFromItself() {
        double[] probabilities = new double[N * K];
        for (int i = 0; i < N; i++) {
            double total = 0;
            for (int k = 0; k < K; k++) {
                total += Math.exp(LOGITS[i * K + k]);
            }
            for (int k = 0; k < K; k++) {
                probabilities[i * K + k] = Math.exp(LOGITS[i * K + k]) / total;
            }
        }
        for (double divergence : evaluate(Shape.of(N, K), probabilities, KlLoss::against)) {
            assertThat(divergence).isCloseTo(0, offset(1e-12));
        }
    }

    @Test
    void weightsHaveToBeKnownAndFit() {
        assertThatThrownBy(() -> evaluate(Shape.of(N), LABELS, Losses.of("softmax * balanced")::apply))
                .hasMessage("class-weights: expected one for each of 3 classes, received balanced ones of no data yet");
        assertThatThrownBy(() -> evaluate(Shape.of(N), LABELS, Losses.of("softmax * 1,2")::apply))
                .hasMessage("class-weights: expected one for each of 3 classes, received 2");
    }
}
