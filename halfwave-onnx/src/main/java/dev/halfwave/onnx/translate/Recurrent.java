package dev.halfwave.onnx.translate;

import dev.halfwave.graph.Value;
import dev.halfwave.onnx.file.ElementType;
import dev.halfwave.op.BinaryFunction;
import dev.halfwave.op.Broadcast;
import dev.halfwave.op.Concat;
import dev.halfwave.op.MatMul;
import dev.halfwave.op.Slice;
import dev.halfwave.op.Transpose;
import dev.halfwave.op.Where;
import dev.halfwave.tensor.DoubleTensor;
import dev.halfwave.tensor.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/**
 * RNN, LSTM and GRU: those that core has an op for as that op, all others unrolled, one step of ops for each step of time.
 *
 * <p>Inputs X {@code [T, N, I]}, W {@code [D, G·H, I]}, R {@code [D, G·H, H]}, B {@code [D, 2·G·H]}; outputs Y {@code
 * [T, D, N, H]} and the last states {@code [D, N, H]}, with T steps of time, D directions and G gates.
 */
final class Recurrent {
    private static final int MOST_STEPS = 4096;

    private final Call call;
    private final Cell cell;
    private final boolean batchFirst;
    private final Value x;
    private final int steps;
    private final int batch;
    private final int hidden;
    private final List<Long> lengths;
    private final List<String> directions;

    private Recurrent(Call call, Cell cell) {
        this.call = call;
        this.cell = cell;
        this.batchFirst = call.attributes().flag("layout", false);
        this.x = batchFirst ? call.add(Transpose.of(1, 0, 2), call.value(0)) : call.value(0);
        if (x.shape().rank() != 3) {
            throw new IllegalArgumentException("expected sequences of three axes, received " + x.shape());
        }
        this.steps = x.shape().size(0);
        this.batch = x.shape().size(1);
        this.hidden = call.attributes().small("hidden_size", call.shape(2).size(-1));
        this.lengths = call.has(4) ? call.integers(4, "lengths") : Collections.nCopies(batch, (long) steps);
        String direction =
                call.attributes().choice("direction", "forward", List.of("forward", "reverse", "bidirectional"));
        this.directions = direction.equals("bidirectional") ? List.of("forward", "reverse") : List.of(direction);
        check();
    }

    private void check() {
        if (steps < 1 || steps > MOST_STEPS) {
            throw new IllegalArgumentException(
                    "expected sequences of 1 to " + MOST_STEPS + " steps, received " + steps);
        }
        if (lengths.size() != batch || lengths.stream().anyMatch(length -> length < 0 || length > steps)) {
            throw new IllegalArgumentException(
                    "expected " + batch + " lengths of at most " + steps + ", received " + lengths);
        }
        for (String unknown : List.of("activation_alpha", "activation_beta")) {
            if (call.attributes().has(unknown)) {
                throw call.attributes().wrong(unknown, "none", "parameters of functions");
            }
        }
    }

    /** What one step of time does. */
    interface Cell {
        /** How many gates there are. */
        int gates();

        /** How many tensors a state consists of. */
        default int states() {
            return 1;
        }

        /** Whether the states' half of the bias is added by the cell, not together with the inputs' half. */
        default boolean keepsRecurrentBias() {
            return false;
        }

        /**
         * One step.
         *
         * @param direction the number of the direction
         * @param fromInput what the input adds to every gate, bias included: {@code [N, G·H]}
         * @param state the states before, the output first: each {@code [N, H]}
         * @return the states after
         */
        List<Value> step(Recurrent net, int direction, Value fromInput, List<Value> state);
    }

    /** Adds the whole network of one op. */
    static List<Operand> translate(Call call, Cell cell) {
        Recurrent net = new Recurrent(call, cell);
        boolean plain = net.directions.equals(List.of("forward"))
                && net.lengths.stream().allMatch(length -> length == net.steps);
        dev.halfwave.op.Cell one = plain ? OneRecurrence.cell(cell, net) : null;
        if (one == null) {
            return net.outputs();
        }
        Value sequences = net.batchFirst ? call.value(0) : call.add(Transpose.of(1, 0, 2), net.x);
        return new OneRecurrence(net, one, sequences).outputs(net.batchFirst);
    }

    private List<Operand> outputs() {
        List<Value> outputs = new ArrayList<>();
        List<Value> lastOutputs = new ArrayList<>();
        List<Value> lastCells = new ArrayList<>();
        for (int d = 0; d < directions.size(); d++) {
            boolean reverse = directions.get(d).equals("reverse");
            Value gates = fromInput(d);
            List<Value> state = initial(d);
            List<Value> sequence = new ArrayList<>();
            for (int t = 0; t < steps; t++) {
                int at = reverse ? steps - 1 - t : t;
                Value now = call.reshape(call.add(new Slice(0, at, 1), gates), batch, cell.gates() * hidden);
                List<Value> next = cell.step(this, d, now, state);
                state = kept(at, next, state);
                Value output = kept(at, next, List.of(call.constant(0))).get(0);
                sequence.add(call.reshape(output, 1, 1, batch, hidden));
            }
            if (reverse) {
                Collections.reverse(sequence);
            }
            outputs.add(concat(0, sequence));
            lastOutputs.add(call.reshape(state.get(0), 1, batch, hidden));
            lastCells.add(call.reshape(state.get(state.size() - 1), 1, batch, hidden));
        }
        Value y = concat(1, outputs);
        return List.of(
                operand(batchFirst ? call.add(Transpose.of(2, 0, 1, 3), y) : y),
                operand(last(lastOutputs)),
                operand(last(lastCells)));
    }

    /** Something else in place of what follows from steps beyond a sequence's end. */
    private List<Value> kept(int step, List<Value> next, List<Value> otherwise) {
        if (lengths.stream().allMatch(length -> step < length)) {
            return next;
        }
        DoubleTensor within = DoubleTensor.zeros(Shape.of(batch, 1));
        Arrays.setAll(within.data(), i -> step < lengths.get(i) ? 1 : 0);
        List<Value> kept = new ArrayList<>();
        for (int i = 0; i < otherwise.size(); i++) {
            kept.add(call.add(new Where(), call.constant(within), next.get(i), otherwise.get(i)));
        }
        return kept;
    }

    private Value last(List<Value> states) {
        Value together = concat(0, states);
        return batchFirst ? call.add(Transpose.of(1, 0, 2), together) : together;
    }

    private static Operand operand(Value value) {
        return new Operand(value, ElementType.FLOAT);
    }

    private Value concat(int axis, List<Value> parts) {
        return parts.size() == 1 ? parts.get(0) : call.add(new Concat(axis), parts.toArray(new Value[0]));
    }

    /** What the inputs of all steps add to the gates, in one product: {@code [T, N, G·H]}. */
    private Value fromInput(int d) {
        int width = cell.gates() * hidden;
        Value rows = call.reshape(x, Math.multiplyExact(steps, batch), x.shape().size(2));
        Value product = call.add(new MatMul(false, true), rows, input(d));
        Value summed = product;
        if (call.has(3)) {
            summed = plus(product, bias(d, 0, width));
            if (!cell.keepsRecurrentBias()) {
                summed = plus(summed, bias(d, width, width));
            }
        }
        return call.reshape(summed, steps, batch, width);
    }

    /** Part of the bias, which holds the inputs' half and then the states' half. */
    Value bias(int d, int start, int size) {
        Value all = call.reshape(call.add(new Slice(0, d, 1), call.value(3)), 2 * cell.gates() * hidden);
        return call.add(new Slice(0, start, size), all);
    }

    boolean hasBias() {
        return call.has(3);
    }

    /** The weights that inputs are multiplied with, for all gates: {@code [G·H, I]}. */
    Value input(int d) {
        return part(1, d, cell.gates() * hidden, x.shape().size(2));
    }

    /** The weights that states are multiplied with, for some of the gates: {@code [count·H, H]}. */
    Value recurrent(int d, int gate, int count) {
        Value all = part(2, d, cell.gates() * hidden, hidden);
        return call.add(new Slice(0, gate * hidden, count * hidden), all);
    }

    private Value part(int input, int d, int rows, int columns) {
        return call.reshape(call.add(new Slice(0, d, 1), call.value(input)), rows, columns);
    }

    private List<Value> initial(int d) {
        List<Value> state = new ArrayList<>();
        for (int i = 0; i < cell.states(); i++) {
            state.add(initial(d, 5 + i));
        }
        return state;
    }

    private Value initial(int d, int input) {
        if (!call.has(input)) {
            return call.add(new Broadcast(Shape.of(batch, hidden)), call.constant(0));
        }
        Value given = batchFirst ? call.add(Transpose.of(1, 0, 2), call.value(input)) : call.value(input);
        return call.reshape(call.add(new Slice(0, d, 1), given), batch, hidden);
    }

    // What cells are made of

    Call call() {
        return call;
    }

    int hidden() {
        return hidden;
    }

    int cellGates() {
        return cell.gates();
    }

    int directionCount() {
        return directions.size();
    }

    /** Columns of one gate. */
    Value gate(Value gates, int gate) {
        return call.add(new Slice(1, gate * hidden, hidden), gates);
    }

    Value product(Value state, Value weights) {
        return call.add(new MatMul(false, true), state, weights);
    }

    Value plus(Value a, Value b) {
        return call.binary(BinaryFunction.ADD, a, b);
    }

    Value times(Value a, Value b) {
        return call.binary(BinaryFunction.MULTIPLY, a, b);
    }
}
