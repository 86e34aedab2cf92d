package dev.halfwave.onnx.translate;

import dev.halfwave.graph.Value;
import dev.halfwave.op.Take;
import dev.halfwave.tensor.DoubleTensor;
import dev.halfwave.tensor.Indices;
import dev.halfwave.tensor.Shape;
import java.util.Arrays;
import java.util.stream.IntStream;

/** Ops that take elements or pieces by their indices, which have to be known. */
final class Gathers {
    private Gathers() {}

    static Value gather(Call call) {
        Shape x = call.shape(0);
        int axis = Call.axis(call.attributes().integer("axis", 0), x.rank());
        int length = x.size(axis);
        DoubleTensor given = call.constant(1, "indices");
        int[] indices = Arrays.stream(given.data())
                .mapToInt(index -> index(call, (long) index, length))
                .toArray();
        int[] sizes = IntStream.concat(
                        IntStream.concat(
                                Arrays.stream(x.sizes(), 0, axis),
                                Arrays.stream(given.shape().sizes())),
                        Arrays.stream(x.sizes(), axis + 1, x.rank()))
                .toArray();
        return call.reshape(call.add(new Take(axis, Indices.of(indices)), call.value(0)), Shape.of(sizes));
    }

    private static int index(Call call, long index, int length) {
        if (index < -length || index >= length) {
            throw call.wrong("indices from " + -length + " to " + (length - 1), Long.toString(index));
        }
        return (int) (index < 0 ? index + length : index);
    }

    /** Of every element along an axis, the one whose index stands at that place. */
    static Value gatherElements(Call call) {
        Shape x = call.shape(0);
        DoubleTensor given = call.constant(1, "indices");
        Shape s = given.shape();
        int axis = Call.axis(call.attributes().integer("axis", 0), x.rank());
        if (s.rank() != x.rank()) {
            throw call.wrong("indices with as many axes as " + x, s.toString());
        }
        int[] places = new int[s.elements()];
        for (int i = 0; i < places.length; i++) {
            int rest = i;
            long place = 0;
            long stride = 1;
            for (int a = x.rank() - 1; a >= 0; a--) {
                int at = rest % s.size(a);
                rest /= s.size(a);
                place += stride
                        * (a == axis ? index(call, (long) given.data()[i], x.size(a)) : index(call, at, x.size(a)));
                stride *= x.size(a);
            }
            places[i] = (int) place;
        }
        return call.reshape(flatTake(call, places), s);
    }

    /**
     * Pieces of a tensor by the places where they start: the last axis of the indices counts along the first axes, behind
     * those that both have in common.
     */
    static Value gatherPieces(Call call) {
        Shape x = call.shape(0);
        DoubleTensor given = call.constant(1, "indices");
        Shape s = given.shape();
        int leading = call.attributes().small("batch_dims", 0);
        int depth = s.rank() == 0 ? 0 : s.size(-1);
        boolean fits = leading >= 0 && leading < s.rank() && depth >= 1 && leading + depth <= x.rank();
        for (int axis = 0; fits && axis < leading; axis++) {
            fits = x.size(axis) == s.size(axis);
        }
        if (!fits) {
            throw call.wrong("indices of places in " + x + " that share " + leading + " axes with it", s.toString());
        }
        int end = leading + depth;
        int[] places = new int[s.elements() / depth];
        int perBatch = Math.max(1, s.product(leading, s.rank() - 1));
        for (int i = 0; i < places.length; i++) {
            int place = i / perBatch;
            for (int a = 0; a < depth; a++) {
                int length = x.size(leading + a);
                place = place * length + index(call, (long) given.data()[i * depth + a], length);
            }
            places[i] = place;
        }
        Value rows = call.reshape(call.value(0), x.product(0, end), x.product(end, x.rank()));
        int[] sizes = IntStream.concat(
                        Arrays.stream(s.sizes(), 0, s.rank() - 1), Arrays.stream(x.sizes(), end, x.rank()))
                .toArray();
        return call.reshape(call.add(new Take(0, Indices.of(places)), rows), Shape.of(sizes));
    }

    private static Value flatTake(Call call, int[] places) {
        Value flat = call.reshape(call.value(0), call.shape(0).elements());
        return call.add(new Take(0, Indices.of(places)), flat);
    }
}
