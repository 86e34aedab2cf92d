package dev.halfwave.bench.onnx;

import dev.halfwave.bench.translate.Layouts;
import dev.halfwave.bench.translate.Translation;
import dev.halfwave.graph.Graph;
import dev.halfwave.graph.Parameters;
import dev.halfwave.nn.Network;
import dev.halfwave.tensor.Shape;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** A network for a fixed batch as an ONNX model, channels first: input {@link Network#INPUT}, output {@link Network#LOGITS}. */
public final class OnnxModel {
    private static final int IR_VERSION = 8;
    private static final int OPSET = 17;
    private static final int FLOAT = 1;

    private OnnxModel() {}

    /**
     * Writes a model file.
     *
     * @throws IOException if it cannot be written
     * @throws UnsupportedOperationException if the network has a layer that has no translation
     */
    public static void write(Graph graph, Parameters parameters, Path file) throws IOException {
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file))) {
            message(graph, parameters).writeTo(out);
        }
    }

    static Message message(Graph graph, Parameters parameters) {
        OnnxTarget target = new OnnxTarget();
        String logits = new Translation(graph, parameters).apply(target, Network.INPUT);
        target.node("Identity", logits, Network.LOGITS);
        Message body = target.body()
                .text(2, "halfwave")
                .message(11, tensor(Network.INPUT, graph.inputs().get(0).shape()))
                .message(12, tensor(Network.LOGITS, graph.output(Network.LOGITS).shape()));
        return new Message()
                .number(1, IR_VERSION)
                .text(2, "halfwave-bench")
                .message(7, body)
                .message(8, new Message().text(1, "").number(2, OPSET));
    }

    private static Message tensor(String name, Shape shape) {
        long[] sizes = shape.rank() == 4 ? Layouts.channelsFirst(shape) : new long[] {shape.size(0), shape.size(1)};
        Message dims = new Message();
        for (long size : sizes) {
            dims.message(1, new Message().number(1, size));
        }
        Message type = new Message().number(1, FLOAT).message(2, dims);
        return new Message().text(1, name).message(2, new Message().message(1, type));
    }
}
