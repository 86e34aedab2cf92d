package dev.halfwave.onnx.translate;

import dev.halfwave.format.ModelFormatException;
import dev.halfwave.graph.GraphBuilder;
import dev.halfwave.graph.Mode;
import dev.halfwave.graph.Node;
import dev.halfwave.graph.Op;
import dev.halfwave.graph.Value;
import dev.halfwave.onnx.file.Attributes;
import dev.halfwave.onnx.file.ElementType;
import dev.halfwave.onnx.file.OnnxNode;
import dev.halfwave.op.Binary;
import dev.halfwave.op.BinaryFunction;
import dev.halfwave.op.Reshape;
import dev.halfwave.tensor.DoubleTensor;
import dev.halfwave.tensor.Shape;
import dev.halfwave.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One node on its way into a graph: what its importer reads, and where it adds ops. */
final class Call {
    /** Axes along which elements are picked one by one, each by an index of its own, are no longer than this. */
    private static final int LONGEST_AXIS = 1 << 22;

    private final GraphBuilder g;
    private final OnnxNode node;
    private final List<@Nullable Operand> inputs;
    private final Constants constants;
    private final Setting setting;
    private final Attributes attributes;

    Call(GraphBuilder g, OnnxNode node, List<@Nullable Operand> inputs, Constants constants, Setting setting) {
        this.g = g;
        this.node = node;
        this.inputs = inputs;
        this.constants = constants;
        this.setting = setting;
        this.attributes = new Attributes(node);
    }

    /**
     * What is the same for all nodes of a model.
     *
     * @param opset the version of ONNX's ops
     * @param batch the batch size asked for where the file fixes it at 1; 0 if the file's sizes are kept
     * @param budget how many ops there may be
     */
    record Setting(long opset, int batch, Budget budget) {}

    GraphBuilder graph() {
        return g;
    }

    boolean isTraining() {
        return g.mode() == Mode.TRAINING;
    }

    Attributes attributes() {
        return attributes;
    }

    long opset() {
        return setting.opset();
    }

    /** The batch size that takes the place of a fixed 1, or 0. */
    int batch() {
        return setting.batch();
    }

    // Inputs

    int inputCount() {
        return inputs.size();
    }

    /** Whether an input is there: optional ones may be left out. */
    boolean has(int input) {
        return input < inputs.size() && inputs.get(input) != null;
    }

    Operand operand(int input) {
        Operand operand = has(input) ? inputs.get(input) : null;
        if (operand == null) {
            throw new IllegalArgumentException(
                    "expected at least " + (input + 1) + " inputs, received " + inputs.size());
        }
        return operand;
    }

    Value value(int input) {
        return operand(input).value();
    }

    Shape shape(int input) {
        return value(input).shape();
    }

    /** Whether the node's output is wanted by anybody. */
    boolean wants(int output) {
        return output < node.outputs().size() && !node.outputs().get(output).isEmpty();
    }

    /** How many outputs the node has. */
    int outputCount() {
        return node.outputs().size();
    }

    // Constants

    /** What a value comes to, if that is known before anything is fed in. */
    @Nullable
    DoubleTensor known(Value value) {
        return constants.get(value);
    }

    /** An input that has to be known. */
    DoubleTensor constant(int input, String what) {
        DoubleTensor content = constants.get(value(input));
        if (content == null) {
            throw new IllegalArgumentException("expected " + what + " that follow from constants and shapes, received"
                    + " ones that depend on what is fed in (input " + input + ")");
        }
        return content;
    }

    /** Whole numbers of an input that has to be known. */
    List<Long> integers(int input, String what) {
        return Arrays.stream(constant(input, what).data())
                .mapToObj(number -> (long) number)
                .toList();
    }

    /** Whole numbers from an input, or in older versions an attribute; null if there is neither. */
    @Nullable
    List<Long> integers(int input, String attribute, String what) {
        return has(input) ? integers(input, what) : attributes.integers(attribute);
    }

    /** The only number of a small input. */
    double number(int input, String what) {
        DoubleTensor content = constant(input, what);
        if (content.data().length != 1) {
            throw new IllegalArgumentException("expected one number as " + what + ", received " + content.shape());
        }
        return content.data()[0];
    }

    // Ops

    Value add(Op op, Value... operands) {
        return addNode(op, operands).output();
    }

    Node addNode(Op op, Value... operands) {
        setting.budget().spend();
        Node added = g.addNode(op, Arrays.asList(operands));
        constants.evaluate(added);
        return added;
    }

    Value binary(BinaryFunction function, Value a, Value b) {
        return add(new Binary(function), a, b);
    }

    Value reshape(Value x, int... sizes) {
        return reshape(x, Shape.of(sizes));
    }

    Value reshape(Value x, Shape shape) {
        return x.shape().equals(shape) ? x : add(new Reshape(shape), x);
    }

    /** A fixed tensor. */
    Value constant(DoubleTensor content) {
        Value value = g.constant(content.toFloat());
        constants.put(value, content);
        return value;
    }

    /** A fixed number. */
    Value constant(double number) {
        return constant(new DoubleTensor(Shape.of(), new double[] {number}));
    }

    /** Fixed numbers on one axis. */
    Value constants(double... numbers) {
        return constant(new DoubleTensor(Shape.of(numbers.length), numbers));
    }

    /** A fixed float32 tensor of any size. */
    Value constant(Tensor tensor) {
        Value value = g.constant(tensor);
        constants.put(value, DoubleTensor.of(tensor));
        return value;
    }

    // Axes and sizes

    /** An axis that may count from the end. */
    static int axis(long axis, int rank) {
        long resolved = axis < 0 ? axis + rank : axis;
        if (resolved < 0 || resolved >= rank) {
            throw new IllegalArgumentException(
                    "expected an axis from " + -rank + " to " + (rank - 1) + ", received " + axis);
        }
        return (int) resolved;
    }

    /** Axes that may count from the end, each at most once. */
    static List<Integer> axes(List<Long> axes, int rank) {
        List<Integer> resolved = new ArrayList<>();
        for (long axis : axes) {
            int at = axis(axis, rank);
            if (resolved.contains(at)) {
                throw new IllegalArgumentException("expected different axes, received " + axes);
            }
            resolved.add(at);
        }
        return resolved;
    }

    /** A size that an array of indices may have. */
    static int size(long size) {
        if (size < 0 || size > LONGEST_AXIS) {
            throw new IllegalArgumentException(
                    "expected an axis of 0 to " + LONGEST_AXIS + " elements, received " + size);
        }
        return (int) size;
    }

    /** A failure in the words of a file's reader. */
    ModelFormatException wrong(String expected, String received) {
        return new ModelFormatException(node.where() + ": expected " + expected + ", received " + received);
    }

    /** One output of the given type. */
    static List<Operand> of(Value value, ElementType type) {
        return List.of(new Operand(value, type));
    }
}
