package dev.halfwave.train;

import dev.halfwave.autodiff.Differentiate;
import dev.halfwave.graph.Graph;
import dev.halfwave.graph.GraphBuilder;
import dev.halfwave.graph.Mode;
import dev.halfwave.graph.Value;
import dev.halfwave.nn.Network;
import dev.halfwave.tensor.Shape;

/** The graphs that training and evaluation run. */
final class Programs {
    /** The name under which labels are fed in. */
    static final String LABELS = "labels";

    /** The name under which the loss is read. */
    static final String LOSS = "loss";

    private Programs() {}

    /** From images and labels to logits and loss. */
    static Graph loss(Network network, Loss loss, int batch, Mode mode) {
        GraphBuilder g = new GraphBuilder(mode);
        Value logits = network.addTo(g, batch);
        Value labels = g.input(LABELS, Shape.of(batch));
        g.output(Network.LOGITS, logits);
        g.output(LOSS, loss.apply(g, logits, labels));
        return g.build();
    }

    /** What a step of training computes forwards, with what the plan freezes fixed. */
    static Graph forward(Network network, TrainingPlan plan, int batch) {
        return Freezing.of(loss(network, plan.loss(), batch, Mode.TRAINING), plan.frozen(network));
    }

    /** The same, with the gradients of all parameters that are not fixed. */
    static Graph training(Network network, TrainingPlan plan, int batch) {
        return Differentiate.withParameterGradients(forward(network, plan, batch), LOSS);
    }
}
