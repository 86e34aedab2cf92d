package dev.halfwave.onnx.write;

import dev.halfwave.format.AtomicFile;
import dev.halfwave.graph.Graph;
import dev.halfwave.graph.Mode;
import dev.halfwave.graph.Node;
import dev.halfwave.graph.Parameters;
import dev.halfwave.graph.Source;
import dev.halfwave.nn.Description;
import dev.halfwave.nn.JsonStrings;
import dev.halfwave.nn.Model;
import dev.halfwave.nn.Network;
import dev.halfwave.onnx.proto.ModelProto;
import dev.halfwave.onnx.proto.OperatorSetIdProto;
import dev.halfwave.onnx.proto.StringStringEntryProto;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Writes networks as ONNX models, which other tools open and run.
 *
 * <p>The model has operator set 17. Its inputs and outputs have the names they have in the network; images are {@code
 * [N, C, H, W]} there, with {@code N} for any batch size. Weights carry their parameters' keys, and nodes the names of
 * core's. What a tool must know to use the model is in its metadata: {@link #CLASSES}, {@link #SAMPLE}, {@link #PIXELS},
 * and {@link #NETWORK} for Halfwave itself.
 *
 * <pre>{@code
 * OnnxWriter.save(model, Path.of("runs/model.onnx"), Map.of("trained.on", "mnist"));
 * }</pre>
 */
public final class OnnxWriter {
    /** The metadata key of the classes' names, a JSON list with one string per logit. */
    public static final String CLASSES = "halfwave.classes";

    /** The metadata key of one sample's shape in Halfwave, channels last, as in {@code [28, 28, 1]}. */
    public static final String SAMPLE = "halfwave.sample";

    /** The metadata key of what a model expects for pixels, as in {@code 0..1}. */
    public static final String PIXELS = "halfwave.pixels";

    /** The metadata key of the network's {@link Description}, from which Halfwave builds it again. */
    public static final String NETWORK = "halfwave.network";

    private static final int OPERATOR_SET = 17;
    private static final int FORMAT = 8;

    private OnnxWriter() {}

    /**
     * Writes a classifier; a file that is there is replaced in one step.
     *
     * @param metadata what else to say about the model; its entries win over those written anyway
     * @throws UnwritableException if the network holds ops that ONNX has no form for; the text lists them
     * @throws java.io.UncheckedIOException if the file cannot be written
     */
    public static void save(Model model, Path file, Map<String, String> metadata) {
        Map<String, String> all = new LinkedHashMap<>();
        all.put(CLASSES, JsonStrings.write(model.classes()));
        all.put(PIXELS, "0..1");
        all.putAll(metadata);
        ModelProto proto = of(model.network(), model.parameters(), all);
        AtomicFile.write(file, proto::writeTo);
    }

    /**
     * A network with its numbers as an ONNX model; its sample's shape and its description are added to the metadata.
     *
     * @throws UnwritableException if the network holds ops that ONNX has no form for; the text lists them
     * @throws IllegalArgumentException if it is another network at every batch size, or too large for one file
     */
    public static ModelProto of(Network network, Parameters parameters, Map<String, String> metadata) {
        Map<String, String> all = new LinkedHashMap<>();
        all.put(SAMPLE, Arrays.toString(network.sample().sizes()));
        describe(network, all);
        all.putAll(metadata);
        Graph atTwo = network.graph(2, Mode.INFERENCE);
        Graph atThree = network.graph(3, Mode.INFERENCE);
        return of(network.name(), atTwo, atThree, parameters, true, all);
    }

    private static void describe(Network network, Map<String, String> metadata) {
        try {
            metadata.put(NETWORK, Description.of(network));
        } catch (IllegalArgumentException unknownLayer) {
            metadata.remove(
                    NETWORK); // made of layers that have no name: others read the model, Halfwave as it reads theirs
        }
    }

    /**
     * A graph with its numbers as an ONNX model.
     *
     * @param name what the graph is called
     * @param atTwo the graph built for a batch of 2 in inference mode, not rewritten
     * @param atThree the same for a batch of 3: what differs between the two follows the batch
     * @param channelsFirst whether inputs and outputs of four axes are images, to be written with channels first
     * @param metadata what to say about the model
     * @throws UnwritableException if the graph holds ops that ONNX has no form for; the text lists them
     * @throws IllegalArgumentException if the graphs are not the same but for the batch, or too large for one file
     */
    public static ModelProto of(
            String name,
            Graph atTwo,
            Graph atThree,
            Parameters parameters,
            boolean channelsFirst,
            Map<String, String> metadata) {
        Writing out = written(name, atTwo, atThree, parameters, channelsFirst);
        ModelProto.Builder model = ModelProto.newBuilder()
                .setIrVersion(FORMAT)
                .setProducerName("halfwave")
                .setProducerVersion(version())
                .addOpsetImport(OperatorSetIdProto.newBuilder().setDomain("").setVersion(OPERATOR_SET))
                .setGraph(out.proto().setName(name));
        metadata.forEach((key, value) -> model.addMetadataProps(
                StringStringEntryProto.newBuilder().setKey(key).setValue(value)));
        return model.build();
    }

    private static String version() {
        String version = OnnxWriter.class.getPackage().getImplementationVersion();
        return version == null ? "" : version;
    }

    /** The graph of a network's model, with what led to it. */
    static Writing written(Network network, Parameters parameters) {
        Graph atTwo = network.graph(2, Mode.INFERENCE);
        return written(network.name(), atTwo, network.graph(3, Mode.INFERENCE), parameters, true);
    }

    private static Writing written(
            String name, Graph atTwo, Graph atThree, Parameters parameters, boolean channelsFirst) {
        Border border = new Border(atTwo, channelsFirst);
        Writing out = new Writing(new InStep(atTwo, atThree), new Lasting(parameters), border);
        List<String> nodes = new ArrayList<>();
        List<String> complaints = new ArrayList<>();
        border.open(out);
        for (Node node : atTwo.nodes()) {
            String complaint = complaint(node, out);
            if (complaint != null) {
                nodes.add(node.name());
                complaints.add(node.name() + " (" + node.op().name() + "): " + complaint);
            }
        }
        if (!complaints.isEmpty()) {
            throw new UnwritableException(name, nodes, complaints);
        }
        border.close(out);
        return out;
    }

    /** Writes a node unless that is done already; the reason if it cannot be written. */
    private static @Nullable String complaint(Node node, Writing out) {
        if (node.op() instanceof Source || node.isLasting() || out.fusion().isAbsorbed(node)) {
            return null;
        }
        try {
            Exporters.write(node, out);
            return null;
        } catch (IllegalArgumentException reason) {
            // So that what follows can be looked at, too.
            node.outputs().forEach(output -> out.define(output, Layout.AS_IS, output.name()));
            return reason.getMessage();
        }
    }
}
