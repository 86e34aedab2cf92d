package dev.halfwave.graph;

import dev.halfwave.tensor.Shape;
import java.util.ArrayList;
import java.util.List;

/** One op at one place of a graph: its name, inputs and outputs. Nodes are made by a {@link GraphBuilder}. */
public final class Node {
    private final String name;
    private final Op op;
    private final List<Value> inputs;
    private final List<Value> outputs;
    private final boolean lasting;

    Node(String name, Op op, List<Value> inputs, List<Shape> shapes) {
        this.name = name;
        this.op = op;
        this.inputs = List.copyOf(inputs);
        List<Value> made = new ArrayList<>();
        for (Shape shape : shapes) {
            made.add(new Value(this, made.size(), shape));
        }
        this.outputs = List.copyOf(made);
        this.lasting = lasts(op, inputs);
    }

    private static boolean lasts(Op op, List<Value> inputs) {
        if (op instanceof Source) {
            return !(op instanceof Source.Input);
        }
        for (Value input : inputs) {
            if (!input.producer().isLasting()) {
                return false;
            }
        }
        return !op.isRandom();
    }

    /** Unique in its graph, as in {@code residual_1.conv2d_2.relu}: the layers from the outside in, then the op. */
    public String name() {
        return name;
    }

    /** The layer it belongs to: its name without the last part; its own name if it stands outside all layers. */
    public String layer() {
        int dot = name.lastIndexOf('.');
        return dot < 0 ? name : name.substring(0, dot);
    }

    /** What it computes. */
    public Op op() {
        return op;
    }

    /** What it computes from. */
    public List<Value> inputs() {
        return inputs;
    }

    /** One input. */
    public Value input(int index) {
        return inputs.get(index);
    }

    /** What it computes. */
    public List<Value> outputs() {
        return outputs;
    }

    /** The first output. */
    public Value output() {
        return outputs.get(0);
    }

    /** The shapes of the inputs. */
    public List<Shape> inputShapes() {
        return inputs.stream().map(Value::shape).toList();
    }

    /** Whether it follows from parameters and constants alone, so that it stays as it is while those do. */
    public boolean isLasting() {
        return lasting;
    }

    @Override
    public String toString() {
        return name + " = " + op + inputs + " -> "
                + outputs.stream().map(Value::shape).toList();
    }
}
