package dev.halfwave.onnx.translate;

import dev.halfwave.activation.Formula;
import dev.halfwave.graph.Value;
import dev.halfwave.onnx.file.ElementType;
import dev.halfwave.op.Apply;
import dev.halfwave.op.ArgMax;
import dev.halfwave.op.BinaryFunction;
import dev.halfwave.op.Broadcast;
import dev.halfwave.op.Reduce;
import dev.halfwave.op.Reduction;
import dev.halfwave.op.Resample;
import dev.halfwave.tensor.Taps;
import java.util.Arrays;
import java.util.List;

/** Sums, means, extremes and norms along axes. */
final class Reductions {
    private Reductions() {}

    static Value reduce(Call call, Reduction reduction) {
        return reduce(call, reduction, call.value(0));
    }

    private static Value reduce(Call call, Reduction reduction, Value x) {
        return reduce(call, reduction, x, call.attributes().flag("keepdims", true));
    }

    /** Without axes, everything is reduced, or nothing if the node says so. */
    private static Value reduce(Call call, Reduction reduction, Value x, boolean keepDims) {
        Value y = call.add(new Reduce(reduction, axes(call), keepDims), x);
        boolean extreme = reduction == Reduction.MAX || reduction == Reduction.MIN;
        if (!extreme || x.shape().elements() > 0 || call.operand(0).type().isFloating()) {
            return y;
        }
        // The largest of no whole numbers is the smallest that the type has.
        double nothing = reduction == Reduction.MAX
                ? call.operand(0).type().least()
                : call.operand(0).type().greatest();
        return call.add(new Broadcast(y.shape()), call.constant(nothing));
    }

    private static List<Integer> axes(Call call) {
        int rank = call.shape(0).rank();
        List<Long> given = call.integers(1, "axes", "axes");
        if (given == null || given.isEmpty()) {
            boolean nothing = call.attributes().flag("noop_with_empty_axes", false);
            return nothing ? List.of() : Axes.range(0, rank);
        }
        return Call.axes(given, rank);
    }

    static Value l1(Call call) {
        return reduce(call, Reduction.SUM, Pointwise.absolutePower(call, call.value(0), 1));
    }

    static Value l2(Call call) {
        return call.add(Apply.of(Formula.Function.SQRT), sumOfSquares(call));
    }

    static Value sumOfSquares(Call call) {
        Value x = call.value(0);
        return reduce(call, Reduction.SUM, call.binary(BinaryFunction.MULTIPLY, x, x));
    }

    static Value logOfSum(Call call) {
        return call.add(Apply.of(Formula.Function.LOG), reduce(call, Reduction.SUM));
    }

    /** The largest element is taken out first, so that the exponentials stay finite. */
    static Value logOfSumOfExponentials(Call call) {
        Value x = call.value(0);
        Value max = Pointwise.finite(call, reduce(call, Reduction.MAX, x, true));
        Value exponentials = call.add(Apply.of(Formula.Function.EXP), call.binary(BinaryFunction.SUBTRACT, x, max));
        Value log = call.add(Apply.of(Formula.Function.LOG), reduce(call, Reduction.SUM, exponentials));
        return call.binary(BinaryFunction.ADD, log, call.reshape(max, log.shape()));
    }

    /** Sums of everything up to each element along an axis. */
    static Value cumulative(Call call) {
        int axis = Call.axis((long) call.number(1, "an axis"), call.shape(0).rank());
        int length = call.shape(0).size(axis);
        boolean reverse = call.attributes().flag("reverse", false);
        int own = call.attributes().flag("exclusive", false) ? 0 : 1;
        int[] starts = new int[length + 1];
        int[] indices = new int[Call.size((long) length * (length - 1 + 2 * own) / 2)];
        for (int i = 0; i < length; i++) {
            int from = reverse ? i + 1 - own : 0;
            int to = reverse ? length : i + own;
            for (int j = from; j < to; j++) {
                indices[starts[i] + j - from] = j;
            }
            starts[i + 1] = starts[i] + to - from;
        }
        double[] weights = new double[indices.length];
        Arrays.fill(weights, 1);
        return call.add(new Resample(axis, Taps.of(length, starts, indices, weights)), call.value(0));
    }

    static List<Operand> arg(Call call, boolean smallest) {
        int axis = Call.axis(call.attributes().integer("axis", 0), call.shape(0).rank());
        boolean keepDims = call.attributes().flag("keepdims", true);
        boolean last = call.attributes().flag("select_last_index", false);
        return Call.of(call.add(new ArgMax(axis, keepDims, last, smallest), call.value(0)), ElementType.INT64);
    }
}
