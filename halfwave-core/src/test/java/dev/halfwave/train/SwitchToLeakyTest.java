package dev.halfwave.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.halfwave.activation.LeakyRelu;
import dev.halfwave.activation.Relu;
import dev.halfwave.kernel.WorkerPool;
import dev.halfwave.nn.Activate;
import dev.halfwave.nn.Dense;
import dev.halfwave.nn.Flatten;
import dev.halfwave.nn.Model;
import dev.halfwave.nn.Network;
import dev.halfwave.tensor.Shape;
import dev.halfwave.tensor.Tensor;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SwitchToLeakyTest {
    private static final Blobs DATA = new Blobs(300, 1);
    private static final TrainingPlan PLAN = TrainingPlan.usual(3, 20, 7);
    private static final LeakyRelu LEAKY = new LeakyRelu(0.1);

    @TempDir
    private Path directory;

    private final List<DeadUnits> told = new ArrayList<>();

    @Test
    void layersWithEnoughDeadUnitsBecomeLeakyAndLearnAgain() {
        Model model = model();
        float[] biases = model.parameters().get("dense_2.bias").data();
        Trainer trainer = trainer(model);
        trainer.addListener(watch(model));

        trainer.run();

        assertThat(told).hasSize(2);
        assertThat(told.get(0).layer()).isEqualTo("relu_1.relu");
        assertThat(told.get(0).switched()).isTrue();
        assertThat(told.get(0).units()).containsExactly(0, 1, 2, 3, 4);
        assertThat(told.get(1).layer()).isEqualTo("relu_2.relu");
        assertThat(told.get(1).switched()).as("one in ten is less than a fifth").isFalse();
        assertThat(trainer.model().network()).isEqualTo(network(new Activate(LEAKY)));
        assertThat(trainer.model().parameters()).isSameAs(model.parameters());
        assertThat(model.parameters().get("dense_1.bias").data()[0])
                .as("gradients pass again")
                .isNotEqualTo(-50);
        assertThat(model.parameters().get("dense_2.bias").data()[9])
                .as("not in a layer that stayed")
                .isEqualTo(biases[9]);
    }

    @Test
    void aCheckpointHoldsTheChangedNetworkAndGoesOnWithIt() {
        Model model = model();
        Trainer whole = trainer(model);
        whole.addListener(watch(model));
        Path file = directory.resolve("checkpoint.safetensors");
        whole.addListener(new TrainingListener() {
            @Override
            public void epochDone(Trainer trainer, EpochReport report) {
                if (report.epoch() == 2) {
                    trainer.checkpoint().save(file);
                }
            }
        });
        whole.run();

        Checkpoint checkpoint = Checkpoint.load(file);
        assertThat(checkpoint.model().network()).isEqualTo(network(new Activate(LEAKY)));
        Trainer resumed = trainer(checkpoint.model());
        resumed.resume(checkpoint);
        resumed.run();
        assertThat(resumed.model().parameters().data())
                .isEqualTo(whole.model().parameters().data());
    }

    @Test
    void validatesTheChangedNetwork() {
        Model model = model();
        Trainer trainer = trainer(model);
        trainer.validateOn(DATA);
        List<Double> losses = new ArrayList<>();
        trainer.addListener(watch(model));
        trainer.addListener(new TrainingListener() {
            @Override
            public void epochDone(Trainer by, EpochReport report) {
                losses.add(report.validation().orElseThrow().loss());
            }
        });

        trainer.run();

        Score now = new Evaluator(trainer.model(), PLAN.loss(), DATA, 20, WorkerPool.shared()).evaluate();
        assertThat(losses.get(2)).isEqualTo(now.loss());
    }

    @Test
    void refusesOtherParametersAndNumbersOutOfRange() {
        Trainer trainer = trainer(model());
        Network other = Network.of("other", DATA.sampleShape(), new Flatten(), Dense.of(3));
        assertThatThrownBy(() -> trainer.continueAs(other))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(
                        "trainer: expected a network with the parameters [dense_1.weights [64, 10], dense_1.bias [10],")
                .hasMessageEndingWith(
                        "received one with [dense_1.weights [64, 3], dense_1.bias [3]]; start training anew with it");
        assertThatThrownBy(() -> watch(model()).switchingToLeaky(0, 0.1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "dead unit watch: expected a slope above 0 and below 1 and a share above 0 up to 1, received"
                                + " 0.0 and 0.1");
    }

    /** Half of the first layer is dead, and one unit of the second. */
    private static Model model() {
        Model model = Model.initialized(network(new Activate(new Relu())), DATA.classes(), 1);
        model.parameters().set("dense_1.bias", Tensor.of(Shape.of(10), -50, -50, -50, -50, -50, 5, 5, 5, 5, 5));
        model.parameters().set("dense_2.bias", Tensor.of(Shape.of(10), 50, 50, 50, 50, 50, 50, 50, 50, 50, -1e6f));
        return model;
    }

    private static Network network(Activate first) {
        return Network.of(
                "mortal",
                DATA.sampleShape(),
                new Flatten(),
                Dense.of(10),
                first,
                Dense.of(10),
                new Activate(new Relu()),
                Dense.of(3));
    }

    private static Trainer trainer(Model model) {
        return new Trainer(model, PLAN, DATA, WorkerPool.shared());
    }

    private DeadUnitWatch watch(Model model) {
        return DeadUnitWatch.of(model, DATA, WorkerPool.shared(), told::add, 2, 16, 64)
                .switchingToLeaky(0.1, 0.2);
    }
}
