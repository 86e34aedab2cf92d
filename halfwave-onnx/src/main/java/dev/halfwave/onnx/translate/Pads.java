package dev.halfwave.onnx.translate;

import dev.halfwave.graph.Value;
import dev.halfwave.op.Embed;
import dev.halfwave.op.Slice;
import dev.halfwave.op.Where;
import dev.halfwave.tensor.DoubleTensor;
import dev.halfwave.tensor.Shape;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Ops that add elements around a tensor, or cut them off. */
final class Pads {
    private Pads() {}

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
        return Pieces.take(call, x, axis, count, i -> source((long) i - shift, length, mode));
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
