package dev.halfwave.bench.pytorch;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.jni.JniUtils;
import dev.halfwave.bench.peer.Peer;
import dev.halfwave.bench.peer.Running;
import dev.halfwave.bench.peer.Subject;
import dev.halfwave.bench.translate.Layouts;
import dev.halfwave.bench.translate.Translation;
import dev.halfwave.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Path;

/**
 * PyTorch, eager, through DJL: its ops on DJL's arrays, its autograd, DJL's Adam. oneDNN is on, as it is unless turned off; predictions
 * record no gradients; what a step makes is freed at its end.
 */
public final class PyTorchPeer implements Peer {
    @Override
    public String title() {
        return "PyTorch " + Engine.getInstance().getVersion() + " (DJL " + Engine.getDjlVersion() + ")";
    }

    @Override
    public Running inference(Subject subject) {
        start(subject.threads());
        JniUtils.setGradMode(false);
        return new Prediction(subject);
    }

    @Override
    public Running training(Subject subject) {
        start(subject.threads());
        return new Training(subject);
    }

    @Override
    public void save(Subject subject, Path file) throws IOException {
        StoredNetwork.save(subject, file);
    }

    @Override
    public void predictOnce(Path file, Subject.Samples samples) throws IOException {
        StoredNetwork.predict(file, samples.images());
    }

    private static void start(int threads) {
        if (Engine.getInstance() == null) {
            throw new IllegalStateException("pytorch: expected DJL's engine, received none");
        }
        JniUtils.setNumThreads(threads);
    }

    static NDArray images(NDManager manager, Tensor images) {
        return manager.create(Layouts.channelsFirst(images), new Shape(Layouts.channelsFirst(images.shape())));
    }

    /** Without gradients: nothing but ops. */
    private static final class Prediction implements Running {
        private final NDManager manager = NDManager.newBaseManager();
        private final Subject subject;
        private final NDArray images;
        private final Translation translation;
        private final PyTorchTarget target;

        Prediction(Subject subject) {
            this.subject = subject;
            images = images(manager, subject.samples().images());
            translation = new Translation(subject.graph(), subject.parameters());
            target = new PyTorchTarget(manager, false);
        }

        @Override
        public void step() {
            try (NDManager scope = manager.newSubManager()) {
                images.tempAttach(scope);
                translation.apply(target, images);
            }
        }

        @Override
        public float[] result() {
            try (NDManager scope = manager.newSubManager()) {
                images.tempAttach(scope);
                float[] values = translation.apply(target, images).toFloatArray();
                return Layouts.channelsLast(values, subject.output());
            }
        }

        @Override
        public void close() {
            manager.close();
        }
    }
}
