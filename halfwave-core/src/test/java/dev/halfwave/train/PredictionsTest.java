package dev.halfwave.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.halfwave.activation.Relu;
import dev.halfwave.kernel.WorkerPool;
import dev.halfwave.nn.Dense;
import dev.halfwave.nn.Flatten;
import dev.halfwave.nn.Model;
import dev.halfwave.nn.Network;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PredictionsTest {
    private static final Score NONE = new Score(0, 0, 0);

    private static double topK(int k, float[] logits, int right) {
        List<String> classes =
                IntStream.range(0, logits.length).mapToObj(Integer::toString).toList();
        Predictions predictions = new Predictions(classes, k);
        predictions.add(logits, new float[] {right}, 1);
        return predictions.of(NONE).topK();
    }

    /** Against sorting, with many equal logits. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void theFirstKAreThoseThatSortingPutsFirst(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        for (int draw = 0; draw < 100; draw++) {
            float[] logits = new float[2 + random.nextInt(8)];
            for (int i = 0; i < logits.length; i++) {
                logits[i] = random.nextInt(4);
            }
            int right = random.nextInt(logits.length);
            List<Integer> sorted = IntStream.range(0, logits.length)
                    .boxed()
                    .sorted(Comparator.comparing((Integer i) -> -logits[i]))
                    .toList();
            for (int k = 1; k <= logits.length; k++) {
                assertThat(topK(k, logits, right))
                        .as("seed %d draw %d k %d", seed, draw, k)
                        .isEqualTo(sorted.indexOf(right) < k ? 1 : 0);
            }
        }
    }

    @Test
    void whatIsNoNumberIsNotAmongTheFirst() {
        assertThat(topK(2, new float[] {1, Float.NaN, 2}, 1)).isZero();
        assertThat(topK(1, new float[] {1, Float.NaN, 2}, 2)).isZero();
    }

    @Test
    void refusesAKOutOfRange() {
        for (int k : new int[] {0, 4}) {
            assertThatThrownBy(() -> new Predictions(List.of("a", "b", "c"), k))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("top-k: expected a k from 1 to the number of classes, 3, received " + k);
        }
    }

    @Test
    void measuringAgreesWithEvaluating() {
        Blobs data = new Blobs(50, 4);
        Network network = Network.of(
                "tiny", data.sampleShape(), new Flatten(), Dense.of(4).activation(new Relu()), Dense.of(3));
        Model model = Model.initialized(network, data.classes(), 3);
        Evaluator evaluator = new Evaluator(model, new SoftmaxLoss(), data, 16, WorkerPool.shared());
        Score score = evaluator.evaluate();
        Evaluation first = evaluator.measure(1);
        assertThat(first.score()).isEqualTo(score);
        assertThat(first.topK()).isEqualTo(score.accuracy());
        assertThat(first.confusion().accuracy()).isEqualTo(score.accuracy());
        assertThat(first.confusion().samples()).isEqualTo(50);
        assertThat(first.confusion().occurred(0)).isEqualTo(17);
        Evaluation all = evaluator.measure(3);
        assertThat(all.topK()).isEqualTo(1);
        assertThat(evaluator.measure(2).topK()).isBetween(score.accuracy(), 1.0);
    }
}
