package dev.halfwave.inspect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.halfwave.activation.Relu;
import dev.halfwave.data.Dataset;
import dev.halfwave.kernel.WorkerPool;
import dev.halfwave.nn.Conv2d;
import dev.halfwave.nn.Dense;
import dev.halfwave.nn.Flatten;
import dev.halfwave.nn.GlobalAvgPool2d;
import dev.halfwave.nn.MaxPool2d;
import dev.halfwave.nn.Model;
import dev.halfwave.nn.Network;
import dev.halfwave.nn.Networks;
import dev.halfwave.tensor.Shape;
import dev.halfwave.tensor.Tensor;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class AttributionTest {
    private static final Tensor IMAGE = Tensor.of(Shape.of(2, 2, 1), 1, 0, 0.5f, 0.25f);

    @Test
    void agreesWithSumsByHand() {
        // two maps, a = 2x and b = max(0, x − ½); the logit is mean(a) · 3 − mean(b)
        Model model = Model.initialized(
                Network.of(
                        "maps",
                        Shape.of(2, 2, 1),
                        Conv2d.of(2, 1).activation(new Relu()),
                        new GlobalAvgPool2d(),
                        Dense.of(1)),
                List.of("a"),
                1);
        model.parameters().set("conv2d_1.filters", Tensor.of(Shape.of(1, 1, 1, 2), 2, 1));
        model.parameters().set("conv2d_1.bias", Tensor.of(Shape.of(2), 0, -0.5f));
        String dense = "dense_1.weights";
        model.parameters().set(dense, Tensor.of(Shape.of(2, 1), 3, -1));
        Attribution attribution = Attribution.of(model, WorkerPool.shared());

        // the slopes: 3 · 2 / 4 everywhere but where x = 1, 3 · 2 / 4 − 1 / 4; and at x = 0, where a is off
        assertThat(attribution.gradientTimesInput(IMAGE, 0).data()).containsExactly(1.25f, 0, 0.75f, 0.375f);
        assertThat(attribution.gradCamLayer()).isEqualTo("conv2d_1.relu");
        // α = (3/4, −1/4); α · (a, b) at each place
        assertThat(attribution.gradCam(IMAGE, 0).data()).containsExactly(1.375f, 0, 0.75f, 0.375f);
        Tensor falls = attribution.occlusion(IMAGE, 0, 1, 1);
        double mean = 1.75 / 4;
        assertThat(falls.shape()).isEqualTo(Shape.of(2, 2, 1));
        assertThat(falls.data()[0]).isCloseTo((float) (1.5 * (1 - mean) - 0.125), within(1e-6f));
        assertThat(falls.data()[1]).isCloseTo((float) (1.5 * -mean), within(1e-6f));
    }

    /** W · x of the effective map is the sum of gradient × input. */
    @Test
    void addsUpToTheLogitWithoutItsBias() {
        Network network = Networks.of("lenet", Shape.of(14, 14, 1), 3, new Relu());
        Model model = Model.initialized(network, List.of("a", "b", "c"), 2);
        Tensor image = EffectiveMapsTest.draw(network.sample(), new SplittableRandom(2));
        EffectiveMap map = EffectiveMaps.of(model, WorkerPool.shared()).exactlyAt(image);

        for (int k = 0; k < 3; k++) {
            double sum = 0;
            for (float part : Attribution.of(model, WorkerPool.shared())
                    .gradientTimesInput(image, k)
                    .data()) {
                sum += part;
            }
            assertThat(sum).isCloseTo(map.predicted(k) - map.bias().data()[k], within(1e-5));
        }
    }

    @Test
    void refusesWhatItCannotExplain() {
        Model model = Model.initialized(
                Network.of(
                        "dense", Shape.of(2, 2, 1), new Flatten(), Dense.of(3).activation(new Relu()), Dense.of(2)),
                List.of("a", "b"),
                1);
        Attribution attribution = Attribution.of(model, WorkerPool.shared());

        assertThat(attribution.gradCamLayer()).isEmpty();
        assertThatThrownBy(() -> attribution.gradCam(IMAGE, 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("dense: expected an activation with height and width for Grad-CAM, received dense layers"
                        + " only");
        assertThatThrownBy(() -> attribution.gradientTimesInput(IMAGE, 2))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("class: expected 0 to 1, received 2");
        assertThatThrownBy(() -> attribution.occlusion(IMAGE, 0, 3, 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("occlusion: expected a square of 1 to 2 and a step of 1 or more, received 3 and 1");
    }

    @Test
    void findsThePatchThatAFilterLikesMost() {
        Model model = Model.initialized(
                Network.of(
                        "finder",
                        Shape.of(6, 6, 1),
                        MaxPool2d.of(2),
                        Conv2d.of(1, 2).activation(new Relu()),
                        new GlobalAvgPool2d(),
                        Dense.of(1)),
                List.of("a"),
                1);
        model.parameters().set("conv2d_1.filters", Tensor.of(Shape.of(2, 2, 1, 1), 1, 0, 0, 1));
        Dots data = new Dots();

        List<StrongestPatches.Patch> patches = StrongestPatches.of(model, data, "conv2d_1.relu", 2, WorkerPool.shared())
                .get(0);

        // image i has the number i at (3, 2), below the pool's place (1, 1), seen by the filter's places (0, 0) and (1,
        // 1)
        assertThat(patches).extracting(StrongestPatches.Patch::image).containsExactly(99, 98);
        StrongestPatches.Patch best = patches.get(0);
        assertThat(best.value()).isEqualTo(0.99f);
        assertThat(best.field()).isEqualTo(new ReceptiveField(0, 4, 0, 4));
        assertThat(best.pixels().shape()).isEqualTo(Shape.of(4, 4, 1));
        assertThat(best.pixels().at(3, 2, 0)).isEqualTo(0.99f);
        assertThatThrownBy(() -> StrongestPatches.of(model, data, "conv2d_2.relu", 1, WorkerPool.shared()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("did you mean \"conv2d_1.relu\"?");
    }

    private static final class Dots implements Dataset {
        @Override
        public String name() {
            return "dots";
        }

        @Override
        public int size() {
            return 100;
        }

        @Override
        public Shape sampleShape() {
            return Shape.of(6, 6, 1);
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
            java.util.Arrays.fill(into, offset, offset + 36, 0);
            into[offset + 3 * 6 + 2] = index / 100f;
        }
    }
}
