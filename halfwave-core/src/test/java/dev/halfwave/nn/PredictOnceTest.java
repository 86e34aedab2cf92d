package dev.halfwave.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.halfwave.activation.Relu;
import dev.halfwave.graph.Mode;
import dev.halfwave.kernel.WorkerPool;
import dev.halfwave.tensor.Shape;
import dev.halfwave.tensor.Tensor;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PredictOnceTest {
    private static final List<String> CLASSES = List.of("0", "1", "2", "3", "4", "5", "6", "7", "8", "9");

    @Test
    void agreesWithWhatPredictsForLong() {
        Model model = Model.initialized(Networks.of("lenet", Shape.of(28, 28, 1), 10, new Relu()), CLASSES, 3);
        Tensor images = Tensor.zeros(Shape.of(2, 28, 28, 1));
        Random random = new Random(4);
        for (int i = 0; i < images.data().length; i++) {
            images.data()[i] = random.nextFloat();
        }
        float[] once =
                model.predictorOnce(2, WorkerPool.shared()).logits(images).data();
        float[] lasting = model.predictor(WorkerPool.shared()).logits(images).data();
        assertThat(once).hasSize(20);
        for (int i = 0; i < once.length; i++) {
            assertThat(once[i]).isCloseTo(lasting[i], within(1e-5f));
        }
    }

    @Test
    void countsAnImagesOperations() {
        Network lenet = Networks.of("lenet", Shape.of(28, 28, 1), 10, new Relu());
        long one = lenet.graph(1, Mode.INFERENCE).flops();
        // 28·28·6 outputs of 25 products and sums each, 10·10·16 of 150, and three dense layers of 400, 120 and 84
        // inputs.
        long products = 2L * (28 * 28 * 6 * 25 + 10 * 10 * 16 * 150 + 400 * 120 + 120 * 84 + 84 * 10);
        assertThat(one).isBetween(products, products * 11 / 10);
    }
}
