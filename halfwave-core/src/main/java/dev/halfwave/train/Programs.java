package dev.halfwave.train;

import dev.halfwave.autodiff.Differentiate;
import dev.halfwave.compile.Session;
import dev.halfwave.data.Batch;
import dev.halfwave.data.Mixture;
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

    /** The name under which the other classes of mixed images are fed in. */
    static final String OTHERS = "labels.others";

    /** The name under which it is fed in how much of each mixed image is its own. */
    static final String SHARES = "labels.shares";

    /** The name under which the loss is read. */
    static final String LOSS = "loss";

    private Programs() {}

    /** From images and labels to logits and loss. */
    static Graph loss(Network network, Loss loss, int batch, Mode mode) {
        return loss(network, loss, batch, mode, false);
    }

    /** The same, perhaps of mixed images. */
    static Graph loss(Network network, Loss loss, int batch, Mode mode, boolean mixed) {
        GraphBuilder g = new GraphBuilder(mode);
        Value logits = network.addTo(g, batch);
        Value labels = g.input(LABELS, Shape.of(batch));
        g.output(Network.LOGITS, logits);
        g.output(LOSS, mixed ? mixed(g, loss, logits, labels) : loss.apply(g, logits, labels));
        return g.build();
    }

    private static Value mixed(GraphBuilder g, Loss loss, Value logits, Value labels) {
        Value others = g.input(OTHERS, labels.shape());
        Value shares = g.input(SHARES, labels.shape());
        return loss.applyTo(g, logits, Terms.distributions(loss.name(), g, logits, labels, others, shares));
    }

    /** What a step of training computes forwards, perhaps of mixed images, with what the plan freezes fixed. */
    static Graph forward(Network network, TrainingPlan plan, int batch, boolean mixed) {
        return Freezing.of(loss(network, plan.loss(), batch, Mode.TRAINING, mixed), plan.frozen(network));
    }

    /** The same, with the gradients of all parameters that are not fixed. */
    static Graph training(Network network, TrainingPlan plan, int batch, boolean mixed) {
        return Differentiate.withParameterGradients(forward(network, plan, batch, mixed), LOSS);
    }

    /** Feeds a batch to one of these programs. */
    static void feed(Session session, Batch batch) {
        session.feed(Network.INPUT, batch.images()).feed(LABELS, batch.labels());
        Mixture mixture = batch.mixture();
        if (mixture != null) {
            session.feed(OTHERS, mixture.others()).feed(SHARES, mixture.shares());
        }
    }
}
