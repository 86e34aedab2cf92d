package dev.halfwave.onnx.translate;

import dev.halfwave.format.ModelFormatException;
import dev.halfwave.graph.GraphBuilder;
import dev.halfwave.graph.Initializer;
import dev.halfwave.graph.Source;
import dev.halfwave.graph.Value;
import dev.halfwave.onnx.file.Brief;
import dev.halfwave.onnx.file.ElementType;
import dev.halfwave.onnx.file.Literal;
import dev.halfwave.onnx.file.OnnxGraph;
import dev.halfwave.onnx.file.OnnxNode;
import dev.halfwave.onnx.file.Sizes;
import dev.halfwave.onnx.proto.TensorProto;
import dev.halfwave.tensor.DoubleTensor;
import dev.halfwave.tensor.Shape;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Adds a model's nodes to a graph, one after the other.
 *
 * <p>Floating point initializers with an axis become parameters, which can be trained; the statistics of batch norms
 * are parameters, too, which training keeps up to date. All other initializers are constants. Nodes are named after the
 * file's, with the core op's name behind a dot; those of a file that Halfwave wrote get their names back.
 */
public final class Translation {
    private static final int SMALL = 1024;

    /** Nothing should get here; what does is a fault of the reader's, and nevertheless no other exception. */
    private static final String UNFORESEEN = "expected a node that the reader understands";

    private final OnnxGraph file;
    private final GraphBuilder g;
    private final Map<String, Operand> values = new HashMap<>();
    private final Constants constants = new Constants();
    private final Call.Setting setting;
    private final Set<String> statistics;
    private final Set<String> deciding;

    /**
     * A translation at its beginning.
     *
     * @param batch the batch size asked for where the file fixes it at 1; 0 if the file's sizes are kept
     */
    public Translation(OnnxGraph file, GraphBuilder g, int batch) {
        this.file = file;
        this.g = g;
        this.setting = new Call.Setting(file.opset(), batch, new Budget());
        this.statistics = statistics(file.nodes());
        this.deciding = Deciding.names(file.nodes());
    }

    private static Set<String> statistics(List<OnnxNode> nodes) {
        Set<String> names = new HashSet<>();
        for (OnnxNode node : nodes) {
            if (node.type().equals("BatchNormalization") && node.inputs().size() == 5) {
                names.addAll(node.inputs().subList(3, 5));
            }
        }
        return names;
    }

    /** Says which value stands for an input of the model. */
    public void input(String name, Value value, ElementType type) {
        values.put(name, new Operand(value, type));
    }

    /** Says that an input of the model has the given numbers, whatever else is fed in. */
    public void input(String name, Literal literal) {
        values.put(name, fixed(literal));
    }

    /**
     * Adds all nodes.
     *
     * @throws ModelFormatException if a node's inputs or attributes do not fit, or ops are not supported; the latter are
     *     listed all at once
     */
    public void run() {
        List<OnnxNode> unsupported = Operators.unsupported(file.nodes());
        if (!unsupported.isEmpty()) {
            throw new ModelFormatException(file.where() + ": expected ops that Halfwave has, received "
                    + unsupported.size() + " nodes with others: "
                    + String.join(
                            ", ", unsupported.stream().map(OnnxNode::where).toList())
                    + "; export the model with simpler ops, or cut it before them");
        }
        for (OnnxNode node : file.nodes()) {
            translate(node);
        }
    }

    private void translate(OnnxNode node) {
        List<@Nullable Operand> inputs = new ArrayList<>();
        for (String name : node.inputs()) {
            inputs.add(name.isEmpty() ? null : operand(name));
        }
        Call call = new Call(g, node, inputs, constants, setting);
        try (GraphBuilder.Scope scope = g.scope(layer(node))) {
            List<Operand> outputs = Operators.of(node).translate(call);
            for (int i = 0; i < node.outputs().size(); i++) {
                if (call.wants(i)) {
                    values.put(node.outputs().get(i), output(outputs, i));
                }
            }
        } catch (ArithmeticException overflow) {
            throw failure(node, "expected sizes and numbers that 32 bits hold, received some beyond", overflow);
        } catch (ModelFormatException | IllegalArgumentException | UnsupportedOperationException misfit) {
            throw failure(node, String.valueOf(misfit.getMessage()), misfit);
        } catch (RuntimeException unforeseen) {
            throw failure(node, UNFORESEEN + ", received one that ends in " + unforeseen, unforeseen);
        } catch (OutOfMemoryError tooLarge) {
            throw new ModelFormatException(
                    file.where() + ", " + node.where() + ": expected to get by with the memory there is, received sizes"
                            + " that need more; give Java more with -Xmx, if the file can be trusted",
                    tooLarge);
        }
    }

    /** In a file of our own the last part of a name is the core op's. */
    private String layer(OnnxNode node) {
        int dot = file.own() ? node.name().lastIndexOf('.') : -1;
        return dot < 0 ? node.name() + "." : node.name().substring(0, dot + 1);
    }

    private static Operand output(List<Operand> outputs, int i) {
        if (i >= outputs.size()) {
            throw new IllegalArgumentException("expected at most " + outputs.size()
                    + " outputs to be used, received a use of output " + i + ", which Halfwave does not compute");
        }
        return outputs.get(i);
    }

    /** A node's failure in a text that says where, once, and that does not repeat all that a long list holds. */
    private ModelFormatException failure(OnnxNode node, String text, RuntimeException cause) {
        String said = Brief.of(text);
        if (said.startsWith(file.where())) {
            return new ModelFormatException(said, cause);
        }
        String place = said.startsWith(node.where()) ? "" : node.where() + ": ";
        return new ModelFormatException(file.where() + ", " + place + said, cause);
    }

    /**
     * The value of that name in the file.
     *
     * @throws IllegalArgumentException if nothing has made it yet
     */
    public Operand operand(String name) {
        Operand operand = values.get(name);
        if (operand == null) {
            if (!file.initializers().containsKey(name)) {
                throw new IllegalArgumentException(
                        file.where() + ": expected a value of the model, received \"" + name + "\"");
            }
            operand = initializer(name);
            values.put(name, operand);
        }
        return operand;
    }

    /** What a value comes to if that follows from constants alone. */
    public @Nullable DoubleTensor known(Value value) {
        return constants.get(value);
    }

    private Operand initializer(String name) {
        TensorProto tensor = file.initializers().get(name);
        String where = file.where() + ", initializer \"" + name + "\"";
        ElementType type = ElementType.of(tensor == null ? 0 : tensor.getDataType(), where);
        Shape shape = Sizes.shape(tensor == null ? List.of() : tensor.getDimsList(), where);
        if (!type.isFloating() || shape.rank() == 0 || shape.elements() == 0 || deciding.contains(name)) {
            return fixed(file.literal(name));
        }
        Initializer content = (s, into, offset, random) ->
                System.arraycopy(file.literal(name).tensor().data(), 0, into, offset, s.elements());
        Value value = g.source(name, new Source.Parameter(name, shape, content, !statistics.contains(name)));
        if (shape.elements() <= SMALL && !file.isBare(name)) {
            constants.put(value, file.literal(name).wide());
        }
        return new Operand(value, type);
    }

    private Operand fixed(Literal literal) {
        Value value = g.constant(literal.tensor());
        constants.put(value, literal.wide());
        return new Operand(value, literal.type());
    }
}
