package dev.halfwave.bench.onnxruntime;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import dev.halfwave.bench.peer.Peer;
import dev.halfwave.bench.peer.Running;
import dev.halfwave.bench.peer.Subject;
import dev.halfwave.bench.translate.Layouts;
import dev.halfwave.kernel.WorkerPool;
import dev.halfwave.nn.Network;
import dev.halfwave.onnx.proto.ModelProto;
import dev.halfwave.onnx.write.OnnxWriter;
import dev.halfwave.tensor.Tensor;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** ONNX Runtime on the CPU, with all graph optimisations and a thread pool of the given size. */
public final class OnnxRuntimePeer implements Peer {
    @Override
    public String title() {
        return "ONNX Runtime " + OrtEnvironment.getEnvironment().getVersion();
    }

    @Override
    public Running inference(Subject subject) {
        try {
            Path file = Files.createTempFile("halfwave-bench", ".onnx");
            try {
                save(subject, file);
                return new Prediction(
                        session(file, subject.threads()), subject.samples().images(), subject);
            } finally {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (OrtException e) {
            throw new IllegalStateException(e.getMessage(), e);
        }
    }

    @Override
    public void save(Subject subject, Path file) throws IOException {
        // The same graph for both sizes of a batch: this one's is fixed.
        ModelProto model = OnnxWriter.of(
                "bench", subject.graph(), subject.graph(), subject.parameters(), /* channelsFirst= */ true, Map.of());
        try (OutputStream out = Files.newOutputStream(file)) {
            model.writeTo(out);
        }
    }

    @Override
    public void predictOnce(Path file, Subject.Samples samples) {
        try (OrtSession session = session(file, WorkerPool.defaultThreads());
                OnnxTensor input = tensor(samples.images());
                OrtSession.Result result = session.run(Map.of(Network.INPUT, input))) {
            result.get(0).getInfo();
        } catch (OrtException e) {
            throw new IllegalStateException(e.getMessage(), e);
        }
    }

    private static OrtSession session(Path file, int threads) throws OrtException {
        try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
            options.setOptimizationLevel(OrtSession.SessionOptions.OptLevel.ALL_OPT);
            options.setExecutionMode(OrtSession.SessionOptions.ExecutionMode.SEQUENTIAL);
            options.setIntraOpNumThreads(threads);
            options.setInterOpNumThreads(1);
            return OrtEnvironment.getEnvironment().createSession(file.toString(), options);
        }
    }

    /** Shares memory with the runtime, so that feeding it copies nothing. */
    static OnnxTensor tensor(Tensor images) throws OrtException {
        float[] values = Layouts.channelsFirst(images);
        FloatBuffer buffer = ByteBuffer.allocateDirect(Math.multiplyExact(values.length, Float.BYTES))
                .order(ByteOrder.nativeOrder())
                .asFloatBuffer();
        buffer.put(values).rewind();
        return OnnxTensor.createTensor(OrtEnvironment.getEnvironment(), buffer, Layouts.channelsFirst(images.shape()));
    }
}
