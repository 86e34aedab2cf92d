package dev.halfwave.onnx.translate;

import dev.halfwave.graph.Value;
import dev.halfwave.onnx.file.ElementType;
import dev.halfwave.op.Cell;
import dev.halfwave.op.Concat;
import dev.halfwave.op.GruCell;
import dev.halfwave.op.LstmCell;
import dev.halfwave.op.Recurrence;
import dev.halfwave.op.RnnCell;
import dev.halfwave.op.Slice;
import dev.halfwave.op.Transpose;
import dev.halfwave.tensor.DoubleTensor;
import dev.halfwave.tensor.Shape;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A recurrent network that goes forward with the usual functions, as one op of core's for each of its outputs. */
final class OneRecurrence {
    private final Recurrent net;
    private final Call call;
    private final Cell cell;
    private final int units;
    private final List<Value> inputs = new ArrayList<>();

    /** @param sequences {@code [N, T, C]} */
    OneRecurrence(Recurrent net, Cell cell, Value sequences) {
        this.net = net;
        this.call = net.call();
        this.cell = cell;
        this.units = net.hidden();
        int width = cell.gates() * units;
        inputs.add(sequences);
        inputs.add(call.add(Transpose.of(1, 0), net.input(0)));
        inputs.add(call.add(Transpose.of(1, 0), net.recurrent(0, 0, cell.gates())));
        if (!net.hasBias()) {
            inputs.add(zeros(width));
        } else if (cell.keepsApart()) {
            inputs.add(shared(width));
        } else {
            inputs.add(net.plus(net.bias(0, 0, width), net.bias(0, width, width)));
        }
        if (cell.keepsApart()) {
            inputs.add(net.hasBias() ? net.bias(0, 2 * width - units, units) : zeros(units));
        }
    }

    /** Core's cell that does what a node asks for; null if there is none. */
    static @Nullable Cell cell(Recurrent.Cell asked, Recurrent net) {
        Call call = net.call();
        if (call.has(5) || call.has(6) || call.has(7) || call.attributes().number("clip", 0) > 0) {
            return null;
        }
        for (int weights = 1; weights <= 3; weights++) {
            if (call.has(weights) && !call.value(weights).producer().isLasting()) {
                return null; // computed anew in every run, which no file of ours could hold
            }
        }
        if (asked instanceof Cells.Simple) {
            return new RnnCell(Cells.function(net, 0, 0));
        }
        if (call.attributes().has("activations")) {
            return null;
        }
        if (asked instanceof Cells.LongShortTerm) {
            return call.attributes().flag("input_forget", false) ? null : new LstmCell();
        }
        return call.attributes().flag("linear_before_reset", false) ? new GruCell() : null;
    }

    private Value zeros(int size) {
        return call.constant(DoubleTensor.zeros(Shape.of(size)));
    }

    /** Both halves of the bias where the gates add them up, and the input's alone for the last gate. */
    private Value shared(int width) {
        int summed = width - units;
        Value sums = net.plus(net.bias(0, 0, summed), net.bias(0, width, summed));
        return call.add(new Concat(0), sums, net.bias(0, summed, units));
    }

    /** All states, the last state, and the last memory; those that nobody reads vanish with their nodes. */
    List<Operand> outputs(boolean batchFirst) {
        Shape shape = inputs.get(0).shape();
        int batch = shape.size(0);
        int steps = shape.size(1);
        Value all = recurrence(true, call.isTraining()).get(0);
        Value states = batchFirst
                ? call.reshape(all, batch, steps, 1, units)
                : call.reshape(call.add(Transpose.of(1, 0, 2), all), steps, 1, batch, units);
        Value last = recurrence(false, call.isTraining()).get(0);
        Value memory = cell.memories() == 0 ? last : memory(steps);
        return List.of(operand(states), operand(last(last, batchFirst)), operand(last(memory, batchFirst)));
    }

    private List<Value> recurrence(boolean whole, boolean keeping) {
        return call.addNode(new Recurrence(cell, whole, keeping), inputs.toArray(new Value[0]))
                .outputs();
    }

    /** What the cells hold after the last step. */
    private Value memory(int steps) {
        Value planes =
                call.add(new Slice(1, steps - 1, 1), recurrence(false, true).get(2));
        return call.add(new Slice(2, cell.sums() * units, units), planes);
    }

    private Value last(Value state, boolean batchFirst) {
        int batch = inputs.get(0).shape().size(0);
        return batchFirst ? call.reshape(state, batch, 1, units) : call.reshape(state, 1, batch, units);
    }

    private static Operand operand(Value value) {
        return new Operand(value, ElementType.FLOAT);
    }
}
