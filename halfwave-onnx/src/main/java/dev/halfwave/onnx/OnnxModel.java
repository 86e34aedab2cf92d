package dev.halfwave.onnx;

import dev.halfwave.format.ModelFormatException;
import dev.halfwave.graph.Graph;
import dev.halfwave.graph.GraphBuilder;
import dev.halfwave.graph.Mode;
import dev.halfwave.onnx.file.Literal;
import dev.halfwave.onnx.file.OnnxFile;
import dev.halfwave.onnx.file.OnnxGraph;
import dev.halfwave.onnx.file.OnnxNode;
import dev.halfwave.onnx.file.Port;
import dev.halfwave.onnx.proto.ModelProto;
import dev.halfwave.onnx.translate.Deciding;
import dev.halfwave.onnx.translate.Operators;
import dev.halfwave.onnx.translate.Translation;
import dev.halfwave.tensor.Shape;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * A model in an ONNX file.
 *
 * <pre>{@code
 * OnnxModel model = OnnxModel.load(Path.of("lenet.onnx"));
 * Imported imported = model.graph(Map.of("images", Shape.of(64, 1, 28, 28)), Map.of(), Mode.INFERENCE);
 * }</pre>
 *
 * <p>Its graph keeps the file's layout at the border, channels first; nodes are named after the file's. What the file
 * says about itself is checked when it is loaded, its ops and their attributes when a graph is made.
 *
 * @see <a href="https://onnx.ai/onnx/operators/">ONNX operators</a>
 */
public final class OnnxModel {
    private final ModelProto proto;
    private final OnnxGraph file;

    private OnnxModel(ModelProto proto, OnnxGraph file) {
        this.proto = proto;
        this.file = file;
    }

    /**
     * Reads a model; opsets 7 to the newest are supported, older ones where their ops mean the same.
     *
     * @throws ModelFormatException if the file is damaged or no ONNX model
     * @throws java.io.UncheckedIOException if it cannot be read
     */
    public static OnnxModel load(Path path) {
        ModelProto proto = OnnxFile.parse(path);
        return new OnnxModel(proto, OnnxFile.graph(proto, path));
    }

    /**
     * Reads a model that is not in a file of its own, and has no external data.
     *
     * @param where what messages call it
     * @throws ModelFormatException if the bytes are damaged or no ONNX model
     */
    public static OnnxModel of(byte[] bytes, String where) {
        ModelProto proto = OnnxFile.parse(bytes, where);
        return new OnnxModel(proto, OnnxFile.graph(proto, where));
    }

    /**
     * The same classifier with a new last layer for another number of classes.
     *
     * @param classes how many, 2 or more
     * @param seed what the new layer's first weights are drawn from
     * @throws ModelFormatException if the model does not end in a linear layer
     */
    public OnnxModel withHead(int classes, long seed) {
        ModelProto changed = new HeadReplacement(proto, file.where()).with(classes, seed);
        return new OnnxModel(changed, OnnxFile.graph(changed, Path.of(file.where())));
    }

    /** What has to be fed in. */
    public List<Port> inputs() {
        return file.inputs();
    }

    /** What is computed. */
    public List<Port> outputs() {
        return file.outputs();
    }

    /** What the file says about itself. */
    public Map<String, String> metadata() {
        return file.metadata();
    }

    /** The version of ONNX's ops. */
    public long opset() {
        return file.opset();
    }

    /** What messages call the file. */
    public String where() {
        return file.where();
    }

    /** What the file says, as it stands there. */
    public ModelProto proto() {
        return proto;
    }

    /** The numbers of a tensor that has them in the file. */
    public Literal literal(String initializer) {
        return file.literal(initializer);
    }

    /** The nodes, each after what it reads. */
    public List<OnnxNode> nodes() {
        return file.nodes();
    }

    /** The nodes whose ops Halfwave does not have. */
    public List<OnnxNode> unsupported() {
        return Operators.unsupported(file.nodes());
    }

    /** Whether an input has to be known when a graph is made, as shapes, indices and scales have. */
    public boolean isDeciding(Port input) {
        return !input.type().isFloating() || Deciding.names(file.nodes()).contains(input.name());
    }

    /**
     * The model as a graph, with the file's names for inputs and outputs.
     *
     * @param shapes the sizes of the inputs; a batch other than the file's is fine where the file fixes it at 1
     * @param fixed inputs that are always the same, such as shapes and indices: they become constants
     * @param mode whether to build it for training: then batch norms take the batch's statistics, dropout drops
     * @throws ModelFormatException if ops are not supported or do not fit; all unsupported ones are listed
     * @throws IllegalArgumentException if the shapes do not fit the inputs
     */
    public Imported graph(Map<String, Shape> shapes, Map<String, Literal> fixed, Mode mode) {
        Binding binding = new Binding(file.inputs(), shapes, fixed);
        GraphBuilder g = new GraphBuilder(mode);
        Translation translation = new Translation(file, g, binding.batch());
        for (Port input : file.inputs()) {
            Literal literal = fixed.get(input.name());
            if (literal != null) {
                translation.input(input.name(), literal);
            } else {
                Shape shape = binding.shape(input.name());
                translation.input(input.name(), g.input(input.name(), shape), input.type());
            }
        }
        translation.run();
        return Imported.of(file.outputs(), translation, g);
    }

    /** The model as a graph whose inputs are as the file fixes them. */
    public Graph graph() {
        return graph(Map.of(), Map.of(), Mode.INFERENCE).graph();
    }
}
