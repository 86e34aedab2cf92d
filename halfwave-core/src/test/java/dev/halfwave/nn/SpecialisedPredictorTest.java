package dev.halfwave.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.offset;

import dev.halfwave.activation.Relu;
import dev.halfwave.compile.Program;
import dev.halfwave.graph.Mode;
import dev.halfwave.graph.Node;
import dev.halfwave.graph.ParameterLayout;
import dev.halfwave.kernel.Providers;
import dev.halfwave.kernel.WorkerPool;
import dev.halfwave.op.MatMul;
import dev.halfwave.tensor.Shape;
import dev.halfwave.tensor.Tensor;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Predictors for a declared range of pixels. */
@Tag("kernels")
class SpecialisedPredictorTest {
    private static final List<String> CLASSES = List.of("a", "b", "c");

    private static LongStream seeds() {
        return LongStream.range(0, 60);
    }

    private static Model lenet() {
        Network network = Network.of(
                "lenet",
                Shape.of(12, 12, 1),
                Conv2d.of(6, 3).padding(Padding.SAME).activation(new Relu()),
                MaxPool2d.of(2),
                Conv2d.of(10, 3).activation(new Relu()),
                AvgPool2d.of(2),
                new Flatten(),
                Dense.of(20).activation(new Relu()),
                Dense.of(3));
        return Model.initialized(network, CLASSES, 3);
    }

    private static void bias(Model model, String key, float value, int... units) {
        Tensor bias = model.parameters().get(key);
        IntStream.of(units).forEach(unit -> bias.data()[unit] = value);
        model.parameters().set(key, bias);
    }

    private static Tensor images(Model model, int batch, SplittableRandom random) {
        Tensor images = Tensor.zeros(model.network().sample().prepend(batch));
        for (int i = 0; i < images.data().length; i++) {
            images.data()[i] = random.nextInt(4) == 0 ? random.nextInt(2) : (float) random.nextDouble();
        }
        return images;
    }

    private static void assertSame(Model model, Predictor specialised, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        for (int batch : List.of(1, 3)) {
            Tensor images = images(model, batch, random);
            Tensor expected = model.predictor(WorkerPool.shared()).logits(images);
            float size = 1;
            for (float logit : expected.data()) {
                size = Math.max(size, Math.abs(logit));
            }
            assertThat(specialised.logits(images).data())
                    .as("seed %d, batch %d", seed, batch)
                    .containsExactly(expected.data(), offset(2e-4f * size));
        }
    }

    /** The last axes of what is computed for every image. */
    private static List<Integer> channels(Predictor predictor) {
        return predictor.program(2).graph().nodes().stream()
                .filter(node -> !node.isLasting() && !node.inputs().isEmpty())
                .map(node -> node.output().shape().size(-1))
                .toList();
    }

    private static List<String> rules(Predictor predictor) {
        Program program = predictor.program(1);
        return program.explain().lines().stream()
                .flatMap(line -> line.rules().stream())
                .distinct()
                .toList();
    }

    @Test
    void deadUnitsAreNotComputed() {
        Model model = lenet();
        bias(model, "conv2d_1.bias", -50, 1, 4);
        bias(model, "conv2d_2.bias", -500, 0, 1, 2, 3, 9);
        bias(model, "dense_1.bias", -5000, 0, 7, 8, 9, 19);

        Predictor specialised = model.predictor(WorkerPool.shared()).within(0, 1);

        assertThat(channels(model.predictor(WorkerPool.shared()))).containsExactly(6, 10, 10, 40, 20, 3, 3);
        assertThat(channels(specialised)).containsExactly(4, 5, 5, 20, 15, 3, 3);
        assertThat(rules(specialised)).contains("delete-units", "sink-scatter", "skip-zeros", "fuse-activation");
        assertSame(model, specialised, 5);
    }

    @Test
    void denseLayersMergeWhereTheRectifierIsAlwaysOn() {
        Network network = Network.of(
                "dense",
                Shape.of(2, 3, 1),
                new Flatten(),
                Dense.of(8).activation(new Relu()),
                Dense.of(9).activation(new Relu()),
                Dense.of(3));
        Model model = Model.initialized(network, CLASSES, 8);
        bias(model, "dense_1.bias", -50, 2, 5);
        bias(model, "dense_1.bias", 50, 0, 1, 3, 4, 6, 7);

        Predictor specialised = model.predictor(WorkerPool.shared()).within(0, 1);

        assertThat(products(model.predictor(WorkerPool.shared()))).isEqualTo(3);
        assertThat(products(specialised))
                .as("the second layer's units, too, are all on or off")
                .isEqualTo(1);
        assertThat(rules(specialised)).contains("drop-activation", "delete-units", "merge-products");
        assertSame(model, specialised, 6);
    }

    @Test
    void winogradKeepsTheChannelsThatItNeeds() {
        Conv2d conv = Conv2d.of(48, 3).activation(new Relu());
        Network network = Network.of("wide", Shape.of(34, 34, 3), conv, conv, new GlobalAvgPool2d(), Dense.of(3));
        Model model = Model.initialized(network, CLASSES, 4);
        bias(model, "conv2d_1.bias", -100, IntStream.range(0, 20).toArray());
        Predictor predictor = model.predictor(WorkerPool.shared(), Providers.active());
        Predictor exact =
                model.predictor(WorkerPool.shared(), Providers.active().exact());

        assertThat(channels(exact.within(0, 1)).get(0)).isEqualTo(28);
        boolean winograd = algorithms(predictor).contains("winograd");
        assertThat(winograd).isEqualTo(Providers.active().lanes() > 1);
        assertThat(channels(predictor.within(0, 1)).get(0)).isEqualTo(winograd ? 32 : 28);
        assertThat(algorithms(predictor.within(0, 1))).isEqualTo(algorithms(predictor));
        assertSame(model, predictor.within(0, 1), 4);

        bias(model, "conv2d_1.bias", -100, IntStream.range(0, 36).toArray());
        assertThat(channels(predictor.within(0, 1)).get(0)).as("of so few any").isEqualTo(12);
    }

    @Test
    void aFewDeadUnitsStayWhereTheyFillVectors() {
        Network network = Network.of(
                "rows", Shape.of(4, 4, 1), new Flatten(), Dense.of(48).activation(new Relu()), Dense.of(3));
        Model model = Model.initialized(network, CLASSES, 4);
        bias(model, "dense_1.bias", -100, 7, 9);
        Predictor specialised = model.predictor(WorkerPool.shared()).within(0, 1);

        assertThat(channels(specialised).get(1)).isEqualTo(Providers.active().lanes() == 1 ? 46 : 48);
        bias(model, "dense_1.bias", -100, IntStream.range(7, 24).toArray());
        assertThat(channels(specialised).get(1)).as("a third less").isEqualTo(31);
        assertSame(model, specialised, 4);
    }

    private static String algorithms(Predictor predictor) {
        return predictor.program(2).explain().lines().stream()
                .filter(line -> !line.once())
                .map(line -> line.algorithm().split(" ", 2)[0])
                .collect(Collectors.joining(" "));
    }

    private static long products(Predictor predictor) {
        return predictor.program(1).graph().nodes().stream()
                .filter(node -> node.op() instanceof MatMul && !node.isLasting())
                .count();
    }

    @Test
    void aWiderRangeProvesLess() {
        Model model = lenet();
        bias(model, "conv2d_1.bias", -5, 1, 2);
        Predictor predictor = model.predictor(WorkerPool.shared());

        assertThat(channels(predictor.within(0, 1)).get(0)).isEqualTo(4);
        assertThat(channels(predictor.within(0, 100)).get(0)).isEqualTo(6);
    }

    @Test
    void itProvesAgainWhenParametersChange() {
        Model model = lenet();
        Predictor specialised = model.predictor(WorkerPool.shared()).within(0, 1);
        assertSame(model, specialised, 1);
        assertThat(channels(specialised).get(0)).isEqualTo(6);

        bias(model, "conv2d_1.bias", -50, 1, 4);
        assertSame(model, specialised, 2);
        assertThat(channels(specialised).get(0)).isEqualTo(4);

        bias(model, "conv2d_1.bias", 0.5f, 1, 4);
        assertSame(model, specialised, 3);
        assertThat(channels(specialised).get(0)).isEqualTo(6);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void randomNetworksGiveTheSame(long seed) {
        Model model = random(seed);

        assertSame(model, model.predictor(WorkerPool.shared()).within(0, 1), seed);
    }

    /** A random network, two of three with rectifiers alone, and biases that turn units off, or on, or do not. */
    private static Model random(long seed) {
        Network network = RandomNetworks.of(seed);
        for (Node node : network.graph(1, Mode.INFERENCE).nodes()) {
            if (seed % 3 > 0 && node.op() instanceof dev.halfwave.op.Activate) {
                network = network.withActivation(node.name(), new Relu()).orElse(network);
            }
        }
        Model model = Model.initialized(network, CLASSES, seed);
        shift(model, new SplittableRandom(seed));
        return model;
    }

    private static void shift(Model model, SplittableRandom random) {
        for (ParameterLayout.Entry entry : model.parameters().layout().entries()) {
            for (int i = 0; entry.key().endsWith("bias") && i < entry.shape().elements(); i++) {
                model.parameters().data()[entry.offset() + i] =
                        random.nextInt(-1, 2) * 20 + (float) random.nextDouble();
            }
        }
        model.parameters().changed();
    }

    @Test
    void theRandomNetworksAreSpecialised() {
        int deleted = 0;
        int dropped = 0;
        for (long seed : seeds().toArray()) {
            List<String> rules =
                    rules(random(seed).predictor(WorkerPool.shared()).within(0, 1));
            deleted += rules.contains("delete-units") ? 1 : 0;
            dropped += rules.contains("drop-activation") ? 1 : 0;
        }
        assertThat(deleted).as("networks with deleted units").isGreaterThan(10);
        assertThat(dropped).as("networks that lost an activation").isGreaterThan(5);
    }

    @Test
    void whatHasNoRuleForBoundsIsLeftAlone() {
        Network network = Network.of(
                "scan",
                Shape.of(6, 6, 1),
                Conv2d.of(4, 3).activation(new Relu()),
                Conv2d.of(3, 2).activation(new Relu()),
                Scan.rows(),
                Lstm.of(5),
                Dense.of(3));
        Model model = Model.initialized(network, CLASSES, 2);
        bias(model, "conv2d_1.bias", -50, 1);

        Predictor specialised = model.predictor(WorkerPool.shared()).within(0, 1);

        assertThat(channels(specialised).get(0)).isEqualTo(3);
        assertSame(model, specialised, 9);
    }

    @Test
    void imagesOutsideTheRangeAreRefused() {
        Model model = lenet();
        Predictor specialised = model.predictor(WorkerPool.shared()).within(0, 1);
        Tensor images = images(model, 3, new SplittableRandom(1));
        images.data()[2 * 144 + 5] = 1.5f;

        assertThatThrownBy(() -> specialised.logits(images))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "lenet: expected pixels within the declared range 0.0..1.0, received 1.5 in image 2; scale the"
                                + " images, or declare a range that holds them");
        images.data()[2 * 144 + 5] = Float.NaN;
        assertThatThrownBy(() -> specialised.probabilities(images)).hasMessageContaining("received NaN in image 2");
        assertThatThrownBy(() -> model.predictor(WorkerPool.shared()).within(1, 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("bounds: expected a range of pixels, received 1.0 to 0.0");
    }

    @Test
    void aRangeMeansItsNearestFloats() {
        Model model = lenet();
        Tensor images = Tensor.full(model.network().sample().prepend(1), 0.1f);

        assertThat(model.predictor(WorkerPool.shared()).within(0, 0.1).logits(images))
                .isEqualTo(model.predictor(WorkerPool.shared()).logits(images));
    }
}
