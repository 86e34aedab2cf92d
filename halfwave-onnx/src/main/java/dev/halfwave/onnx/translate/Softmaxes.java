package dev.halfwave.onnx.translate;

import dev.halfwave.graph.Op;
import dev.halfwave.graph.Value;
import dev.halfwave.op.ArgMax;
import dev.halfwave.op.BinaryFunction;
import dev.halfwave.op.Transpose;
import dev.halfwave.tensor.DoubleTensor;
import dev.halfwave.tensor.Shape;
import java.util.Arrays;
import java.util.function.Function;

/** Softmax and its kin: along one axis, or before version 13 along all axes from one on. */
final class Softmaxes {
    private Softmaxes() {}

    static Value along(Call call, Op op) {
        return along(call, rows -> call.add(op, rows));
    }

    /** One at the first largest element of every row. */
    static Value hardmax(Call call) {
        return along(call, rows -> {
            Value place = call.add(new ArgMax(-1, true, false, false), rows);
            double[] numbers = new double[rows.shape().size(-1)];
            Arrays.setAll(numbers, i -> i);
            DoubleTensor places = new DoubleTensor(Shape.of(numbers.length), numbers);
            return call.binary(BinaryFunction.EQUAL, place, call.constant(places));
        });
    }

    private static Value along(Call call, Function<Value, Value> overLastAxis) {
        Value x = call.value(0);
        Shape s = x.shape();
        boolean old = call.opset() < 13;
        int axis = Call.axis(call.attributes().integer("axis", old ? 1 : -1), s.rank());
        if (old) {
            Value rows = call.reshape(x, s.product(0, axis), s.product(axis, s.rank()));
            return call.reshape(overLastAxis.apply(rows), s);
        }
        if (axis == s.rank() - 1) {
            return overLastAxis.apply(x);
        }
        Value moved = call.add(new Transpose(Axes.moved(s.rank(), axis, -1)), x);
        return call.add(new Transpose(Axes.moved(s.rank(), -1, axis)), overLastAxis.apply(moved));
    }
}
