package dev.halfwave.onnx.translate;

import dev.halfwave.graph.Value;
import dev.halfwave.onnx.file.Attributes;
import dev.halfwave.op.BiasAdd;
import dev.halfwave.op.Conv2d;
import dev.halfwave.op.Conv2dInputGradient;
import dev.halfwave.tensor.Shape;
import dev.halfwave.tensor.Window;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Conv and ConvTranspose over one or two spatial axes. */
final class Convolutions {
    private Convolutions() {}

    static Value conv(Call call) {
        int rank = Spatial.rank(call, call.value(0));
        Windows windows = Windows.of(call, rank, spatialSizes(call, rank));
        Value x = Spatial.images(call, call.value(0));
        Value w = Spatial.filters(call, call.value(1));
        Windows.Plane plane = windows.over(x.shape().size(1), x.shape().size(2), false);
        int groups = groups(call);
        Value y = call.add(new Conv2d(plane.vertical(), plane.horizontal(), groups), x, w);
        return Spatial.channelsFirst(call, biased(call, y), rank);
    }

    /**
     * A transposed convolution is the gradient of a convolution with respect to its input: the images that come out
     * stand where that convolution's input would.
     */
    static Value transposed(Call call) {
        int rank = Spatial.rank(call, call.value(0));
        Windows windows = Windows.of(call, rank, spatialSizes(call, rank));
        Value x = Spatial.images(call, call.value(0));
        Value w = Spatial.filters(call, call.value(1));
        Target horizontal = target(call, windows, rank - 1, x.shape().size(2));
        Target vertical = rank == 1
                ? new Target(Window.of(1, 1), 1)
                : target(call, windows, 0, x.shape().size(1));
        Conv2dInputGradient op = new Conv2dInputGradient(
                vertical.window(), horizontal.window(), groups(call), vertical.length(), horizontal.length());
        return Spatial.channelsFirst(call, biased(call, call.add(op, x, w)), rank);
    }

    private static int groups(Call call) {
        int groups = call.attributes().small("group", 1);
        if (groups < 1) {
            throw call.attributes().wrong("group", "1 or more", Integer.toString(groups));
        }
        return groups;
    }

    private static List<Long> spatialSizes(Call call, int rank) {
        Shape w = call.shape(1);
        if (w.rank() != rank + 2) {
            throw new IllegalArgumentException(
                    "expected filters of " + (rank + 2) + " axes as the images have, received " + w);
        }
        return Arrays.stream(w.sizes(), 2, w.rank()).asLongStream().boxed().toList();
    }

    private static Value biased(Call call, Value y) {
        if (!call.has(2)) {
            return y;
        }
        Value bias = call.value(2);
        return call.add(new BiasAdd(), y, call.reshape(bias, bias.shape().elements()));
    }

    /**
     * Along one axis of what comes out.
     *
     * @param window how the convolution that this transposes moves over it
     * @param length its size
     */
    private record Target(Window window, int length) {}

    private static Target target(Call call, Windows windows, int axis, int positions) {
        Attributes attributes = call.attributes();
        Window plain = windows.along(axis, positions);
        int extra = at(attributes.integers("output_padding"), axis, 0);
        long full = (positions - 1L) * plain.stride() + plain.span() + extra;
        List<Long> shape = attributes.integers("output_shape");
        long length;
        long before = plain.before();
        if (shape != null && shape.size() < windows.rank()) {
            throw attributes.wrong("output_shape", "a size for each of " + windows.rank() + " axes", shape.toString());
        }
        if (shape != null || windows.isSame()) {
            length =
                    shape == null ? (long) positions * plain.stride() : shape.get(shape.size() - windows.rank() + axis);
            long padding = Math.max(0, full - length);
            boolean upper = windows.auto().equals("SAME_UPPER");
            before = upper ? padding / 2 : padding - padding / 2;
        } else {
            length = full - plain.before() - plain.after();
        }
        if (length < 1 || length > Integer.MAX_VALUE) {
            throw new IllegalArgumentException("expected an output of 1 or more, received " + length);
        }
        long after = Math.max(0, (positions - 1L) * plain.stride() + plain.span() - length - before);
        Window window = new Window(
                plain.size(), plain.stride(), plain.dilation(), Math.toIntExact(before), Math.toIntExact(after));
        return new Target(window, (int) length);
    }

    private static int at(@Nullable List<Long> values, int index, int otherwise) {
        return values == null || index >= values.size() ? otherwise : Math.toIntExact(values.get(index));
    }
}
