package dev.halfwave.onnx;

import com.google.protobuf.ByteString;
import dev.halfwave.format.ModelFormatException;
import dev.halfwave.onnx.file.TensorReader;
import dev.halfwave.onnx.proto.AttributeProto;
import dev.halfwave.onnx.proto.GraphProto;
import dev.halfwave.onnx.proto.ModelProto;
import dev.halfwave.onnx.proto.NodeProto;
import dev.halfwave.onnx.proto.TensorProto;
import dev.halfwave.onnx.write.OnnxWriter;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;

/**
 * Gives a classifier another number of classes, as transfer to other data needs: its last linear layer gets new weights
 * that start near zero, everything before it stays as it was trained.
 *
 * @param model the model
 * @param where what messages call it
 */
record HeadReplacement(ModelProto model, String where) {
    /** Small enough for the first loss to be about ln(classes). */
    private static final double GAIN = 0.1;

    private static final String NAME = "new_head.weights";

    /** What may stand between the last linear layer and the output. */
    private static final Set<String> PASSING =
            Set.of("Softmax", "LogSoftmax", "Flatten", "Identity", "Relu", "GlobalAveragePool", "Squeeze", "Dropout");

    /**
     * The model with a new last layer.
     *
     * @param classes how many outputs it gets, 2 or more
     * @param seed what its first weights are drawn from
     * @throws ModelFormatException if the last layer is no product with weights of the file
     */
    ModelProto with(int classes, long seed) {
        GraphProto graph = model.getGraph();
        Map<String, TensorProto> initializers = new HashMap<>();
        graph.getInitializerList().forEach(tensor -> initializers.put(tensor.getName(), tensor));
        GraphProto.Builder changed = graph.toBuilder();
        String value = graph.getOutput(0).getName();
        while (true) {
            NodeProto node = maker(value);
            int weight = node.getInputCount() < 2 ? -1 : weight(node, initializers);
            if (node.getOpType().equals("Add") && weight >= 0) { // the bias of a product without one
                replace(changed, node.getInput(weight), zeros(classes));
                value = node.getInput(1 - weight);
            } else if (PASSING.contains(node.getOpType())) {
                value = node.getInput(0);
            } else if (isLinear(node)) {
                TensorProto weights = drawn(node, sizes(node, initializers), classes, seed);
                changed.addInitializer(weights.toBuilder().setName(NAME));
                changed.setNode(
                        graph.getNodeList().indexOf(node), node.toBuilder().setInput(1, NAME));
                if (node.getInputCount() > 2 && !node.getInput(2).isEmpty()) {
                    replace(changed, node.getInput(2), zeros(classes));
                }
                return finished(changed);
            } else {
                throw new ModelFormatException(where
                        + ": expected a linear layer with weights of its own at the end, whose"
                        + " outputs can be replaced, received " + node.getOpType() + " \"" + node.getName() + "\"");
            }
        }
    }

    private NodeProto maker(String value) {
        return model.getGraph().getNodeList().stream()
                .filter(node -> node.getOutputList().contains(value))
                .findFirst()
                .orElseThrow(() -> new ModelFormatException(
                        where + ": expected a node that computes \"" + value + "\", received none"));
    }

    private static int weight(NodeProto node, Map<String, TensorProto> initializers) {
        return initializers.containsKey(node.getInput(1)) ? 1 : initializers.containsKey(node.getInput(0)) ? 0 : -1;
    }

    /** The sizes of a linear layer's weights, which some exporters reshape first. */
    private List<Long> sizes(NodeProto node, Map<String, TensorProto> initializers) {
        TensorProto weights = initializers.get(node.getInput(1));
        if (weights != null) {
            return weights.getDimsList();
        }
        NodeProto reshape = maker(node.getInput(1));
        TensorProto shape = reshape.getInputCount() < 2 ? null : initializers.get(reshape.getInput(1));
        if (!reshape.getOpType().equals("Reshape") || shape == null) {
            throw new ModelFormatException(
                    where + ": expected weights of its own in the last linear layer, received what "
                            + reshape.getOpType() + " \"" + reshape.getName() + "\" computes");
        }
        double[] sizes = new TensorReader().read(shape, where).wide().data();
        return Arrays.stream(sizes).mapToObj(size -> (long) size).toList();
    }

    private static boolean isLinear(NodeProto node) {
        return List.of("Gemm", "MatMul", "Conv").contains(node.getOpType());
    }

    private static void replace(GraphProto.Builder graph, String name, TensorProto content) {
        for (int i = 0; i < graph.getInitializerCount(); i++) {
            if (graph.getInitializer(i).getName().equals(name)) {
                graph.setInitializer(i, content.toBuilder().setName(name));
            }
        }
    }

    /** Weights in the file's layout: outputs first in a convolution and a transposed product, else last. */
    private static TensorProto drawn(NodeProto node, List<Long> old, int classes, long seed) {
        boolean first = node.getOpType().equals("Conv")
                || node.getAttributeList().stream()
                        .filter(attribute -> attribute.getName().equals("transB"))
                        .mapToLong(AttributeProto::getI)
                        .anyMatch(flag -> flag != 0);
        int axis = first ? 0 : old.size() - 1;
        TensorProto.Builder tensor = TensorProto.newBuilder().setDataType(1);
        long inputs = 1;
        for (int i = 0; i < old.size(); i++) {
            tensor.addDims(i == axis ? classes : old.get(i));
            inputs *= i == axis ? 1 : old.get(i);
        }
        SplittableRandom random = new SplittableRandom(seed);
        double bound = GAIN * Math.sqrt(3.0 / inputs);
        ByteBuffer bytes =
                ByteBuffer.allocate(Math.toIntExact(4 * inputs * classes)).order(ByteOrder.LITTLE_ENDIAN);
        while (bytes.hasRemaining()) {
            bytes.putFloat((float) random.nextDouble(-bound, bound));
        }
        return tensor.setRawData(ByteString.copyFrom(bytes.flip())).build();
    }

    private static TensorProto zeros(int classes) {
        return TensorProto.newBuilder()
                .setDataType(1)
                .addDims(classes)
                .setRawData(ByteString.copyFrom(new byte[4 * classes]))
                .build();
    }

    /** What the file said about sizes behind the layer does not hold any more. */
    private ModelProto finished(GraphProto.Builder graph) {
        graph.clearValueInfo();
        graph.getOutputBuilder(0).getTypeBuilder().getTensorTypeBuilder().clearShape();
        ModelProto.Builder changed = model.toBuilder().setGraph(graph).clearMetadataProps();
        model.getMetadataPropsList().stream()
                .filter(entry -> !entry.getKey().equals(OnnxWriter.CLASSES))
                .forEach(changed::addMetadataProps);
        return changed.build();
    }
}
