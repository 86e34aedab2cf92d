package dev.halfwave.compile;

import dev.halfwave.graph.Graph;
import dev.halfwave.graph.Node;
import dev.halfwave.graph.ParameterLayout;
import dev.halfwave.graph.Result;
import dev.halfwave.graph.Source;
import dev.halfwave.graph.Value;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Gives every value of a graph a buffer: its own, its input's where it is a view or runs in place, or a fixed one. */
final class BufferPlanner {
    private final Graph graph;
    private final ParameterLayout layout;
    private final Map<Value, Buffer> buffers = new IdentityHashMap<>();
    private final Map<Value, Integer> lastUse = new IdentityHashMap<>();
    private final Map<Value, ParameterLayout.Entry> gradients = new IdentityHashMap<>();
    private final List<Buffer> arena = new ArrayList<>();
    private final List<float[]> constants = new ArrayList<>();
    private int constantsEnd = 12;
    private int inputs;

    BufferPlanner(Graph graph, ParameterLayout layout) {
        this.graph = graph;
        this.layout = layout;
        List<Node> nodes = graph.nodes();
        for (int step = 0; step < nodes.size(); step++) {
            for (Value input : nodes.get(step).inputs()) {
                lastUse.put(input, step);
            }
        }
        graph.results().forEach(this::keep);
    }

    /** A result is in use to the end; a gradient is computed where the optimizer looks for it, if it can be. */
    private void keep(Result result, Value value) {
        lastUse.put(value, graph.nodes().size());
        boolean computed = !(value.producer().op() instanceof Source)
                && !value.producer().op().isView();
        if (result instanceof Result.Gradient gradient && computed) {
            gradients.putIfAbsent(value, layout.entry(gradient.parameter()));
        }
    }

    /** Assigns the outputs of the node at the given step; its inputs must have been assigned. */
    void assign(Node node, int step) {
        if (node.op() instanceof Source source) {
            buffers.put(node.output(), source(source));
            return;
        }
        for (Value output : node.outputs()) {
            Buffer buffer = shared(node, output, step);
            if (buffer == null) {
                buffer = fresh(output, step);
            }
            if (buffer.space() == Space.ARENA) {
                buffer.useUntil(lastUse.getOrDefault(output, step));
            }
            buffers.put(output, buffer);
        }
    }

    private Buffer source(Source source) {
        int floats = source.shape().elements();
        if (source instanceof Source.Parameter parameter) {
            return Buffer.fixed(
                    Space.PARAMETERS, floats, layout.entry(parameter.key()).offset());
        }
        if (source instanceof Source.Constant constant) {
            Buffer buffer = Buffer.fixed(Space.CONSTANTS, floats, constantsEnd);
            constants.add(constant.tensor().data());
            constantsEnd = Math.addExact(constantsEnd, floats);
            return buffer;
        }
        return Buffer.input(inputs++, floats);
    }

    /**
     * Assigns the outputs of a node that is computed once per version of the parameters, at a time before the first
     * step.
     */
    void assignOnce(Node node, int time) {
        for (Value output : node.outputs()) {
            boolean view = node.op().isView();
            buffers.put(
                    output,
                    view ? buffer(node.input(0)) : scratch(output.shape().elements(), time));
        }
    }

    /** Takes a buffer out of the arena. */
    void keep(Buffer buffer, int at) {
        arena.remove(buffer);
        buffer.keep(at);
    }

    private @Nullable Buffer shared(Node node, Value output, int step) {
        if (node.op().isView()) {
            return buffer(node.input(0));
        }
        if (output.index() != 0 || gradients.containsKey(output)) {
            return null;
        }
        for (int i = 0; i < node.inputs().size(); i++) {
            if (node.op().inPlace(i) && endsHere(node, i, output, step)) {
                return buffer(node.input(i));
            }
        }
        return null;
    }

    /** Whether an input's memory is of the output's size, is not needed afterwards, and is not another input's too. */
    private boolean endsHere(Node node, int input, Value output, int step) {
        Buffer buffer = buffer(node.input(input));
        if (buffer.space() != Space.ARENA
                || buffer.isPassing()
                || buffer.last() > step
                || buffer.floats() != output.shape().elements()) {
            return false;
        }
        for (int i = 0; i < node.inputs().size(); i++) {
            if (i != input && buffer(node.input(i)) == buffer) {
                return false;
            }
        }
        return true;
    }

    private Buffer fresh(Value output, int step) {
        int floats = output.shape().elements();
        ParameterLayout.Entry gradient = gradients.get(output);
        return gradient == null ? scratch(floats, step) : Buffer.fixed(Space.GRADIENTS, floats, gradient.offset());
    }

    /** Arena memory for one step. */
    Buffer scratch(int floats, int step) {
        Buffer buffer = Buffer.arena(floats, step);
        arena.add(buffer);
        return buffer;
    }

    Buffer buffer(Value value) {
        Buffer buffer = buffers.get(value);
        if (buffer == null) {
            throw new IllegalStateException(value.name() + ": read before it was assigned");
        }
        return buffer;
    }

    /** Whether the value is computed in the place where the optimizer looks for that parameter's gradient. */
    boolean inPlaceGradient(Value value, String parameter) {
        ParameterLayout.Entry entry = gradients.get(value);
        return entry != null && entry.key().equals(parameter);
    }

    List<Buffer> arena() {
        return arena;
    }

    /** All fixed tensors in one array. */
    float[] constants() {
        float[] all = new float[constantsEnd];
        int at = 12;
        for (float[] constant : constants) {
            System.arraycopy(constant, 0, all, at, constant.length);
            at += constant.length;
        }
        return all;
    }
}
