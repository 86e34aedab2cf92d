package dev.halfwave.inspect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.halfwave.activation.Relu;
import dev.halfwave.activation.Sigmoid;
import dev.halfwave.data.Dataset;
import dev.halfwave.kernel.WorkerPool;
import dev.halfwave.nn.Conv2d;
import dev.halfwave.nn.Dense;
import dev.halfwave.nn.Flatten;
import dev.halfwave.nn.Model;
import dev.halfwave.nn.Network;
import dev.halfwave.tensor.Shape;
import dev.halfwave.tensor.Tensor;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Every expected number here was computed by hand. */
class ActivityTest {
    /** Seventy images of two pixels: in one of them the second pixel is bright, in all others the first. */
    private static final Dataset DATA = new Dataset() {
        @Override
        public String name() {
            return "pairs";
        }

        @Override
        public int size() {
            return 70;
        }

        @Override
        public Shape sampleShape() {
            return Shape.of(1, 2, 1);
        }

        @Override
        public List<String> classes() {
            return List.of("a");
        }

        @Override
        public int label(int index) {
            return 0;
        }

        @Override
        public void read(int index, float[] into, int offset) {
            into[offset] = index == 69 ? 0 : 1;
            into[offset + 1] = index == 69 ? 1 : 0;
        }
    };

    private final Model model = Model.initialized(
            Network.of(
                    "two",
                    Shape.of(1, 2, 1),
                    Conv2d.of(3, 1).activation(new Relu()),
                    new Flatten(),
                    Dense.of(3).activation(new Sigmoid()),
                    Dense.of(1)),
            List.of("a"),
            1);

    ActivityTest() {
        // channel 0 copies the pixel, channel 1 is below zero, channel 2 above
        model.parameters().set("conv2d_1.filters", Tensor.of(Shape.of(1, 1, 1, 3), 1, 1, 1));
        model.parameters().set("conv2d_1.bias", Tensor.of(Shape.of(3), 0, -2, 1));
        // unit 0 is −9 or 9; unit 1 always −9, unit 2 always 0
        model.parameters()
                .set(
                        "dense_1.weights",
                        Tensor.of(Shape.of(6, 3), -9, 0, 0, 0, 0, 0, 0, 0, 0, 9, 0, 0, 0, 0, 0, 0, 0, 0));
        model.parameters().set("dense_1.bias", Tensor.of(Shape.of(3), 0, -9, 0));
    }

    @Test
    void countsWhatUnitsDo() {
        List<LayerActivity> layers = Activity.of(model, DATA, WorkerPool.shared());

        LayerActivity conv = layers.get(0);
        assertThat(conv.name()).isEqualTo("conv2d_1.relu");
        assertThat(conv.cuts()).isTrue();
        assertThat(conv.examples()).isEqualTo(70);
        assertThat(conv.places()).isEqualTo(2);
        assertThat(conv.fired()).containsExactly(70, 0, 140);
        assertThat(conv.firingFraction(0)).isEqualTo(0.5);
        assertThat(conv.silent()).isEqualTo(1);
        assertThat(conv.neverFires(1)).isTrue();
        assertThat(conv.alwaysOn()).isEqualTo(1);
        assertThat(conv.alwaysFires(2)).isTrue();
        assertThat(conv.saturatedShare())
                .as("a rectifier has but one asymptote")
                .isZero();
        assertThat(conv.zeros().mean()).isCloseTo(0.5, within(1e-12));
        assertThat(conv.zeros().least()).isEqualTo(0.5);
        assertThat(conv.zeros().most()).isEqualTo(0.5);

        LayerActivity dense = layers.get(1);
        assertThat(dense.cuts()).isFalse();
        assertThat(dense.fired()).containsExactly(1, 0, 0);
        assertThat(dense.saturated()).containsExactly(70, 70, 0);
        assertThat(dense.zeros().most()).isZero();
    }

    @Test
    void countsWhatSkippingZerosWouldSave() {
        List<Sparsity> products = Sparsity.of(model, DATA, WorkerPool.shared());

        assertThat(products.get(0)).isEqualTo(new Sparsity("conv2d_1.conv2d", 0.5, 6, 3));
        assertThat(products.get(0).savedShare()).isEqualTo(0.5);
        assertThat(products.get(1)).isEqualTo(new Sparsity("dense_1.matmul", 0.5, 18, 9));
        assertThat(products.get(2)).isEqualTo(new Sparsity("dense_2.matmul", 0, 3, 0));
    }
}
