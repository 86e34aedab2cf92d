package dev.halfwave.op;

import dev.halfwave.graph.Slot;
import dev.halfwave.graph.Step;
import dev.halfwave.kernel.ElementwiseKernels;
import java.util.Arrays;

/** The weights of a recurrence as one matrix, from {@code [x, h]} to the sums, with zeros where sums are kept apart. */
record Stacked(RecurrentSizes sizes, ElementwiseKernels elementwise) {

    /** The step that puts the weights of the input above those of the state: {@code [C + K, S·K]}. */
    Step both(Slot weights, Slot recurrent, Slot out) {
        int state = sizes.channels() * sizes.sums();
        return f -> {
            Arrays.fill(f.array(out), out.offset(), out.offset() + state, 0);
            copy(f.array(weights), weights.offset(), f.array(out), out.offset(), sizes.channels(), sizes.gates());
            state(f.array(recurrent), recurrent.offset(), f.array(out), out.offset() + state);
        };
    }

    /** The step that spreads the weights of the state over the sums: {@code [K, S·K]}. */
    Step state(Slot recurrent, Slot out) {
        return f -> state(f.array(recurrent), recurrent.offset(), f.array(out), out.offset());
    }

    private void state(float[] from, int fo, float[] to, int to0) {
        int units = sizes.units();
        int last = sizes.gates() - units;
        Arrays.fill(to, to0, to0 + units * sizes.sums(), 0);
        copy(from, fo, to, to0, units, last);
        copy(from, fo + last, to, to0 + sizes.cell().column(last, units), units, units);
    }

    private void copy(float[] from, int fo, float[] to, int to0, int rows, int width) {
        elementwise.copyRows(from, fo, sizes.gates(), to, to0, sizes.sums(), rows, width);
    }

    /** The step that puts the bias of the state's sum behind the others. */
    Step bias(Slot bias, Slot recurrent, Slot out) {
        return f -> {
            System.arraycopy(f.array(bias), bias.offset(), f.array(out), out.offset(), sizes.gates());
            int last = out.offset() + sizes.gates();
            System.arraycopy(f.array(recurrent), recurrent.offset(), f.array(out), last, sizes.units());
        };
    }
}
