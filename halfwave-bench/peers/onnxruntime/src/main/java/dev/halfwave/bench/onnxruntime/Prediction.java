package dev.halfwave.bench.onnxruntime;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import dev.halfwave.bench.peer.Running;
import dev.halfwave.bench.peer.Subject;
import dev.halfwave.bench.translate.Layouts;
import dev.halfwave.nn.Network;
import dev.halfwave.tensor.Shape;
import dev.halfwave.tensor.Tensor;
import java.nio.FloatBuffer;
import java.util.Map;

/** A session with its input in place. */
final class Prediction implements Running {
    private final OrtSession session;
    private final OnnxTensor input;
    private final Map<String, OnnxTensor> inputs;
    private final Shape output;

    Prediction(OrtSession session, Tensor images, Subject subject) throws OrtException {
        this.session = session;
        this.input = OnnxRuntimePeer.tensor(images);
        this.inputs = Map.of(Network.INPUT, input);
        this.output = subject.output();
    }

    @Override
    public void step() {
        try (OrtSession.Result result = session.run(inputs)) {
            if (result.size() != 1) {
                throw new IllegalStateException("onnxruntime: expected one output, received " + result.size());
            }
        } catch (OrtException e) {
            throw new IllegalStateException(e.getMessage(), e);
        }
    }

    @Override
    public float[] result() {
        try (OrtSession.Result result = session.run(inputs)) {
            FloatBuffer buffer = ((OnnxTensor) result.get(0)).getFloatBuffer();
            float[] values = new float[buffer.remaining()];
            buffer.get(values);
            return Layouts.channelsLast(values, output);
        } catch (OrtException e) {
            throw new IllegalStateException(e.getMessage(), e);
        }
    }

    @Override
    public void close() {
        try {
            input.close();
            session.close();
        } catch (OrtException e) {
            throw new IllegalStateException(e.getMessage(), e);
        }
    }
}
