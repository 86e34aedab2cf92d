package dev.halfwave.op;

import dev.halfwave.graph.GraphBuilder;
import dev.halfwave.graph.Node;
import dev.halfwave.graph.Value;
import dev.halfwave.tensor.Shape;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The gradients of a {@link Recurrence} by its inputs, from those by its sums: a few products over all steps of all
 * samples at once.
 *
 * @param g where to add them
 * @param sizes the recurrence's sizes
 */
record RecurrentGradients(GraphBuilder g, RecurrentSizes sizes) {
    /**
     * One gradient per input.
     *
     * @param rows what steps start from, {@code [N, T, C + K]}
     * @param sums the gradient by the sums, {@code [N, T, S·K]}
     */
    List<@Nullable Value> of(Node node, Value rows, Value sums) {
        int all = Math.multiplyExact(sizes.samples(), sizes.steps());
        Value from = g.add(new Reshape(Shape.of(all, sizes.row())), rows);
        Value dz = g.add(new Reshape(Shape.of(all, sizes.sums())), sums);
        Value dw = g.add(new MatMul(true, false), from, dz);
        Value db = g.add(new ChannelSum(), dz);
        int c = sizes.channels();
        List<@Nullable Value> gradients = new ArrayList<>();
        Value dx = g.add(new MatMul(false, true), input(dz), node.input(1));
        gradients.add(g.add(new Reshape(node.input(0).shape()), dx));
        gradients.add(input(g.add(new Slice(0, 0, c), dw)));
        gradients.add(state(g.add(new Slice(0, c, sizes.units()), dw)));
        gradients.add(input(db));
        if (sizes.cell().keepsApart()) {
            gradients.add(g.add(new Slice(-1, sizes.gates(), sizes.units()), db));
        }
        return gradients;
    }

    /** The columns that the input adds to. */
    private Value input(Value columns) {
        return sizes.cell().keepsApart() ? g.add(new Slice(-1, 0, sizes.gates()), columns) : columns;
    }

    /** The columns that the state adds to. */
    private Value state(Value columns) {
        if (!sizes.cell().keepsApart()) {
            return columns;
        }
        int last = sizes.gates() - sizes.units();
        Value first = g.add(new Slice(-1, 0, last), columns);
        return g.add(new Concat(-1), first, g.add(new Slice(-1, sizes.gates(), sizes.units()), columns));
    }
}
