package dev.halfwave.op;

import dev.halfwave.graph.Lowering;
import dev.halfwave.graph.Slot;
import dev.halfwave.graph.Step;
import dev.halfwave.tensor.Shape;
import java.util.List;

/** What ops that treat every row of the last axis by itself share: shapes, and steps that divide rows among tasks. */
final class Rowwise {
    private Rowwise() {}

    /** y from x. */
    @FunctionalInterface
    interface Map {
        /** {@code rows} rows of {@code n} numbers each. */
        void run(float[] x, int xo, float[] y, int yo, int rows, int n);
    }

    /** dx from dy and v, which is the input or the output of what is differentiated. */
    @FunctionalInterface
    interface Gradient {
        /** {@code rows} rows of {@code n} numbers each. */
        void run(float[] dy, int dyo, float[] v, int vo, float[] dx, int dxo, int rows, int n);
    }

    /** The step of an op with one input. */
    static Step map(Lowering lowering, Map map) {
        Slot x = lowering.input(0);
        Slot y = lowering.output(0);
        int n = lowering.inputShape(0).size(-1);
        return Grain.rows(
                lowering.inputShape(0).rows(),
                n,
                (f, from, to) ->
                        map.run(f.array(x), x.offset() + from * n, f.array(y), y.offset() + from * n, to - from, n));
    }

    /** The shape of a gradient's output, given dy and what the messages call v. */
    static List<Shape> gradient(List<Shape> inputs, String what) {
        Expect.inputs(inputs, 2, 2);
        Expect.channels(what, inputs.get(1));
        Expect.shape("a gradient", inputs.get(0), inputs.get(1));
        return List.of(inputs.get(1));
    }

    /** The step of a gradient. */
    static Step gradient(Lowering lowering, Gradient gradient) {
        Slot dy = lowering.input(0);
        Slot v = lowering.input(1);
        Slot dx = lowering.output(0);
        int n = lowering.inputShape(1).size(-1);
        return Grain.rows(
                lowering.inputShape(1).rows(),
                n,
                (f, from, to) -> gradient.run(
                        f.array(dy),
                        dy.offset() + from * n,
                        f.array(v),
                        v.offset() + from * n,
                        f.array(dx),
                        dx.offset() + from * n,
                        to - from,
                        n));
    }
}
