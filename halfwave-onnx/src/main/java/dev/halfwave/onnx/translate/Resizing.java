package dev.halfwave.onnx.translate;

import dev.halfwave.graph.Value;
import dev.halfwave.onnx.file.Attributes;
import dev.halfwave.op.BinaryFunction;
import dev.halfwave.op.Resample;
import dev.halfwave.tensor.DoubleTensor;
import dev.halfwave.tensor.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Resize and Upsample: one axis after the other, each output a weighted sum of its neighbours in the input.
 *
 * <p>Where a neighbour lies outside, the nearest edge takes its place.
 */
final class Resizing {
    private static final List<String> POLICIES = List.of("stretch", "not_larger", "not_smaller");

    /** Images that are resized have no longer sides than this. */
    private static final int LONGEST_SIDE = 1 << 16;

    private Resizing() {}

    /** Upsample, and Resize before version 11. */
    static Value byScales(Call call) {
        List<Float> attribute = call.attributes().numbers("scales");
        double[] scales = attribute == null
                ? call.constant(1, "scales").data()
                : attribute.stream().mapToDouble(scale -> scale).toArray();
        int rank = call.shape(0).rank();
        if (scales.length != rank) {
            throw call.wrong(rank + " scales", Arrays.toString(scales));
        }
        Sampling sampling = Sampling.ofOld(call.attributes());
        Value x = call.value(0);
        for (int axis = 0; axis < rank; axis++) {
            int length = x.shape().size(axis);
            x = along(
                    call, x, axis, new Line(length, bySize(call, length * scales[axis]), scales[axis], 0, 1), sampling);
        }
        return x;
    }

    static Value resize(Call call) {
        if (call.opset() < 11) {
            return byScales(call);
        }
        Attributes attributes = call.attributes();
        int rank = call.shape(0).rank();
        List<Long> given = attributes.integers("axes");
        List<Integer> axes = given == null ? Axes.range(0, rank) : Call.axes(given, rank);
        Sampling sampling = Sampling.of(attributes);
        List<Line> lines = lines(call, axes, sampling.isCrop());
        Value y = call.value(0);
        for (int i = 0; i < axes.size(); i++) {
            y = along(call, y, axes.get(i), lines.get(i), sampling);
        }
        double outside = attributes.number("extrapolation_value", 0);
        return sampling.isCrop() && outside != 0 ? filled(call, y, axes, lines, sampling, outside) : y;
    }

    private static List<Line> lines(Call call, List<Integer> axes, boolean crop) {
        Shape s = call.shape(0);
        double[] scales = numbers(call, 2, axes.size());
        double[] sizes = scales == null ? numbers(call, 3, axes.size()) : null;
        if (scales == null && sizes == null) {
            throw call.wrong("scales or sizes", "neither");
        }
        double[] region = crop ? numbers(call, 1, 2 * axes.size()) : null;
        double common = sizes == null ? 0 : commonScale(call, s, axes, sizes);
        List<Line> lines = new ArrayList<>();
        for (int i = 0; i < axes.size(); i++) {
            int length = s.size(axes.get(i));
            double scale = scales != null ? scales[i] : common;
            double size = scales != null ? length * scales[i] : Math.floor(common * length + 0.5);
            if (sizes != null && common == 0) {
                scale = sizes[i] / length;
                size = sizes[i];
            }
            lines.add(new Line(
                    length,
                    bySize(call, size),
                    scale,
                    region == null ? 0 : region[i],
                    region == null ? 1 : region[i + axes.size()]));
        }
        return lines;
    }

    /** One scale for all axes, where the aspect ratio is to be kept; else 0. */
    private static double commonScale(Call call, Shape s, List<Integer> axes, double[] sizes) {
        String policy = call.attributes().choice("keep_aspect_ratio_policy", "stretch", POLICIES);
        if (policy.equals("stretch")) {
            return 0;
        }
        double[] scales = new double[sizes.length];
        Arrays.setAll(scales, i -> sizes[i] / s.size(axes.get(i)));
        Arrays.sort(scales);
        return policy.equals("not_larger") ? scales[0] : scales[scales.length - 1];
    }

    private static double @Nullable [] numbers(Call call, int input, int count) {
        if (!call.has(input)) {
            return null;
        }
        double[] numbers = call.constant(input, "scales, sizes or a region").data();
        if (numbers.length == 0) {
            return null;
        }
        if (numbers.length != count) {
            throw call.wrong(count + " numbers as input " + input, Arrays.toString(numbers));
        }
        return numbers;
    }

    private static int bySize(Call call, double size) {
        if (!(size >= 0 && size <= LONGEST_SIDE)) {
            throw call.wrong("a new size of 0 to " + LONGEST_SIDE, Double.toString(size));
        }
        return (int) size;
    }

    private static Value along(Call call, Value x, int axis, Line line, Sampling sampling) {
        boolean same = line.outputs() == line.inputs() && line.scale() == 1 && !sampling.isCrop();
        return same ? x : call.add(new Resample(axis, sampling.taps(line)), x);
    }

    /** Puts a number wherever a place lies outside along any axis; sampling left zeros there. */
    private static Value filled(
            Call call, Value y, List<Integer> axes, List<Line> lines, Sampling sampling, double outside) {
        Value inside = call.constant(1);
        for (int i = 0; i < axes.size(); i++) {
            int[] sizes = new int[y.shape().rank() - axes.get(i)];
            Arrays.fill(sizes, 1);
            sizes[0] = lines.get(i).outputs();
            DoubleTensor flags = DoubleTensor.zeros(Shape.of(sizes));
            for (int place = 0; place < sizes[0]; place++) {
                flags.data()[place] = sampling.isOutside(lines.get(i), place) ? 0 : 1;
            }
            inside = call.binary(BinaryFunction.MULTIPLY, inside, call.constant(flags));
        }
        Value filler = call.binary(
                BinaryFunction.MULTIPLY,
                call.binary(BinaryFunction.SUBTRACT, call.constant(1), inside),
                call.constant(outside));
        return call.binary(BinaryFunction.ADD, y, filler);
    }

    /**
     * One axis to be resized.
     *
     * @param inputs its size
     * @param outputs its new size
     * @param scale how many outputs there are for one input
     * @param from where the region that is sampled starts, as a share of the axis
     * @param to where it ends
     */
    record Line(int inputs, int outputs, double scale, double from, double to) {}
}
