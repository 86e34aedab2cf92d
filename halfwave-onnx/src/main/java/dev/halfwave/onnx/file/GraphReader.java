package dev.halfwave.onnx.file;

import dev.halfwave.format.ModelFormatException;
import dev.halfwave.onnx.proto.GraphProto;
import dev.halfwave.onnx.proto.ModelProto;
import dev.halfwave.onnx.proto.NodeProto;
import dev.halfwave.onnx.proto.OperatorSetIdProto;
import dev.halfwave.onnx.proto.StringStringEntryProto;
import dev.halfwave.onnx.proto.TensorProto;
import dev.halfwave.onnx.proto.TensorShapeProto;
import dev.halfwave.onnx.proto.TypeProto;
import dev.halfwave.onnx.proto.ValueInfoProto;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Makes a checked {@link OnnxGraph} of what a file says. */
final class GraphReader {
    /** The first opset whose ops are read; older ones broadcast and pad in other ways still. */
    private static final long OLDEST_OPSET = 1;

    private static final int MOST_PORTS = 1 << 10;

    private final String where;
    private final ModelProto model;
    private final GraphProto graph;
    private final Map<String, TensorProto> initializers = new LinkedHashMap<>();

    GraphReader(ModelProto model, String where) {
        this.where = where;
        this.model = model;
        this.graph = model.getGraph();
    }

    OnnxGraph read(TensorReader reader) {
        if (!model.hasGraph()) {
            throw new ModelFormatException(where + ": expected an ONNX model, received a file without a graph");
        }
        for (TensorProto tensor : graph.getInitializerList()) {
            if (tensor.getName().isEmpty() || initializers.put(tensor.getName(), tensor) != null) {
                throw new ModelFormatException(where + ": expected initializers of different names, received \""
                        + tensor.getName() + "\" twice or without one");
            }
        }
        List<Port> inputs = graph.getInputList().stream()
                .filter(input -> !initializers.containsKey(input.getName()))
                .map(input -> port(input, "input"))
                .toList();
        List<Port> outputs = graph.getOutputList().stream()
                .map(output -> port(output, "output"))
                .toList();
        checkCount(inputs, "inputs");
        checkCount(outputs, "outputs");
        List<OnnxNode> nodes = new NodeOrder(where, named(), known(inputs)).sorted();
        checkOutputs(nodes, inputs, outputs);
        return new OnnxGraph(where, nodes, inputs, outputs, initializers, opset(), isOwn(), metadata(), reader);
    }

    private void checkCount(List<Port> ports, String what) {
        if (ports.size() > MOST_PORTS) {
            throw new ModelFormatException(
                    where + ": expected at most " + MOST_PORTS + " " + what + ", received " + ports.size());
        }
    }

    private Set<String> known(List<Port> inputs) {
        Set<String> known = new HashSet<>(initializers.keySet());
        for (Port input : inputs) {
            if (input.name().isEmpty() || !known.add(input.name())) {
                throw new ModelFormatException(where + ": expected inputs of different names, received \""
                        + input.name() + "\" twice or without one");
            }
        }
        return known;
    }

    private List<OnnxNode> named() {
        Map<String, Integer> counts = new HashMap<>();
        List<OnnxNode> nodes = new ArrayList<>();
        for (NodeProto proto : graph.getNodeList()) {
            String stem = proto.getName().isEmpty() ? stem(proto) : proto.getName();
            int count = counts.merge(stem, 1, Integer::sum);
            nodes.add(new OnnxNode(count == 1 ? stem : stem + "#" + count, proto));
        }
        return nodes;
    }

    /** A node without a name is called after what it makes. */
    private static String stem(NodeProto proto) {
        for (String output : proto.getOutputList()) {
            if (!output.isEmpty()) {
                return proto.getOpType() + ":" + output;
            }
        }
        return proto.getOpType();
    }

    private void checkOutputs(List<OnnxNode> nodes, List<Port> inputs, List<Port> outputs) {
        Set<String> made = new HashSet<>(initializers.keySet());
        inputs.forEach(input -> made.add(input.name()));
        nodes.forEach(node -> made.addAll(node.outputs()));
        Set<String> seen = new HashSet<>();
        for (Port output : outputs) {
            if (output.name().isEmpty() || !made.contains(output.name()) || !seen.add(output.name())) {
                throw new ModelFormatException(where + ": expected outputs of different names, each computed by a node,"
                        + " received \"" + output.name() + "\"");
            }
        }
        if (outputs.isEmpty()) {
            throw new ModelFormatException(where + ": expected a model with an output, received one without");
        }
    }

    private boolean isOwn() {
        return model.getProducerName().equals("halfwave");
    }

    private long opset() {
        for (OperatorSetIdProto opset : model.getOpsetImportList()) {
            if (opset.getDomain().isEmpty() || opset.getDomain().equals("ai.onnx")) {
                if (opset.getVersion() < OLDEST_OPSET) {
                    throw new ModelFormatException(where + ": expected a version of ONNX's ops of " + OLDEST_OPSET
                            + " or more, received " + opset.getVersion());
                }
                return opset.getVersion();
            }
        }
        return OLDEST_OPSET;
    }

    private Map<String, String> metadata() {
        Map<String, String> metadata = new LinkedHashMap<>();
        for (StringStringEntryProto entry : model.getMetadataPropsList()) {
            metadata.put(entry.getKey(), entry.getValue());
        }
        return metadata;
    }

    private Port port(ValueInfoProto info, String kind) {
        String at = where + ", " + kind + " \"" + info.getName() + "\"";
        TypeProto.Tensor type = info.getType().getTensorType();
        if (!info.getType().hasTensorType()) {
            if (kind.equals("output")) { // some exporters leave out what follows from the nodes
                return new Port(info.getName(), ElementType.FLOAT, List.of(), false);
            }
            throw new ModelFormatException(at + ": expected a tensor, received a value of another or no type");
        }
        List<Port.Dim> dims = new ArrayList<>();
        for (TensorShapeProto.Dimension dim : type.getShape().getDimList()) {
            dims.add(dim(dim, at));
        }
        Sizes.shape(dims.stream().map(dim -> Math.max(1, dim.size())).toList(), at); // refuses more than a tensor holds
        return new Port(info.getName(), ElementType.of(type.getElemType(), at), dims, type.hasShape());
    }

    /** Exporters write 0 or −1, too, for sizes that are not fixed, but an empty tensor as an input makes no sense. */
    private static Port.Dim dim(TensorShapeProto.Dimension dim, String at) {
        if (!dim.hasDimValue() || dim.getDimValue() == -1 || dim.getDimValue() == 0) {
            return new Port.Dim(-1, dim.getDimParam());
        }
        if (dim.getDimValue() < 0 || dim.getDimValue() > Integer.MAX_VALUE) {
            throw new ModelFormatException(
                    at + ": expected sizes of 1 to " + Integer.MAX_VALUE + ", received " + dim.getDimValue());
        }
        return new Port.Dim(dim.getDimValue(), "");
    }
}
