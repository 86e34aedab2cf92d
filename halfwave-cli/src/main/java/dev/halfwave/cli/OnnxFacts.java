package dev.halfwave.cli;

import dev.halfwave.format.ModelFormatException;
import dev.halfwave.graph.Graph;
import dev.halfwave.graph.Mode;
import dev.halfwave.graph.Node;
import dev.halfwave.graph.Source;
import dev.halfwave.onnx.OnnxModel;
import dev.halfwave.onnx.file.OnnxNode;
import dev.halfwave.onnx.file.Port;
import dev.halfwave.op.Transpose;
import dev.halfwave.tensor.Shape;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What is in an ONNX file, whether Halfwave can run it or not.
 *
 * @param model the model
 * @param layers its nodes with what they compute for the sizes the file declares; empty where that is not known
 * @param flops operations of one run, or 0 where that is not known
 * @param reason why it is not known; empty if it is
 */
record OnnxFacts(OnnxModel model, List<Layer> layers, long flops, String reason) {

    /**
     * One node that computes something.
     *
     * @param name the node's name in the file
     * @param op what it computes
     * @param output the shape of its output
     * @param parameters how many weights it has
     * @param flops its operations
     */
    record Layer(String name, String op, Shape output, long parameters, long flops) {}

    static OnnxFacts of(OnnxModel model) {
        if (!model.unsupported().isEmpty()) {
            return new OnnxFacts(model, List.of(), 0, "ops that Halfwave does not have");
        }
        try {
            Graph graph = model.graph(Map.of(), Map.of(), Mode.INFERENCE).graph();
            List<Layer> layers = layers(model, graph);
            return new OnnxFacts(
                    model, layers, layers.stream().mapToLong(Layer::flops).sum(), "");
        } catch (IllegalArgumentException | ModelFormatException open) {
            return new OnnxFacts(model, List.of(), 0, String.valueOf(open.getMessage()));
        }
    }

    private static List<Layer> layers(OnnxModel model, Graph graph) {
        Map<String, String> types = new HashMap<>();
        model.nodes().forEach(node -> types.put(node.name(), node.type()));
        Map<String, List<Node>> byName = new LinkedHashMap<>();
        for (Node node : graph.nodes()) {
            if (!(node.op() instanceof Source)) {
                byName.computeIfAbsent(node.layer(), name -> new ArrayList<>()).add(node);
            }
        }
        List<Layer> layers = new ArrayList<>();
        byName.forEach((name, nodes) -> layers.add(layer(name, types.getOrDefault(name, ops(nodes)), nodes)));
        return layers;
    }

    /** What core computes, without moving axes: a layer of our own files may be several nodes. */
    private static String ops(List<Node> nodes) {
        return nodes.stream()
                .filter(node -> !(node.op() instanceof Transpose))
                .map(node -> node.op().name())
                .collect(Collectors.joining(", "));
    }

    private static Layer layer(String name, String op, List<Node> nodes) {
        long parameters = nodes.stream()
                .flatMap(part -> part.inputs().stream())
                .map(value -> value.producer().op())
                .filter(Source.Parameter.class::isInstance)
                .distinct()
                .mapToLong(source -> ((Source.Parameter) source).shape().elements())
                .sum();
        long flops = nodes.stream()
                .mapToLong(part -> part.op()
                        .flops(
                                part.inputShapes(),
                                part.outputs().stream()
                                        .map(value -> value.shape())
                                        .toList()))
                .sum();
        return new Layer(name, op, nodes.get(nodes.size() - 1).output().shape(), parameters, flops);
    }

    long parameters() {
        return layers.stream().mapToLong(Layer::parameters).sum();
    }

    /** For machines. */
    Map<String, Object> object() {
        return Json.object(
                "file", model.where(),
                "opset", model.opset(),
                "inputs", model.inputs().stream().map(Port::toString).toList(),
                "outputs", model.outputs().stream().map(Port::toString).toList(),
                "metadata", new LinkedHashMap<>(model.metadata()),
                "nodes", model.nodes().size(),
                "parameters", parameters(),
                "flops", flops,
                "layers", layers.stream().map(OnnxFacts::object).toList(),
                "unsupported", model.unsupported().stream().map(OnnxNode::where).toList(),
                "reason", reason);
    }

    private static Map<String, Object> object(Layer layer) {
        return Json.object(
                "name", layer.name(),
                "op", layer.op(),
                "output", ModelFacts.sizes(layer.output()),
                "parameters", layer.parameters(),
                "flops", layer.flops());
    }

    /** Inputs, outputs, a line for each layer, and what cannot be run. */
    String table() {
        StringBuilder text = new StringBuilder(model.where() + ": ONNX, opset " + model.opset() + ", "
                + model.nodes().size() + " nodes" + System.lineSeparator());
        model.inputs().forEach(port -> text.append("  input   ").append(port).append(System.lineSeparator()));
        model.outputs().forEach(port -> text.append("  output  ").append(port).append(System.lineSeparator()));
        int widest =
                layers.stream().mapToInt(layer -> layer.name().length()).max().orElse(1);
        for (Layer layer : layers) {
            text.append(String.format(
                    Locale.ROOT,
                    "  %-" + widest + "s  %-20s  %,12d  %s%n",
                    layer.name(),
                    layer.output(),
                    layer.parameters(),
                    layer.op()));
        }
        if (reason.isEmpty()) {
            text.append(String.format(
                    Locale.ROOT, "%,d parameters, %,.1f million operations a run", parameters(), flops / 1e6));
        } else {
            text.append("not computed: ").append(reason);
        }
        for (OnnxNode node : model.unsupported()) {
            text.append(System.lineSeparator()).append("  unsupported ").append(node.where());
        }
        return text.toString();
    }
}
