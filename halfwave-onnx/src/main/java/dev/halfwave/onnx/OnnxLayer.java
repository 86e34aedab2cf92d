package dev.halfwave.onnx;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.halfwave.graph.Graph;
import dev.halfwave.graph.GraphBuilder;
import dev.halfwave.graph.Node;
import dev.halfwave.graph.Result;
import dev.halfwave.graph.Source;
import dev.halfwave.graph.Value;
import dev.halfwave.nn.Layer;
import dev.halfwave.nn.Network;
import dev.halfwave.onnx.file.OnnxFile;
import dev.halfwave.onnx.file.OnnxGraph;
import dev.halfwave.onnx.file.OnnxNode;
import dev.halfwave.onnx.file.Port;
import dev.halfwave.onnx.proto.ModelProto;
import dev.halfwave.onnx.proto.TensorProto;
import dev.halfwave.onnx.translate.Translation;
import dev.halfwave.op.Reshape;
import dev.halfwave.op.Transpose;
import dev.halfwave.rewrite.Rewriter;
import dev.halfwave.rewrite.Rules;
import dev.halfwave.tensor.Shape;
import java.util.Base64;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * An imported model as a layer: from images {@code [N, H, W, C]} to its first output, without the softmax at its end if
 * it has one. Its ops are channels last, as all others in core.
 *
 * @param model the model's file without the numbers of its weights, in Base64
 * @param pixels what it expects for pixels, as {@link Pixels} writes it
 */
public record OnnxLayer(String model, String pixels) implements Layer {
    /** Tensors up to this size keep their numbers: they may be settings rather than weights. */
    private static final int SETTING = 16;

    private static final String LOGITS = Network.LOGITS;

    /** The layer of a model. */
    static OnnxLayer of(ModelProto model, Pixels pixels) {
        ModelProto.Builder bare = model.toBuilder().clearMetadataProps();
        for (TensorProto.Builder tensor : bare.getGraphBuilder().getInitializerBuilderList()) {
            long elements = tensor.getDimsList().stream().reduce(1L, (a, b) -> a * b);
            boolean floating = tensor.getDataType() == 1 || tensor.getDataType() == 10 || tensor.getDataType() == 16;
            if (floating && elements > SETTING) {
                tensor.clearRawData()
                        .clearFloatData()
                        .clearInt32Data()
                        .clearExternalData()
                        .clearDataLocation();
            }
        }
        return new OnnxLayer(Base64.getEncoder().encodeToString(bare.build().toByteArray()), pixels.spec());
    }

    @Override
    public Value apply(GraphBuilder g, Value x) {
        GraphBuilder own = new GraphBuilder(g.mode());
        return splice(new Rewriter(Rules.layout()).apply(graph(own, x.shape())), g, x);
    }

    private Graph graph(GraphBuilder own, Shape shape) {
        OnnxGraph file = file();
        Port input = file.inputs().get(0);
        int batch = shape.size(0);
        boolean fixed = input.ranked()
                && input.dims().get(0).isFixed()
                && input.dims().get(0).size() != batch;
        Value images = new Pixels(pixels).apply(own, own.input(Network.INPUT, shape));
        Value fed = images.shape().rank() == 4 ? own.add(Transpose.of(0, 3, 1, 2), images) : images;
        Translation translation = new Translation(file, own, fixed ? batch : 0);
        translation.input(input.name(), fed, input.type());
        translation.run();
        Value output = translation.operand(logits(file)).value();
        Shape rows = Shape.of(batch, output.shape().elements() / Math.max(1, batch));
        own.output(LOGITS, output.shape().equals(rows) ? output : own.add(new Reshape(rows), output));
        return own.build();
    }

    /** Adds what a graph computes from {@code x} to another graph, under the same names. */
    private static Value splice(Graph graph, GraphBuilder g, Value x) {
        Map<Value, Value> values = new IdentityHashMap<>();
        for (Node node : graph.nodes()) {
            if (node.op() instanceof Source.Input) {
                values.put(node.output(), x);
            } else if (node.op() instanceof Source.Parameter) {
                values.put(node.output(), g.source(node.name(), (Source) node.op()));
            } else {
                List<Value> inputs = node.inputs().stream().map(values::get).toList();
                Node copy = g.restate(node.name(), node.op(), inputs);
                for (int i = 0; i < copy.outputs().size(); i++) {
                    values.put(node.outputs().get(i), copy.outputs().get(i));
                }
            }
        }
        graph.results().forEach((result, value) -> {
            if (result instanceof Result.Update) {
                g.result(result, Objects.requireNonNull(values.get(value)));
            }
        });
        return Objects.requireNonNull(values.get(graph.output(LOGITS)));
    }

    private OnnxGraph file() {
        try {
            byte[] bytes = Base64.getDecoder().decode(model);
            return OnnxFile.graph(ModelProto.parseFrom(bytes), "onnx");
        } catch (InvalidProtocolBufferException | IllegalArgumentException damaged) {
            throw new IllegalArgumentException("onnx: expected a model in Base64, received other text", damaged);
        }
    }

    /** The name of what the last softmax reads, or of the first output. */
    private static String logits(OnnxGraph file) {
        String output = file.outputs().get(0).name();
        Optional<OnnxNode> softmax = file.nodes().stream()
                .filter(node -> node.type().equals("Softmax") || node.type().equals("LogSoftmax"))
                .filter(node -> node.outputs().get(0).equals(output))
                .findFirst();
        return softmax.map(node -> node.inputs().get(0)).orElse(output);
    }
}
