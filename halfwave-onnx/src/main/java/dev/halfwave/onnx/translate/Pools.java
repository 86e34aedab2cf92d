package dev.halfwave.onnx.translate;

import dev.halfwave.graph.Value;
import dev.halfwave.onnx.file.ElementType;
import dev.halfwave.onnx.file.Sizes;
import dev.halfwave.op.AvgPool2d;
import dev.halfwave.op.BinaryFunction;
import dev.halfwave.op.Embed;
import dev.halfwave.op.MaxPool2d;
import dev.halfwave.op.MaxPoolIndices;
import dev.halfwave.op.Reduce;
import dev.halfwave.op.Reduction;
import dev.halfwave.op.Scatter;
import dev.halfwave.tensor.DoubleTensor;
import dev.halfwave.tensor.Indices;
import dev.halfwave.tensor.Shape;
import dev.halfwave.tensor.Window;
import java.util.ArrayList;
import java.util.List;

/** Pools over one or two spatial axes. */
final class Pools {
    private Pools() {}

    static List<Operand> max(Call call) {
        int rank = Spatial.rank(call, call.value(0));
        Value x = Spatial.images(call, call.value(0));
        Windows.Plane plane = plane(call, x);
        List<Operand> outputs = new ArrayList<>();
        Value y = call.add(new MaxPool2d(plane.vertical(), plane.horizontal()), x);
        outputs.add(new Operand(
                Spatial.channelsFirst(call, y, rank), call.operand(0).type()));
        if (call.wants(1)) {
            Value places = call.add(new MaxPoolIndices(plane.vertical(), plane.horizontal()), x);
            outputs.add(new Operand(
                    indices(call, Spatial.channelsFirst(call, places, rank), x.shape()), ElementType.INT64));
        }
        return outputs;
    }

    /** ONNX counts places over the whole tensor, channels first, and by columns first if so wished. */
    private static Value indices(Call call, Value places, Shape x) {
        int w = x.size(2);
        int plane = x.size(1) * w;
        Value within = places;
        if (call.attributes().integer("storage_order", 0) == 1) {
            Value row = call.binary(BinaryFunction.TRUNCATED_DIVIDE, places, call.constant(w));
            Value column = call.binary(BinaryFunction.MODULO, places, call.constant(w));
            within = call.binary(
                    BinaryFunction.ADD, call.binary(BinaryFunction.MULTIPLY, column, call.constant(x.size(1))), row);
        }
        int[] sizes = places.shape().sizes();
        for (int axis = 2; axis < sizes.length; axis++) {
            sizes[axis] = 1;
        }
        DoubleTensor starts = DoubleTensor.zeros(Shape.of(sizes));
        for (int i = 0; i < starts.data().length; i++) {
            starts.data()[i] = (double) i * plane;
        }
        return call.binary(BinaryFunction.ADD, within, call.constant(starts));
    }

    /** Puts every element where a max pool found it; everything else is zero. */
    static Value unpool(Call call) {
        int rank = Spatial.rank(call, call.value(0));
        Shape s = call.shape(0);
        Windows windows = Windows.of(call, rank, null);
        int[] sizes = s.sizes();
        for (int axis = 0; axis < rank; axis++) {
            Window window = windows.along(axis, s.size(axis + 2));
            long size = (s.size(axis + 2) - 1L) * window.stride() + window.size() - window.before() - window.after();
            sizes[axis + 2] = Call.size(size);
        }
        Shape usual = Shape.of(sizes);
        Shape whole = call.has(2) ? Sizes.shape(call.integers(2, "sizes"), "sizes") : usual;
        DoubleTensor places = call.constant(1, "indices");
        int[] indices = new int[places.data().length];
        for (int i = 0; i < indices.length; i++) {
            indices[i] = place(call, (long) places.data()[i], usual, whole);
        }
        Value flat = call.reshape(call.value(0), s.elements());
        return call.reshape(call.add(new Scatter(0, Indices.of(indices), whole.elements()), flat), whole);
    }

    /** Places count in images of the usual size, which the wanted ones may exceed. */
    private static int place(Call call, long place, Shape usual, Shape whole) {
        if (place < 0 || place >= usual.elements() || whole.rank() != usual.rank()) {
            throw call.wrong("places within " + usual, Long.toString(place));
        }
        long rest = place;
        long result = 0;
        long stride = 1;
        for (int axis = usual.rank() - 1; axis >= 0; axis--) {
            result += rest % usual.size(axis) * stride;
            rest /= usual.size(axis);
            stride *= whole.size(axis);
        }
        if (result >= whole.elements()) {
            throw call.wrong("images of at least " + usual, whole.toString());
        }
        return (int) result;
    }

    static Value average(Call call) {
        int rank = Spatial.rank(call, call.value(0));
        Value x = Spatial.images(call, call.value(0));
        Windows.Plane plane = plane(call, x);
        boolean counted = call.attributes().flag("count_include_pad", false);
        if (counted && call.attributes().flag("ceil_mode", false)) {
            return Spatial.channelsFirst(call, averageOfPadded(call, x, plane), rank);
        }
        Value y = call.add(new AvgPool2d(plane.vertical(), plane.horizontal(), counted), x);
        return Spatial.channelsFirst(call, y, rank);
    }

    /** Padding that was asked for counts, but not what the last, incomplete window looks at behind it. */
    private static Value averageOfPadded(Call call, Value x, Windows.Plane plane) {
        Windows windows = windows(call);
        Windows.Plane asked = windows.over(x.shape().size(1), x.shape().size(2), false);
        Value padded = pad(call, pad(call, x, 1, asked.vertical()), 2, asked.horizontal());
        return call.add(
                new AvgPool2d(
                        rest(plane.vertical(), asked.vertical()), rest(plane.horizontal(), asked.horizontal()), false),
                padded);
    }

    private static Value pad(Call call, Value x, int axis, Window window) {
        int total = Math.addExact(x.shape().size(axis), Math.addExact(window.before(), window.after()));
        return window.padded() ? call.add(new Embed(axis, window.before(), total), x) : x;
    }

    private static Window rest(Window whole, Window asked) {
        return new Window(whole.size(), whole.stride(), whole.dilation(), 0, whole.after() - asked.after());
    }

    /** (Σ |x|ᵖ)^(1/p) over every window. */
    static Value lp(Call call) {
        int rank = Spatial.rank(call, call.value(0));
        double p = power(call);
        Value x = Spatial.images(call, call.value(0));
        Windows.Plane plane = plane(call, x);
        Value mean = call.add(
                new AvgPool2d(plane.vertical(), plane.horizontal(), true), Pointwise.absolutePower(call, x, p));
        int size =
                Math.multiplyExact(plane.vertical().size(), plane.horizontal().size());
        Value sum = call.binary(BinaryFunction.MULTIPLY, mean, call.constant(size));
        return Spatial.channelsFirst(call, Pointwise.root(call, sum, p), rank);
    }

    private static double power(Call call) {
        // Version 1 had p as a floating point number.
        double p = call.opset() < 2
                ? call.attributes().number("p", 2)
                : call.attributes().integer("p", 2);
        if (!(p > 0)) {
            throw call.attributes().wrong("p", "a number above 0", Double.toString(p));
        }
        return p;
    }

    static Value globalAverage(Call call) {
        if (call.shape(0).rank() != 4) {
            return overAll(call, call.value(0), Reduction.MEAN);
        }
        Value x = Spatial.images(call, call.value(0));
        Window vertical = Window.of(x.shape().size(1), 1);
        Window horizontal = Window.of(x.shape().size(2), 1);
        return Spatial.channelsFirst(call, call.add(new AvgPool2d(vertical, horizontal, false), x), 2);
    }

    static Value globalMax(Call call) {
        return overAll(call, call.value(0), Reduction.MAX);
    }

    static Value globalLp(Call call) {
        double p = power(call);
        Value sum = overAll(call, Pointwise.absolutePower(call, call.value(0), p), Reduction.SUM);
        return Pointwise.root(call, sum, p);
    }

    private static Value overAll(Call call, Value x, Reduction reduction) {
        int rank = x.shape().rank();
        if (rank < 2) {
            throw new IllegalArgumentException("expected images [N, C, …], received " + x.shape());
        }
        return call.add(new Reduce(reduction, Axes.range(2, rank), true), x);
    }

    private static Windows.Plane plane(Call call, Value images) {
        Windows windows = windows(call);
        boolean ceil = call.attributes().flag("ceil_mode", false);
        return windows.over(images.shape().size(1), images.shape().size(2), ceil);
    }

    private static Windows windows(Call call) {
        return Windows.of(call, call.shape(0).rank() - 2, null);
    }
}
