package dev.halfwave.onnx.translate;

import dev.halfwave.graph.Value;
import dev.halfwave.onnx.file.Attributes;
import dev.halfwave.op.Concat;
import dev.halfwave.op.Embed;
import dev.halfwave.op.Slice;
import dev.halfwave.op.Take;
import dev.halfwave.op.Where;
import dev.halfwave.tensor.DoubleTensor;
import dev.halfwave.tensor.Indices;
import dev.halfwave.tensor.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

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

    private static Value take(Call call, Value x, int axis, long count, IntUnaryOperator index) {
        int[] indices = IntStream.range(0, Call.size(count)).map(index).toArray();
        return call.add(new Take(axis, Indices.of(indices)), x);
    }

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

    /** Constant, reflected, repeated or wrapped edges; negative padding cuts. */
    static Value pad(Call call) {
        int rank = call.shape(0).rank();
        String mode = call.attributes().choice("mode", "constant", List.of("constant", "reflect", "edge", "wrap"));
        List<Long> pads = call.integers(1, call.attributes().has("paddings") ? "paddings" : "pads", "pads");
        List<Integer> axes = call.has(3) ? Call.axes(call.integers(3, "axes"), rank) : Axes.range(0, rank);
        if (pads == null || pads.size() != 2 * axes.size()) {
            throw call.wrong(2 * axes.size() + " pads", String.valueOf(pads));
        }
        Value x = call.value(0);
        @Nullable Value filler = filler(call);
        for (int i = 0; i < axes.size(); i++) {
            long before = pads.get(i);
            long after = pads.get(i + axes.size());
            x = cut(call, x, axes.get(i), before, after);
            x = mode.equals("constant")
                    ? constant(call, x, axes.get(i), Math.max(0, before), Math.max(0, after), filler)
                    : copied(call, x, axes.get(i), Math.max(0, before), Math.max(0, after), mode);
        }
        return x;
    }

    /** What constant padding consists of; null for zeros. */
    private static @Nullable Value filler(Call call) {
        DoubleTensor known = call.has(2) ? call.known(call.value(2)) : null;
        if (call.has(2) && known == null) {
            return call.value(2);
        }
        double number =
                known == null || known.data().length == 0 ? call.attributes().number("value", 0) : known.data()[0];
        return number == 0 ? null : call.constant(number);
    }

    /** Brings axes to given sizes by cutting or padding with zeros on both sides. */
    static Value center(Call call) {
        int rank = call.shape(0).rank();
        List<Long> sizes = call.integers(1, "sizes");
        List<Long> given = call.attributes().integers("axes");
        List<Integer> axes = given == null ? Axes.range(0, rank) : Call.axes(given, rank);
        if (sizes.size() != axes.size()) {
            throw call.wrong(axes.size() + " sizes", sizes.toString());
        }
        Value x = call.value(0);
        for (int i = 0; i < axes.size(); i++) {
            int length = x.shape().size(axes.get(i));
            int wanted = Call.size(sizes.get(i));
            int before = Math.abs(wanted - length) / 2;
            x = wanted < length
                    ? call.add(new Slice(axes.get(i), before, wanted), x)
                    : constant(call, x, axes.get(i), before, (long) wanted - length - before, null);
        }
        return x;
    }

    private static Value cut(Call call, Value x, int axis, long before, long after) {
        long start = Math.max(0, -before);
        long size = x.shape().size(axis) - start - Math.max(0, -after);
        if (start == 0 && after >= 0) {
            return x;
        }
        if (size < 0) {
            throw call.wrong("negative pads that leave something", before + " and " + after);
        }
        return call.add(new Slice(axis, Math.toIntExact(start), Math.toIntExact(size)), x);
    }

    private static Value constant(Call call, Value x, int axis, long before, long after, @Nullable Value filler) {
        if (before == 0 && after == 0) {
            return x;
        }
        int length = x.shape().size(axis);
        int total = Math.toIntExact(Math.addExact(before, Math.addExact(after, length)));
        Value embedded = call.add(new Embed(axis, (int) before, total), x);
        if (filler == null) {
            return embedded;
        }
        int[] sizes = new int[x.shape().rank() - axis];
        Arrays.fill(sizes, 1);
        sizes[0] = Call.size(total);
        DoubleTensor outside = DoubleTensor.zeros(Shape.of(sizes));
        Arrays.fill(outside.data(), 1);
        Arrays.fill(outside.data(), (int) before, (int) before + length, 0);
        // Chosen, not multiplied: masks are padded with infinity.
        Value number = call.reshape(filler, new int[0]);
        return call.add(new Where(), call.constant(outside), number, embedded);
    }

    private static Value copied(Call call, Value x, int axis, long before, long after, String mode) {
        if (before == 0 && after == 0) {
            return x;
        }
        int length = x.shape().size(axis);
        if (length == 0) {
            throw call.wrong("an axis that has elements to pad with", x.shape().toString());
        }
        long count = Math.addExact(before, Math.addExact(after, length));
        int shift = Math.toIntExact(before);
        return take(call, x, axis, count, i -> source((long) i - shift, length, mode));
    }

    private static int source(long place, int length, String mode) {
        return switch (mode) {
            case "edge" -> (int) Math.max(0, Math.min(length - 1, place));
            case "wrap" -> (int) Math.floorMod(place, (long) length);
            default -> {
                if (length == 1) {
                    yield 0;
                }
                long period = 2L * (length - 1);
                long within = Math.floorMod(place, period);
                yield (int) (within < length ? within : period - within);
            }
        };
    }
}
