package dev.halfwave.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.halfwave.activation.Activation;
import dev.halfwave.activation.Relu;
import dev.halfwave.activation.Sigmoid;
import dev.halfwave.graph.Initializer;
import dev.halfwave.kernel.WorkerPool;
import dev.halfwave.nn.Dense;
import dev.halfwave.nn.Flatten;
import dev.halfwave.nn.Layer;
import dev.halfwave.nn.Model;
import dev.halfwave.nn.Network;
import dev.halfwave.nn.init.Glorot;
import dev.halfwave.nn.init.He;
import dev.halfwave.tensor.Shape;
import dev.halfwave.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class GradientFlowTest {
    private static final Blobs DATA = new Blobs(120, 1);

    private final List<List<LayerFlow>> told = new ArrayList<>();

    @Test
    void findsVanishingGradientsOfDeepSigmoids() {
        List<LayerFlow> flows =
                train(deep(10, new Sigmoid(), new Glorot()), 1e-6).get(0);

        assertThat(flows).hasSize(11);
        assertThat(flows.get(0).layer()).isEqualTo("dense_1");
        assertThat(flows.get(0).vanishes()).isTrue();
        assertThat(flows.get(9).vanishes()).isFalse();
        assertThat(flows.get(10).relativeGradient()).isEqualTo(1);
        assertThat(flows).noneMatch(LayerFlow::explodes);
    }

    @Test
    void findsNothingAmissWithRectifiersFromHesValues() {
        List<LayerFlow> flows = train(deep(10, new Relu(), new He()), 1e-3).get(0);

        assertThat(flows).noneMatch(flow -> flow.vanishes() || flow.explodes() || flow.standsStill() || flow.jumps());
    }

    @Test
    void findsExplodingGradients() {
        List<LayerFlow> flows = train(deep(10, new Relu(), new He(4)), 1e-9).get(0);

        assertThat(flows.get(0).explodes()).isTrue();
    }

    @Test
    void findsLayersThatStandStillOrJump() {
        assertThat(train(deep(1, new Relu(), new He()), 1e-9).get(0)).allMatch(LayerFlow::standsStill);
        told.clear();
        assertThat(train(deep(1, new Relu(), new He()), 10).get(0)).anyMatch(LayerFlow::jumps);
    }

    /** Equal logits make equal probabilities, so that each logit's gradient is ⅓ or −⅔. */
    @Test
    void measuresWhatAHandCanCompute() {
        Model model = Model.initialized(
                Network.of("linear", DATA.sampleShape(), new Flatten(), Dense.of(3)), DATA.classes(), 1);
        model.parameters().set("dense_1.weights", Tensor.full(Shape.of(64, 3), 0.5f));
        Trainer trainer = trainer(model, 1e-30);
        trainer.addListener(flow(model, 4));

        trainer.run();

        LayerFlow flow = told.get(0).get(0);
        assertThat(flow.step()).isEqualTo(4);
        assertThat(flow.gradient()).isCloseTo(Math.sqrt((4 + 1 + 1) / 27.0), within(1e-5));
        assertThat(flow.activation()).isBetween(0.3 * 32 / 2, 0.5 * 64);
        assertThat(flow.updateRatio()).isZero();
        assertThat(flow.weightGradient()).isPositive();
        assertThat(told).hasSize(3);
    }

    @Test
    void refusesNumbersOutOfRange() {
        Model model = deep(1, new Relu(), new He());
        assertThatThrownBy(() -> flow(model, 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("gradient flow: expected 1 sample or more and 2 batches or more, received 30 and 1");
    }

    private List<List<LayerFlow>> train(Model model, double rate) {
        Trainer trainer = trainer(model, rate);
        trainer.addListener(flow(model, 2));
        trainer.run();
        return told;
    }

    private GradientFlow flow(Model model, int every) {
        return GradientFlow.of(model, new SoftmaxLoss(), DATA, 30, every, WorkerPool.shared(), told::add);
    }

    private static Trainer trainer(Model model, double rate) {
        Optimizer sgd = new Sgd(0, false, 0);
        TrainingPlan plan = new TrainingPlan(1, 10, rate, 1, new SoftmaxLoss(), sgd, new Constant());
        return new Trainer(model, plan, DATA, WorkerPool.shared());
    }

    private static Model deep(int hidden, Activation f, Initializer initializer) {
        List<Layer> layers = new ArrayList<>();
        layers.add(new Flatten());
        for (int i = 0; i < hidden; i++) {
            layers.add(Dense.of(40).activation(f).initializer(initializer));
        }
        layers.add(Dense.of(3).initializer(initializer));
        return Model.initialized(
                Network.of("deep", DATA.sampleShape(), layers.toArray(Layer[]::new)), DATA.classes(), 3);
    }
}
