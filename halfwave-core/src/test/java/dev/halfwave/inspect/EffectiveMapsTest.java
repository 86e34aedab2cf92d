package dev.halfwave.inspect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.halfwave.activation.Activation;
import dev.halfwave.activation.LeakyRelu;
import dev.halfwave.activation.Pieces;
import dev.halfwave.activation.Prelu;
import dev.halfwave.activation.Relu;
import dev.halfwave.activation.Relu6;
import dev.halfwave.activation.Softplus;
import dev.halfwave.activation.Tanh;
import dev.halfwave.graph.Mode;
import dev.halfwave.graph.Node;
import dev.halfwave.kernel.WorkerPool;
import dev.halfwave.nn.Dense;
import dev.halfwave.nn.Flatten;
import dev.halfwave.nn.MaxPool2d;
import dev.halfwave.nn.Model;
import dev.halfwave.nn.Network;
import dev.halfwave.nn.Networks;
import dev.halfwave.nn.RandomNetworks;
import dev.halfwave.op.Activate;
import dev.halfwave.op.Binary;
import dev.halfwave.op.BinaryFunction;
import dev.halfwave.op.LayerNorm;
import dev.halfwave.tensor.Shape;
import dev.halfwave.tensor.Tensor;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EffectiveMapsTest {
    private static final List<String> CLASSES = List.of("a", "b", "c");

    @Test
    void agreesWithAMapByHand() {
        // z = (x0 − x1, x1 − x0 + 1); for x = (2, 0): a = (2, 0), so logit = 3·(x0 − x1) + 5
        Model model = twoUnits(new Relu());
        Tensor image = Tensor.of(Shape.of(1, 2, 1), 2, 0);

        EffectiveMap map = EffectiveMaps.of(model, WorkerPool.shared()).exactlyAt(image);

        assertThat(map.logits().data()).containsExactly(11);
        assertThat(map.weights().data()).containsExactly(3, -3);
        assertThat(map.bias().data()).containsExactly(5);
        assertThat(map.residual()).isZero();
        assertThat(map.weightsOf(0)).isEqualTo(Tensor.of(Shape.of(1, 2, 1), 3, -3));
        assertThat(map.best()).isZero();
    }

    @Test
    void findsTheGateThatFlipsFirst() {
        EffectiveMaps maps = EffectiveMaps.of(twoUnits(new Relu()), WorkerPool.shared());
        Tensor image = Tensor.of(Shape.of(1, 2, 1), 2, 0);

        Flip flip = maps.firstFlip(image, Tensor.of(Shape.of(1, 2, 1), -1, 1)).orElseThrow();

        // along x = (2 − t, t): z = (2 − 2t, 2t − 1), so the second unit opens at ½ and the first closes at 1
        assertThat(flip.distance()).isEqualTo(0.5);
        assertThat(flip).hasToString("dense_1.relu [1]");
        assertThat(maps.firstFlip(image, Tensor.of(Shape.of(1, 2, 1), 1, 0)))
                .as("both move away from their kinks")
                .isEmpty();
    }

    @Test
    void findsWhereAPoolingChangesItsMind() {
        Model model = Model.initialized(
                Network.of("pool", Shape.of(2, 2, 1), MaxPool2d.of(2), new Flatten(), Dense.of(1)), List.of("a"), 1);
        EffectiveMaps maps = EffectiveMaps.of(model, WorkerPool.shared());

        Flip flip = maps.firstFlip(
                        Tensor.of(Shape.of(2, 2, 1), 4, 1, 3, 0), Tensor.of(Shape.of(2, 2, 1), -1, 0.5f, -0.75f, 0.9f))
                .orElseThrow();

        assertThat(flip.distance()).isEqualTo(2);
        assertThat(flip).hasToString("max_pool2d_1.max_pool2d [0, 0, 0]");
    }

    @ParameterizedTest
    @ValueSource(
            longs = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26})
    void mapsEveryPiecewiseLinearNetworkAndNamesTheOpOfTheOthers(long seed) {
        Network network = RandomNetworks.of(seed);
        Model model = Model.initialized(network, CLASSES, seed);
        SplittableRandom random = new SplittableRandom(seed);
        shake(model, random);
        List<String> smooth = smooth(network);
        if (!smooth.isEmpty()) {
            assertThatThrownBy(() -> EffectiveMaps.of(model, WorkerPool.shared()))
                    .as("seed %d", seed)
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageStartingWith(smooth.get(0) + ": expected a piecewise linear op, received ");
            return;
        }
        EffectiveMaps maps = EffectiveMaps.of(model, WorkerPool.shared());
        Tensor image = draw(network.sample(), random);
        EffectiveMap exact = maps.exactlyAt(image);
        EffectiveMap single = maps.at(image);

        double size = 1;
        for (double logit : exact.logits().data()) {
            size = Math.max(size, Math.abs(logit));
        }
        assertThat(exact.residual()).as("seed %d", seed).isLessThan(1e-10 * size);
        assertThat(single.residual()).as("seed %d", seed).isLessThan(1e-4 * size);
        Tensor logits = model.predictor(WorkerPool.shared())
                .logits(image.reshape(network.sample().prepend(1)));
        for (int k = 0; k < CLASSES.size(); k++) {
            assertThat(exact.logits().data()[k]).as("seed %d", seed).isCloseTo(logits.data()[k], within(1e-4 * size));
        }
    }

    /** The map of x predicts the logits of every point short of the first flip, and fails behind it. */
    @ParameterizedTest
    @ValueSource(strings = {"relu", "leaky", "prelu", "relu6"})
    void holdsUpToTheFirstFlipAndNoFurther(String name) {
        Activation f = switch (name) {
            case "relu" -> new Relu();
            case "leaky" -> new LeakyRelu(0.1);
            case "prelu" -> new Prelu();
            default -> new Relu6();
        };
        for (long seed = 0; seed < 5; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            Network network = Networks.of("lenet", Shape.of(14, 14, 1), 3, f);
            Model model = Model.initialized(network, CLASSES, seed);
            shake(model, random);
            EffectiveMaps maps = EffectiveMaps.of(model, WorkerPool.shared());
            Tensor image = draw(network.sample(), random);
            Tensor direction = draw(network.sample(), random);
            EffectiveMap map = maps.exactlyAt(image);

            double t = maps.firstFlip(image, direction).orElseThrow().distance();

            assertThat(t).as("seed %d", seed).isPositive();
            assertThat(gap(maps, map, direction, 0.5 * t)).as("seed %d", seed).isLessThan(1e-12);
            assertThat(gap(maps, map, direction, 3 * t + 0.2))
                    .as("seed %d: far behind the flip", seed)
                    .isGreaterThan(1e-9);
        }
    }

    /** How far W · x′ + b is from the logits of x′ = x + t · d; x′ is rounded first, so that both see the same one. */
    private static double gap(EffectiveMaps maps, EffectiveMap map, Tensor direction, double t) {
        Tensor moved = map.image().copy();
        for (int i = 0; i < moved.data().length; i++) {
            moved.data()[i] += (float) (t * direction.data()[i]);
        }
        EffectiveMap there = maps.exactlyAt(moved);
        EffectiveMap foretold = new EffectiveMap(moved, there.logits(), map.weights(), map.bias());
        return foretold.residual();
    }

    @Test
    void refusesOtherImages() {
        EffectiveMaps maps = EffectiveMaps.of(twoUnits(new Relu()), WorkerPool.shared());

        assertThatThrownBy(() -> maps.at(Tensor.zeros(Shape.of(2, 2, 1))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("two: expected an image [1, 2, 1], received [2, 2, 1]");
    }

    @Test
    void refusesSmoothActivations() {
        assertThatThrownBy(() -> EffectiveMaps.of(twoUnits(new Tanh()), WorkerPool.shared()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("dense_1.tanh: expected a piecewise linear op, received tanh; a network has an effective"
                        + " map if it is made of convolutions, dense layers, batch norm, pooling, sums and activations"
                        + " of straight pieces such as relu");
        assertThat(Pieces.areStraight(new Softplus())).isFalse();
    }

    private static Model twoUnits(Activation f) {
        Network network =
                Network.of("two", Shape.of(1, 2, 1), new Flatten(), Dense.of(2).activation(f), Dense.of(1));
        Model model = Model.initialized(network, List.of("a"), 1);
        model.parameters().set("dense_1.weights", Tensor.of(Shape.of(2, 2), 1, -1, -1, 1));
        model.parameters().set("dense_1.bias", Tensor.of(Shape.of(2), 0, 1));
        model.parameters().set("dense_2.weights", Tensor.of(Shape.of(2, 1), 3, 2));
        model.parameters().set("dense_2.bias", Tensor.of(Shape.of(1), 5));
        return model;
    }

    /** The activations of a network that are not made of straight pieces, by their nodes' names. */
    private static List<String> smooth(Network network) {
        return network.graph(1, Mode.INFERENCE).nodes().stream()
                .filter(EffectiveMapsTest::isCurved)
                .map(Node::name)
                .toList();
    }

    private static boolean isCurved(Node node) {
        boolean product = node.op() instanceof Binary binary
                && binary.function() == BinaryFunction.MULTIPLY
                && node.inputs().stream().noneMatch(input -> input.producer().isLasting());
        return product
                || node.op() instanceof LayerNorm
                || node.op() instanceof Activate activate && !straight(activate.activation());
    }

    private static boolean straight(Activation f) {
        return List.of(
                        "identity",
                        "relu",
                        "relu6",
                        "leaky-relu",
                        "prelu",
                        "rrelu",
                        "noisy-relu",
                        "hard-tanh",
                        "hard-sigmoid",
                        "abs")
                .contains(f.name());
    }

    static void shake(Model model, SplittableRandom random) {
        model.parameters().layout().entries().forEach(entry -> {
            for (int i = 0; i < entry.shape().elements(); i++) {
                float value = (float) (0.4 * random.nextDouble() - 0.2);
                int at = entry.offset() + i;
                model.parameters().data()[at] = entry.key().endsWith("variance")
                        ? 1 + value
                        : model.parameters().data()[at] + value;
            }
        });
        model.parameters().changed();
    }

    static Tensor draw(Shape shape, SplittableRandom random) {
        Tensor drawn = Tensor.zeros(shape);
        for (int i = 0; i < drawn.data().length; i++) {
            drawn.data()[i] = (float) random.nextDouble();
        }
        return drawn;
    }
}
