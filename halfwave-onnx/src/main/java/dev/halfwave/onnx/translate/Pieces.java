package dev.halfwave.onnx.translate;

import dev.halfwave.graph.Value;
import dev.halfwave.onnx.file.Attributes;
import dev.halfwave.op.Concat;
import dev.halfwave.op.Slice;
import dev.halfwave.op.Take;
import dev.halfwave.tensor.Indices;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;

/** Ops that take tensors apart, put them together, or repeat parts of them. */
final class Pieces {
    private Pieces() {}

    static Value concat(Call call) {
        int rank = call.shape(0).rank();
        Attributes attributes = call.attributes();
        if (!attributes.has("axis") && call.opset() >= 4) {
            throw attributes.wrong("axis", "an axis", "none");
        }
        int axis = Call.axis(attributes.integer("axis", 1), rank);
        if (call.inputCount() == 1) {
            return call.value(0);
        }
        Value[] parts = new Value[call.inputCount()];
        for (int i = 0; i < parts.length; i++) {
            parts[i] = call.value(i);
        }
        return call.add(new Concat(axis), parts);
    }

    static List<Operand> split(Call call) {
        int axis = Call.axis(call.attributes().integer("axis", 0), call.shape(0).rank());
        int length = call.shape(0).size(axis);
        List<Long> given = call.integers(1, "split", "sizes");
        List<Long> sizes = given == null ? equal(length, parts(call)) : given;
        long total = sizes.stream().mapToLong(Long::longValue).sum();
        if (total != length || sizes.stream().anyMatch(size -> size < 0)) {
            throw call.wrong("sizes that add up to " + length, sizes.toString());
        }
        List<Operand> outputs = new ArrayList<>();
        int start = 0;
        for (long size : sizes) {
            Value part = call.add(new Slice(axis, start, (int) size), call.value(0));
            outputs.add(new Operand(part, call.operand(0).type()));
            start += (int) size;
        }
        return outputs;
    }

    private static int parts(Call call) {
        int parts = call.attributes().small("num_outputs", call.outputCount());
        if (parts < 1 || parts > 1 << 16) {
            throw call.attributes().wrong("num_outputs", "1 or more", Integer.toString(parts));
        }
        return parts;
    }

    /** Equal sizes, but for a smaller last one. */
    private static List<Long> equal(int length, int parts) {
        int each = (length + parts - 1) / parts;
        List<Long> sizes = new ArrayList<>();
        for (int i = 0; i < parts; i++) {
            sizes.add((long) Math.max(0, Math.min(each, length - i * each)));
        }
        return sizes;
    }

    static Value slice(Call call) {
        List<Long> starts = call.integers(1, "starts", "starts");
        List<Long> ends = call.integers(2, "ends", "ends");
        if (starts == null || ends == null) {
            throw call.wrong("starts and ends", "none");
        }
        List<Long> given = call.integers(3, "axes", "axes");
        List<Integer> axes = given == null
                ? Axes.range(0, starts.size())
                : Call.axes(given, call.shape(0).rank());
        List<Long> steps = call.has(4) ? call.integers(4, "steps") : null;
        if (axes.size() != starts.size()
                || ends.size() != starts.size()
                || steps != null && steps.size() != axes.size()) {
            throw call.wrong("as many starts and ends as axes", starts + " and " + ends + " for axes " + axes);
        }
        Value x = call.value(0);
        for (int i = 0; i < axes.size(); i++) {
            x = slice(call, x, axes.get(i), starts.get(i), ends.get(i), steps == null ? 1 : steps.get(i));
        }
        return x;
    }

    private static Value slice(Call call, Value x, int axis, long start, long end, long step) {
        int length = x.shape().size(axis);
        if (step == 0) {
            throw call.wrong("steps other than 0", "0");
        }
        // What lies outside the axis is brought to its nearest end; unlike NumPy, to one that is an element at the
        // start.
        long low = step > 0 ? 0 : -1;
        long high = step > 0 ? length : length - 1L;
        long from = Math.max(0, Math.min(high, start < 0 ? Math.max(start, -length - 1L) + length : start));
        long to = Math.max(low, Math.min(high, end < 0 ? Math.max(end, -length - 1L) + length : end));
        long room = step > 0 ? to - from : from - to;
        long stride = step == Long.MIN_VALUE ? Long.MAX_VALUE : Math.abs(step);
        int count = room <= 0 ? 0 : Math.toIntExact((room - 1) / stride + 1);
        if (step == 1) {
            return count == length ? x : call.add(new Slice(axis, count == 0 ? 0 : (int) from, count), x);
        }
        return take(call, x, axis, count, i -> (int) (from + i * step));
    }

    /** Elements of an axis by their indices. */
    static Value take(Call call, Value x, int axis, long count, IntUnaryOperator index) {
        int[] indices = IntStream.range(0, Call.size(count)).map(index).toArray();
        return call.add(new Take(axis, Indices.of(indices)), x);
    }

    static Value tile(Call call) {
        Value x = call.value(0);
        List<Long> repeats = call.integers(1, "repeats");
        int rank = x.shape().rank();
        if (call.opset() < 6 && call.inputCount() == 3) { // version 1 tiled one axis
            return tile(call, x, Call.axis(call.integers(2, "an axis").get(0), rank), repeats.get(0));
        }
        if (repeats.size() != rank) {
            throw call.wrong(rank + " repeats", repeats.toString());
        }
        for (int axis = 0; axis < rank; axis++) {
            x = tile(call, x, axis, repeats.get(axis));
        }
        return x;
    }

    private static Value tile(Call call, Value x, int axis, long repeats) {
        int length = x.shape().size(axis);
        if (repeats < 0) {
            throw call.wrong("repeats of 0 or more", Long.toString(repeats));
        }
        x.shape().with(axis, Math.toIntExact(Math.multiplyExact(repeats, (long) length))); // refuses too many elements
        return repeats == 1 ? x : take(call, x, axis, repeats * length, i -> i % length);
    }
}
