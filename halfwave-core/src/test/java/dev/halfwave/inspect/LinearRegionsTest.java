package dev.halfwave.inspect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.halfwave.activation.Activation;
import dev.halfwave.activation.LeakyRelu;
import dev.halfwave.activation.Prelu;
import dev.halfwave.activation.Relu;
import dev.halfwave.activation.Relu6;
import dev.halfwave.activation.Tanh;
import dev.halfwave.graph.Graph;
import dev.halfwave.graph.Mode;
import dev.halfwave.graph.Node;
import dev.halfwave.inspect.LinearRegions.Region;
import dev.halfwave.kernel.WorkerPool;
import dev.halfwave.nn.BatchNorm;
import dev.halfwave.nn.Conv2d;
import dev.halfwave.nn.Dense;
import dev.halfwave.nn.Flatten;
import dev.halfwave.nn.MaxPool2d;
import dev.halfwave.nn.Model;
import dev.halfwave.nn.Network;
import dev.halfwave.op.Activate;
import dev.halfwave.tensor.DoubleTensor;
import dev.halfwave.tensor.Shape;
import dev.halfwave.tensor.Tensor;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class LinearRegionsTest {
    private static final int ALL = 100_000;
    private static final int SAMPLES = 20_000;

    /** Every sample has its region's gates, neighbouring regions have others, and sampling counts as many. */
    @Test
    void agreesWithBruteForceAlongALine() {
        int compared = 0;
        for (long seed = 0; seed < 8; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            Model model = model(
                    List.of(new Relu(), new LeakyRelu(0.1), new Relu6(), new Prelu())
                            .get((int) seed % 4),
                    seed);
            EffectiveMapsTest.shake(model, random);
            Tensor from = EffectiveMapsTest.draw(model.network().sample(), random);
            Tensor to = EffectiveMapsTest.draw(model.network().sample(), random);
            Gates gates = new Gates(model);

            LinearRegions regions = LinearRegions.alongLine(model, from, to, ALL);

            assertThat(regions.complete()).isTrue();
            List<Double> flips = new ArrayList<>(regions.flips());
            assertThat(flips).isSorted().hasSize(regions.count() - 1).hasSizeGreaterThan(3);
            flips.add(0, 0.0);
            flips.add(1.0);
            double narrowest = 1;
            List<String> patterns = new ArrayList<>();
            for (int i = 1; i < flips.size(); i++) {
                narrowest = Math.min(narrowest, flips.get(i) - flips.get(i - 1));
                patterns.add(gates.at(from, to, (flips.get(i) + flips.get(i - 1)) / 2));
                if (i > 1) {
                    assertThat(patterns.get(i - 1))
                            .as("seed %d, flip %d", seed, i)
                            .isNotEqualTo(patterns.get(i - 2));
                }
            }
            int changes = 1;
            String before = gates.at(from, to, 0);
            int region = 0;
            for (int i = 1; i < SAMPLES; i++) {
                double t = (double) i / SAMPLES;
                while (flips.get(region + 1) < t) {
                    region++;
                }
                String here = gates.at(from, to, t);
                assertThat(here).as("seed %d, t = %s", seed, t).isEqualTo(patterns.get(region));
                changes += here.equals(before) ? 0 : 1;
                before = here;
            }
            if (narrowest > 2.0 / SAMPLES) {
                assertThat(regions.count()).as("seed %d", seed).isEqualTo(changes);
                compared++;
            }
        }
        assertThat(compared)
                .as("seeds whose regions are wide enough for sampling")
                .isGreaterThan(2);
    }

    @Test
    void beginsWithTheFirstFlip() {
        Model model = model(new Relu(), 11);
        SplittableRandom random = new SplittableRandom(11);
        Tensor from = EffectiveMapsTest.draw(model.network().sample(), random);
        Tensor to = EffectiveMapsTest.draw(model.network().sample(), random);
        Tensor direction = to.copy();
        for (int i = 0; i < direction.data().length; i++) {
            direction.data()[i] -= from.data()[i];
        }

        double first = LinearRegions.alongLine(model, from, to, ALL).flips().get(0);

        assertThat(EffectiveMaps.of(model, WorkerPool.shared())
                        .firstFlip(from, direction)
                        .orElseThrow()
                        .distance())
                .isCloseTo(first, within(1e-6));
    }

    /** n lines in general position cut the plane into 1 + n + n(n − 1)/2 parts; these three cross within the square. */
    @Test
    void countsTheRegionsOfThreeLines() {
        Model model = Model.initialized(
                Network.of(
                        "lines", Shape.of(1, 2, 1), new Flatten(), Dense.of(3).activation(new Relu()), Dense.of(2)),
                List.of("a", "b"),
                1);
        model.parameters().set("dense_1.weights", Tensor.of(Shape.of(2, 3), 1, 0, 1, 0, 1, 1));
        model.parameters().set("dense_1.bias", Tensor.of(Shape.of(3), -0.5f, -0.5f, -0.75f));

        LinearRegions plane = LinearRegions.onPlane(model, pixels(0, 0), pixels(1, 0), pixels(0, 1), 0, ALL);

        assertThat(plane.count()).isEqualTo(7);
        assertThat(plane.cells().stream().mapToDouble(LinearRegionsTest::area).sum())
                .isCloseTo(1, within(1e-12));
    }

    @Test
    void cutsThePlaneAsSamplesSee() {
        for (long seed = 0; seed < 3; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            Model model = model(new Relu(), seed);
            EffectiveMapsTest.shake(model, random);
            Tensor a = EffectiveMapsTest.draw(model.network().sample(), random);
            Tensor b = EffectiveMapsTest.draw(model.network().sample(), random);
            Tensor c = EffectiveMapsTest.draw(model.network().sample(), random);
            Gates gates = new Gates(model);

            LinearRegions plane = LinearRegions.onPlane(model, a, b, c, 0.2, ALL);

            assertThat(plane.cells().stream()
                            .mapToDouble(LinearRegionsTest::area)
                            .sum())
                    .as("seed %d: the cells fill the square", seed)
                    .isCloseTo(1.4 * 1.4, within(1e-9));
            Map<String, Integer> patterns = new HashMap<>();
            for (Region cell : plane.cells()) {
                double[] middle = middle(cell);
                patterns.merge(gates.at(a, b, c, middle), 1, Integer::sum);
                for (double[] corner : cell.corners()) {
                    double[] inside = {
                        middle[0] + 0.99 * (corner[0] - middle[0]), middle[1] + 0.99 * (corner[1] - middle[1])
                    };
                    if (area(cell) > 1e-6) {
                        assertThat(gates.at(a, b, c, inside))
                                .as("seed %d: one pattern in all of a cell", seed)
                                .isEqualTo(gates.at(a, b, c, middle));
                    }
                }
            }
            assertThat(patterns.values())
                    .as("seed %d: convex, so in one piece", seed)
                    .allMatch(count -> count == 1);
        }
    }

    @Test
    void stopsAtTheMostAskedFor() {
        Model model = model(new Relu(), 3);
        SplittableRandom random = new SplittableRandom(3);
        Tensor from = EffectiveMapsTest.draw(model.network().sample(), random);
        Tensor to = EffectiveMapsTest.draw(model.network().sample(), random);

        LinearRegions few = LinearRegions.alongLine(model, from, to, 2);

        assertThat(few.complete()).isFalse();
        assertThat(few.count()).isEqualTo(2);
    }

    @Test
    void refusesSmoothNetworksAndOtherImages() {
        Tensor image = Tensor.zeros(Shape.of(6, 6, 1));
        assertThatThrownBy(() -> LinearRegions.alongLine(model(new Tanh(), 1), image, image, ALL))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("conv2d_1.tanh: expected a piecewise linear op, received tanh");
        Tensor other = Tensor.zeros(Shape.of(6, 5, 1));
        assertThatThrownBy(() -> LinearRegions.alongLine(model(new Relu(), 1), other, other, ALL))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("small: expected images [6, 6, 1], received [6, 5, 1]");
    }

    private static Tensor pixels(float... pixels) {
        return Tensor.of(Shape.of(1, 2, 1), pixels);
    }

    private static double area(Region cell) {
        double twice = 0;
        double[][] corners = cell.corners();
        for (int i = 0; i < corners.length; i++) {
            double[] next = corners[(i + 1) % corners.length];
            twice += corners[i][0] * next[1] - next[0] * corners[i][1];
        }
        return Math.abs(twice) / 2;
    }

    private static double[] middle(Region cell) {
        double[] middle = new double[2];
        for (double[] corner : cell.corners()) {
            middle[0] += corner[0] / cell.corners().length;
            middle[1] += corner[1] / cell.corners().length;
        }
        return middle;
    }

    private static Model model(Activation f, long seed) {
        Network network = Network.of(
                "small",
                Shape.of(6, 6, 1),
                Conv2d.of(2, 3).activation(f),
                new BatchNorm(),
                MaxPool2d.of(2),
                new Flatten(),
                Dense.of(5).activation(f),
                Dense.of(3));
        return Model.initialized(network, List.of("a", "b", "c"), seed);
    }

    /** Which piece every gate of a network is on, in letters. */
    private static final class Gates {
        private final Graph graph;
        private final Map<String, DoubleTensor> parameters = new HashMap<>();
        private final LazyInterpreter run;

        Gates(Model model) {
            graph = model.network().graph(1, Mode.INFERENCE);
            model.parameters().toMap().forEach((key, value) -> parameters.put(key, DoubleTensor.of(value)));
            run = new LazyInterpreter(graph, parameters);
        }

        String at(Tensor from, Tensor to, double t) {
            return at(from, to, from, new double[] {t, 0});
        }

        String at(Tensor a, Tensor b, Tensor c, double[] place) {
            DoubleTensor image = DoubleTensor.zeros(a.shape().prepend(1));
            for (int i = 0; i < image.data().length; i++) {
                image.data()[i] = a.data()[i]
                        + place[0] * ((double) b.data()[i] - a.data()[i])
                        + place[1] * ((double) c.data()[i] - a.data()[i]);
            }
            run.set(Network.INPUT, image);
            StringBuilder pattern = new StringBuilder();
            for (Node node : graph.nodes()) {
                if (Linearity.isGate(node)) {
                    append(node, pattern);
                }
            }
            return pattern.toString();
        }

        private void append(Node gate, StringBuilder pattern) {
            double[] z = run.get(gate.input(0)).data();
            if (gate.op() instanceof dev.halfwave.op.MaxPool2d pool) {
                PoolWindows windows = PoolWindows.of(pool, gate.input(0).shape());
                for (int i = 0; i < windows.outputs(); i++) {
                    pattern.append(windows.largest(z, i)).append(' ');
                }
                return;
            }
            for (double value : z) {
                boolean six = gate.op() instanceof Activate activate && activate.activation() instanceof Relu6;
                pattern.append(value <= 0 ? 'a' : six && value >= 6 ? 'c' : 'b');
            }
        }
    }
}
