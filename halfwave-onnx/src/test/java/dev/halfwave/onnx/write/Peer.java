package dev.halfwave.onnx.write;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import dev.halfwave.onnx.proto.ModelProto;
import dev.halfwave.tensor.Shape;
import dev.halfwave.tensor.Tensor;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.LongStream;

/** A model in ONNX Runtime, on one thread. */
public final class Peer implements AutoCloseable {
    private final OrtEnvironment environment = OrtEnvironment.getEnvironment();
    private final OrtSession session;

    public Peer(ModelProto model) {
        try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
            options.setIntraOpNumThreads(1);
            options.setOptimizationLevel(OrtSession.SessionOptions.OptLevel.BASIC_OPT);
            session = environment.createSession(model.toByteArray(), options);
        } catch (OrtException refused) {
            throw new AssertionError(
                    "ONNX Runtime refuses the model: " + refused.getMessage() + "\n"
                            + model.getGraph().getNodeList(),
                    refused);
        }
    }

    /** The model's outputs for the given inputs. */
    public Map<String, Tensor> run(Map<String, Tensor> inputs) {
        Map<String, OnnxTensor> fed = new HashMap<>();
        try {
            for (Map.Entry<String, Tensor> input : inputs.entrySet()) {
                long[] sizes = LongStream.of(
                                Arrays.stream(input.getValue().shape().sizes())
                                        .asLongStream()
                                        .toArray())
                        .toArray();
                fed.put(
                        input.getKey(),
                        OnnxTensor.createTensor(
                                environment, FloatBuffer.wrap(input.getValue().data()), sizes));
            }
            try (OrtSession.Result result = session.run(fed)) {
                Map<String, Tensor> outputs = new HashMap<>();
                result.forEach(entry -> outputs.put(entry.getKey(), tensor((OnnxTensor) entry.getValue())));
                return outputs;
            }
        } catch (OrtException failure) {
            throw new AssertionError("ONNX Runtime cannot run the model: " + failure.getMessage(), failure);
        } finally {
            fed.values().forEach(OnnxTensor::close);
        }
    }

    private static Tensor tensor(OnnxTensor value) {
        int[] sizes = Arrays.stream(value.getInfo().getShape())
                .mapToInt(Math::toIntExact)
                .toArray();
        float[] data = new float[Shape.of(sizes).elements()];
        value.getFloatBuffer().get(data);
        return Tensor.of(Shape.of(sizes), data);
    }

    @Override
    public void close() {
        try {
            session.close();
        } catch (OrtException failure) {
            throw new AssertionError(failure);
        }
    }
}
