package dev.halfwave.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.halfwave.activation.Activation;
import dev.halfwave.activation.Identity;
import dev.halfwave.activation.LeakyRelu;
import dev.halfwave.activation.Relu;
import dev.halfwave.graph.Graph;
import dev.halfwave.graph.Mode;
import dev.halfwave.kernel.WorkerPool;
import dev.halfwave.nn.BatchNorm;
import dev.halfwave.nn.Concat;
import dev.halfwave.nn.Conv2d;
import dev.halfwave.nn.Dense;
import dev.halfwave.nn.Flatten;
import dev.halfwave.nn.MaxPool2d;
import dev.halfwave.nn.Model;
import dev.halfwave.nn.Network;
import dev.halfwave.nn.Padding;
import dev.halfwave.nn.Residual;
import dev.halfwave.nn.Sequential;
import dev.halfwave.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class DeadUnitWatchTest {
    private static final Blobs DATA = new Blobs(300, 1);
    private static final float DEADLY = -1e6f;

    private final List<DeadUnits> told = new ArrayList<>();

    @Test
    void findsEveryUnitKilledOnPurposeAndNoneElse() {
        for (long seed = 0; seed < 5; seed++) {
            Model model = model(new Relu(), seed);
            Map<String, Set<Integer>> found = new TreeMap<>();
            Trainer trainer = trainer(model, seed);
            trainer.addListener(watch(
                    model,
                    dead -> found.computeIfAbsent(dead.layer(), name -> new TreeSet<>())
                            .addAll(dead.units())));
            // a few units are silent from the start without our doing: these biases wake them
            kill(model, "conv2d_1.bias", 5, 0, 1, 2, 3, 4, 5);
            kill(model, "dense_1.bias", 50, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9);
            kill(model, "conv2d_1.bias", DEADLY, 1, 4);
            kill(model, "dense_1.bias", DEADLY, 0, 7, 9);

            trainer.run();

            assertThat(found)
                    .as("seed %d", seed)
                    .isEqualTo(Map.of("conv2d_1.relu", Set.of(1, 4), "dense_1.relu", Set.of(0, 7, 9)));
        }
    }

    @Test
    void tellsLayerAndShareOnce() {
        Model model = model(new Relu(), 3);
        kill(model, "conv2d_1.bias", DEADLY, 1, 4);
        kill(model, "dense_1.bias", 50, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9);
        Trainer trainer = trainer(model, 3);
        trainer.addListener(watch(model, told::add));

        trainer.run();

        assertThat(told).hasSize(1);
        assertThat(told.get(0)).isEqualTo(new DeadUnits(8, "conv2d_1.relu", List.of(1, 4), 6, 64, List.of(), false));
        assertThat(told.get(0).share()).isCloseTo(1 / 3.0, within(1e-12));
    }

    @Test
    void leavesLeakyUnitsAlone() {
        Model model = model(new LeakyRelu(0.01), 3);
        kill(model, "conv2d_1.bias", DEADLY, 1, 4);
        Trainer trainer = trainer(model, 3);
        trainer.addListener(watch(model, told::add));

        trainer.run();

        assertThat(told).isEmpty();
    }

    @Test
    void doesNotChangeTrainingByWatching() {
        Model watched = model(new Relu(), 4);
        Model alone = model(new Relu(), 4);
        Trainer trainer = trainer(watched, 4);
        trainer.addListener(watch(watched, told::add));

        trainer.run();
        trainer(alone, 4).run();

        assertThat(watched.parameters().data()).isEqualTo(alone.parameters().data());
    }

    @Test
    void revivesWhatHasDied() {
        Model model = model(new Relu(), 5);
        kill(model, "conv2d_1.bias", DEADLY, 1, 4);
        kill(model, "dense_1.bias", 5, 1, 2, 3, 4, 5, 6, 8);
        kill(model, "dense_1.bias", DEADLY, 0, 7, 9);
        Trainer trainer = trainer(model, 5);
        trainer.addListener(watch(model, told::add).reviving(5));

        trainer.run();

        assertThat(told).anySatisfy(dead -> assertThat(dead.revived()).contains(1, 4));
        assertThat(told).anySatisfy(dead -> assertThat(dead.revived()).contains(0, 7, 9));
        Tensor conv = model.parameters().get("conv2d_1.bias");
        for (float bias : conv.data()) {
            assertThat(bias).as("biases start anew").isBetween(-1f, 1f);
        }
        List<DeadUnits> later = new ArrayList<>();
        Trainer again = trainer(model, 6);
        again.addListener(watch(model, later::add));
        again.run();
        Map<String, List<Integer>> killed = Map.of("conv2d_1.relu", List.of(1, 4), "dense_1.relu", List.of(0, 7, 9));
        assertThat(later)
                .as("still silent after revival")
                .allSatisfy(dead -> assertThat(dead.units()).doesNotContainAnyElementsOf(killed.get(dead.layer())));
    }

    @Test
    void revivingDoesNotChangeWhatTheNetworkComputes() {
        Model model = model(new Relu(), 6);
        kill(model, "conv2d_1.bias", DEADLY, 2);
        kill(model, "dense_1.bias", DEADLY, 3);
        Tensor images = images(20);
        Tensor before = model.predictor(WorkerPool.shared()).logits(images);
        float[] filters = model.parameters().get("conv2d_1.filters").data();
        Trainer trainer = trainer(model, 6);
        Graph graph = model.network().graph(1, Mode.INFERENCE);
        Revival revival = new Revival(new UnitWiring(graph), 1);

        assertThat(revival.revive(trainer, graph.find("conv2d_1.relu").orElseThrow(), 2))
                .isTrue();
        assertThat(revival.revive(trainer, graph.find("dense_1.relu").orElseThrow(), 3))
                .isTrue();

        assertThat(model.predictor(WorkerPool.shared()).logits(images)).isEqualTo(before);
        assertThat(model.parameters().get("conv2d_1.bias").data()[2]).isZero();
        Tensor fresh = model.parameters().get("conv2d_1.filters");
        for (int i = 0; i < filters.length; i++) {
            assertThat(fresh.data()[i] != filters[i]).as("filter element %d", i).isEqualTo(i % 6 == 2);
        }
        for (int row = 0; row < 9 * 6; row++) { // behind batch norm, pooling and flattening
            assertThat(model.parameters().get("dense_1.weights").at(row, 0) == 0)
                    .isEqualTo(row % 6 == 2);
        }
        assertThat(model.parameters().get("dense_2.weights").at(3, 1)).isZero();
    }

    @Test
    void followsAUnitThroughGroupsAndConcatenations() {
        Network network = Network.of(
                "wired",
                DATA.sampleShape(),
                Conv2d.of(4, 1).activation(new Relu()),
                new Concat(List.of(Conv2d.of(2, 1), Sequential.of())),
                Conv2d.of(6, 3).groups(2),
                new Flatten(),
                Dense.of(3));
        Graph graph = network.graph(1, Mode.INFERENCE);

        List<UnitWiring.Part> parts = new UnitWiring(graph)
                .outgoing(graph.find("conv2d_1.relu").orElseThrow(), 2)
                .orElseThrow();

        // The joined channels are 2 of the branch and 4 of the relu, so unit 2 is channel 4: the second of group 1.
        assertThat(parts).extracting(part -> part.parameter().key()).hasSize(2);
        assertThat(parts.get(0).elements()).as("[1, 1, 4, 2], row 2").containsExactly(4, 5);
        List<Integer> readers = new ArrayList<>();
        for (int tap = 0; tap < 9; tap++) {
            for (int k = 3; k < 6; k++) { // [3, 3, 3, 6]: the filters of group 1 read it as their channel 1
                readers.add((tap * 3 + 1) * 6 + k);
            }
        }
        assertThat(parts.get(1).elements())
                .containsExactly(readers.stream().mapToInt(i -> i).toArray());
    }

    @Test
    void knowsWhatLeadsToUnitsBehindAResidualSumButNotAway() {
        Network network = Network.of(
                "residual",
                DATA.sampleShape(),
                Conv2d.of(4, 1).activation(new Relu()),
                Residual.of(Conv2d.of(4, 3).padding(Padding.SAME), new Relu()),
                new Flatten(),
                Dense.of(3).activation(new Identity()));
        Graph graph = network.graph(1, Mode.INFERENCE);
        UnitWiring wiring = new UnitWiring(graph);

        assertThat(wiring.outgoing(graph.find("conv2d_1.relu").orElseThrow(), 0))
                .isEmpty();
        assertThat(wiring.incoming(graph.find("residual_1.relu").orElseThrow(), 0)
                        .orElseThrow())
                .as("the branch makes the unit behind the sum, the plain shortcut has no weights")
                .extracting(part -> part.parameter().key())
                .containsExactly("residual_1.conv2d_1.bias", "residual_1.conv2d_1.filters");
    }

    @Test
    void revivesUnitsBehindAResidualSum() {
        Network network = Network.of(
                "residual",
                DATA.sampleShape(),
                Conv2d.of(4, 1).activation(new Relu()),
                Residual.of(Conv2d.of(4, 3).padding(Padding.SAME), new Relu()),
                new Flatten(),
                Dense.of(3));
        Model model = Model.initialized(network, DATA.classes(), 2);
        kill(model, "conv2d_1.bias", 5, 0, 1, 2, 3);
        kill(model, "residual_1.conv2d_1.bias", DEADLY, 1, 3);
        Trainer trainer = trainer(model, 2);
        trainer.addListener(watch(model, told::add).reviving(2));

        trainer.run();

        assertThat(told).hasSize(1);
        assertThat(told.get(0).layer()).isEqualTo("residual_1.relu");
        assertThat(told.get(0).revived()).containsExactly(1, 3);
    }

    @Test
    void slowsDownIfAsked() {
        Model model = model(new Relu(), 3);
        kill(model, "conv2d_1.bias", DEADLY, 1, 4);
        kill(model, "dense_1.bias", 50, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9);
        Trainer trainer = trainer(model, 3);
        List<Double> rates = new ArrayList<>();
        trainer.addListener(watch(model, told::add).slowingBy(0.25));
        trainer.addListener(new TrainingListener() {
            @Override
            public void epochDone(Trainer by, EpochReport report) {
                rates.add(report.rate());
            }
        });

        trainer.run();

        double usual = trainer.plan().rate();
        assertThat(rates).containsExactly(0.25 * usual, 0.25 * usual);
    }

    @Test
    void refusesNumbersOutOfRange() {
        Model model = model(new Relu(), 1);
        assertThatThrownBy(() -> DeadUnitWatch.of(model, DATA, WorkerPool.shared(), told::add, 0, 1, 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "dead unit watch: expected batches, samples and patience of 1 or more, received 0, 1 and 1");
        assertThatThrownBy(() -> watch(model, told::add).slowingBy(1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("dead unit watch: expected a factor above 0 and below 1, received 1.0");
        assertThatThrownBy(() -> trainer(model, 1).forget("batch_norm_1.mean", 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "batch_norm_1.mean: expected a trainable parameter, received a statistic, for which there is"
                                + " no state");
    }

    private static DeadUnitWatch watch(Model model, Consumer<DeadUnits> told) {
        return DeadUnitWatch.of(model, DATA, WorkerPool.shared(), told, 2, 16, 64);
    }

    private static Trainer trainer(Model model, long seed) {
        return new Trainer(model, TrainingPlan.usual(2, 20, seed), DATA, WorkerPool.shared());
    }

    private static Model model(Activation f, long seed) {
        Network network = Network.of(
                "mortal",
                DATA.sampleShape(),
                Conv2d.of(6, 3).activation(f),
                new BatchNorm(),
                MaxPool2d.of(2),
                new Flatten(),
                Dense.of(10).activation(f),
                Dense.of(3));
        return Model.initialized(network, DATA.classes(), seed);
    }

    private static void kill(Model model, String bias, float value, int... units) {
        Tensor biases = model.parameters().get(bias);
        for (int unit : units) {
            biases.data()[unit] = value;
        }
        model.parameters().set(bias, biases);
    }

    private static Tensor images(int count) {
        Tensor images = Tensor.zeros(DATA.sampleShape().prepend(count));
        for (int i = 0; i < count; i++) {
            DATA.read(i, images.data(), i * 64);
        }
        return images;
    }
}
