package dev.halfwave.onnx.translate;

import dev.halfwave.activation.Formula;
import dev.halfwave.graph.Value;
import dev.halfwave.onnx.file.ElementType;
import dev.halfwave.op.Apply;
import dev.halfwave.op.BinaryFunction;
import dev.halfwave.op.Broadcast;
import dev.halfwave.op.Where;
import dev.halfwave.tensor.DoubleTensor;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Operators between tensors, which are stretched to a common shape as NumPy does. */
final class Arithmetic {
    private Arithmetic() {}

    static Value binary(Call call, BinaryFunction function) {
        return call.binary(function, call.value(0), second(call));
    }

    /** Whole numbers are divided towards zero. */
    static Value divide(Call call) {
        return binary(
                call, call.operand(0).type().isFloating() ? BinaryFunction.DIVIDE : BinaryFunction.TRUNCATED_DIVIDE);
    }

    static Value modulo(Call call) {
        boolean ofC = call.attributes().flag("fmod", false);
        return binary(call, ofC ? BinaryFunction.REMAINDER : BinaryFunction.MODULO);
    }

    /** Powers of whole numbers are whole numbers, whatever the exponent. */
    static Value power(Call call) {
        DoubleTensor exponent = call.known(call.value(1));
        boolean whole = !call.operand(0).type().isFloating();
        if (!whole
                && exponent != null
                && exponent.data().length == 1
                && exponent.data()[0] == 2
                && exponent.shape().rank() <= call.shape(0).rank()) {
            return call.binary(BinaryFunction.MULTIPLY, call.value(0), call.value(0));
        }
        Value power = binary(call, BinaryFunction.POWER);
        return whole ? call.add(Apply.of(Formula.Function.TRUNCATE), power) : power;
    }

    static List<Operand> compare(Call call, BinaryFunction function) {
        return Call.of(binary(call, function), ElementType.BOOL);
    }

    static List<Operand> not(Call call) {
        return Call.of(negation(call, call.value(0)), ElementType.BOOL);
    }

    /** Only what is not a number differs from itself. */
    static List<Operand> isNaN(Call call) {
        Value same = call.binary(BinaryFunction.EQUAL, call.value(0), call.value(0));
        return Call.of(negation(call, same), ElementType.BOOL);
    }

    static List<Operand> isInfinite(Call call) {
        Value x = call.value(0);
        Value none = call.constant(0);
        Value above = call.attributes().flag("detect_positive", true)
                ? call.binary(BinaryFunction.EQUAL, x, call.constant(Double.POSITIVE_INFINITY))
                : none;
        Value below = call.attributes().flag("detect_negative", true)
                ? call.binary(BinaryFunction.EQUAL, x, call.constant(Double.NEGATIVE_INFINITY))
                : none;
        Value either = call.binary(BinaryFunction.OR, above, below);
        return Call.of(
                call.binary(BinaryFunction.AND, either, call.add(new Broadcast(x.shape()), call.constant(1))),
                ElementType.BOOL);
    }

    /** 1 where a tensor is 0, and the other way round. */
    static Value negation(Call call, Value x) {
        return call.binary(BinaryFunction.EQUAL, x, call.constant(0));
    }

    /** An operator over any number of tensors, from left to right. */
    static Value over(Call call, BinaryFunction function) {
        Value result = call.value(0);
        for (int i = 1; i < call.inputCount(); i++) {
            result = call.binary(function, result, call.value(i));
        }
        return result;
    }

    static Value mean(Call call) {
        Value sum = over(call, BinaryFunction.ADD);
        return call.binary(BinaryFunction.DIVIDE, sum, call.constant(call.inputCount()));
    }

    static List<Operand> where(Call call) {
        Value chosen = call.add(new Where(), call.value(0), call.value(1), call.value(2));
        return Call.of(chosen, call.operand(1).type());
    }

    /** Before version 7 the second operand said where its axes stand in the first. */
    private static Value second(Call call) {
        Value b = call.value(1);
        int rank = call.shape(0).rank();
        if (call.opset() >= 7
                || !call.attributes().flag("broadcast", false)
                || b.shape().rank() == 0) {
            return b;
        }
        int axis = Call.axis(call.attributes().integer("axis", rank - b.shape().rank()), rank);
        int[] sizes = Arrays.copyOf(b.shape().sizes(), rank - axis);
        Arrays.fill(sizes, b.shape().rank(), sizes.length, 1);
        return call.reshape(b, sizes);
    }

    /** Bounds are attributes in old versions, inputs in new ones; either may be left out. */
    static Value clip(Call call) {
        @Nullable Value low = bound(call, 1, "min");
        @Nullable Value high = bound(call, 2, "max");
        Value y = call.value(0);
        DoubleTensor knownLow = low == null ? null : call.known(low);
        DoubleTensor knownHigh = high == null ? null : call.known(high);
        boolean known = (low == null || knownLow != null) && (high == null || knownHigh != null);
        if (known && call.operand(0).type().isFloating()) {
            return Pointwise.clip(
                    call,
                    y,
                    knownLow == null ? Double.NEGATIVE_INFINITY : knownLow.data()[0],
                    knownHigh == null ? Double.POSITIVE_INFINITY : knownHigh.data()[0]);
        }
        if (low != null) {
            y = call.binary(BinaryFunction.MAX, y, low);
        }
        return high == null ? y : call.binary(BinaryFunction.MIN, y, high);
    }

    private static @Nullable Value bound(Call call, int input, String attribute) {
        if (call.has(input)) {
            Value bound = call.value(input);
            if (bound.shape().elements() != 1) {
                throw new IllegalArgumentException("expected one number as a bound, received " + bound.shape());
            }
            return bound;
        }
        return call.attributes().has(attribute)
                ? call.constant(call.attributes().number(attribute, 0))
                : null;
    }
}
