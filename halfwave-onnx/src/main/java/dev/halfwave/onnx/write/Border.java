package dev.halfwave.onnx.write;

import dev.halfwave.graph.Graph;
import dev.halfwave.graph.Node;
import dev.halfwave.graph.Source;
import dev.halfwave.graph.Value;
import dev.halfwave.onnx.proto.TensorShapeProto;
import dev.halfwave.onnx.proto.TypeProto;
import dev.halfwave.onnx.proto.ValueInfoProto;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The model's inputs and outputs: their names, and that images are channels first there. */
final class Border {
    private static final int IMAGES = 4;
    private static final int FLOAT = 1;

    private final Graph graph;
    private final boolean channelsFirst;
    private final Set<String> written = new HashSet<>();

    /** @param channelsFirst whether values of four axes are images, and cross the border with channels first */
    Border(Graph graph, boolean channelsFirst) {
        this.graph = graph;
        this.channelsFirst = channelsFirst;
    }

    /** The names that inputs and outputs have, which nothing else may take. */
    List<String> names() {
        List<String> names = new ArrayList<>(graph.outputNames());
        graph.inputs().forEach(input -> names.add(input.key()));
        return names;
    }

    Layout layout(Value value) {
        return channelsFirst && value.shape().rank() == IMAGES ? Layout.CHANNELS_FIRST : Layout.AS_IS;
    }

    /** The name of an output that is this value in this layout and has no tensor yet. */
    @Nullable
    String outputName(Value value, Layout layout) {
        if (!layout.equals(layout(value))) {
            return null;
        }
        for (String name : graph.outputNames()) {
            if (graph.output(name) == value && written.add(name)) {
                return name;
            }
        }
        return null;
    }

    /** Declares the inputs. */
    void open(Writing out) {
        for (Node node : graph.nodes()) {
            if (node.op() instanceof Source.Input input) {
                Layout layout = layout(node.output());
                out.define(node.output(), layout, input.key());
                out.proto().addInput(info(out, input.key(), node.output()));
            }
        }
    }

    /** Declares the outputs; one that is an input or a constant, or another output too, is copied. */
    void close(Writing out) {
        for (String name : graph.outputNames()) {
            Value value = graph.output(name);
            String tensor = out.read(value, layout(value));
            if (written.add(name)) {
                out.copy(tensor, name);
            }
            out.proto().addOutput(info(out, name, value));
        }
    }

    private ValueInfoProto info(Writing out, String name, Value value) {
        TensorShapeProto.Builder shape = TensorShapeProto.newBuilder();
        for (Extent extent : layout(value).sort(out.graphs().extents(value))) {
            if (extent.followsBatch()) {
                shape.addDimBuilder().setDimParam(extent.toString());
            } else {
                shape.addDimBuilder().setDimValue(extent.size());
            }
        }
        TypeProto.Tensor tensor =
                TypeProto.Tensor.newBuilder().setElemType(FLOAT).setShape(shape).build();
        return ValueInfoProto.newBuilder()
                .setName(name)
                .setType(TypeProto.newBuilder().setTensorType(tensor))
                .build();
    }
}
