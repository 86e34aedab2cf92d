package dev.halfwave.nn;

import dev.halfwave.graph.GraphBuilder;
import dev.halfwave.graph.Initializer;
import dev.halfwave.graph.Mode;
import dev.halfwave.graph.Value;
import dev.halfwave.nn.init.Constant;
import dev.halfwave.op.Cell;
import dev.halfwave.op.Recurrence;
import dev.halfwave.tensor.Shape;
import java.util.ArrayList;
import java.util.List;

/**
 * What recurrent layers share.
 *
 * @param cell what a step does
 * @param units numbers of the state
 * @param whole whether all states are the result
 * @param weights first values of what the input is multiplied with
 * @param recurrent first values of what the state is multiplied with
 * @param bias first values of the bias
 */
record Recurrences(Cell cell, int units, boolean whole, Initializer weights, Initializer recurrent, Initializer bias) {

    /** That there is something to remember with. */
    static void check(String kind, int units) {
        if (units < 1) {
            throw new IllegalArgumentException(kind + ": expected 1 unit or more, received " + units);
        }
    }

    /** Adds the layer. */
    Value apply(GraphBuilder g, Value x) {
        try (GraphBuilder.Scope layer = g.layer(cell.name())) {
            if (x.shape().rank() != 3) {
                throw new IllegalArgumentException(Images.where(cell.name(), g)
                        + ": expected sequences [N, T, C], received " + x.shape()
                        + "; put a Scan in front to read images as sequences");
            }
            int width = Math.multiplyExact(cell.gates(), units);
            List<Value> inputs = new ArrayList<>();
            inputs.add(x);
            inputs.add(g.parameter("weights", Shape.of(x.shape().size(2), width), weights, true));
            inputs.add(g.parameter("recurrent", Shape.of(units, width), recurrent, true));
            inputs.add(g.parameter("bias", Shape.of(width), bias, true));
            if (cell.keepsApart()) {
                inputs.add(g.parameter("recurrent_bias", Shape.of(units), new Constant(0), true));
            }
            return g.addNode(new Recurrence(cell, whole, g.mode() == Mode.TRAINING), inputs)
                    .output();
        }
    }
}
