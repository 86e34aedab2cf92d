package dev.halfwave.bench.pytorch;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import ai.djl.training.GradientCollector;
import ai.djl.training.loss.Loss;
import ai.djl.training.optimizer.Adam;
import ai.djl.training.optimizer.Optimizer;
import ai.djl.training.tracker.Tracker;
import dev.halfwave.bench.peer.Running;
import dev.halfwave.bench.peer.Subject;
import dev.halfwave.bench.translate.Translation;

/** Steps of training on one batch; the loss is read in each, as whoever watches a training does. */
final class Training implements Running {
    private final NDManager manager = NDManager.newBaseManager();
    private final Loss cost = Loss.softmaxCrossEntropyLoss();
    private final Optimizer adam =
            Adam.builder().optLearningRateTracker(Tracker.fixed(1e-3f)).build();
    private final Translation translation;
    private final PyTorchTarget target;
    private final NDArray images;
    private final NDArray labels;
    private float loss;

    Training(Subject subject) {
        images = PyTorchPeer.images(manager, subject.samples().images());
        labels = manager.create(subject.samples().labels().stream()
                .mapToLong(Integer::longValue)
                .toArray());
        translation = new Translation(subject.graph(), subject.parameters());
        target = new PyTorchTarget(manager, true);
    }

    @Override
    public void step() {
        try (NDManager scope = manager.newSubManager()) {
            images.tempAttach(scope);
            labels.tempAttach(scope);
            try (GradientCollector gradients = Engine.getInstance().newGradientCollector()) {
                NDArray logits = translation.apply(target, images);
                NDArray value = cost.evaluate(new NDList(labels), new NDList(logits));
                gradients.backward(value);
                loss = value.getFloat();
            }
            target.trained().forEach(this::update);
        }
    }

    private void update(String key, NDArray weights) {
        try (NDArray gradient = weights.getGradient()) {
            adam.update(key, weights, gradient);
        }
        JniUtils.zeroGrad((PtNDArray) weights);
    }

    @Override
    public float[] result() {
        return new float[] {loss};
    }

    @Override
    public void close() {
        manager.close();
    }
}
