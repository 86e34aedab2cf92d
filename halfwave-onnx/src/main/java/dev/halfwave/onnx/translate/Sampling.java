package dev.halfwave.onnx.translate;

import dev.halfwave.onnx.file.Attributes;
import dev.halfwave.onnx.translate.Resizing.Line;
import dev.halfwave.tensor.Taps;
import java.util.Arrays;
import java.util.List;

/**
 * Which inputs an output is made of when an axis is resized, and with what weights.
 *
 * @param mode nearest, linear or cubic
 * @param coordinates how places in the output correspond to places in the input
 * @param rounding which neighbour is the nearest
 * @param cubic the coefficient of cubic interpolation
 * @param antialias whether shrinking averages over all inputs that an output stands for
 * @param excludeOutside whether neighbours outside count for nothing, instead of as the edge
 * @see <a href="https://onnx.ai/onnx/operators/onnx__Resize.html">ONNX's Resize</a>
 * @see <a href="https://doi.org/10.1109/TASSP.1981.1163711">Keys 1981, on cubic interpolation</a>
 */
record Sampling(
        String mode, String coordinates, String rounding, double cubic, boolean antialias, boolean excludeOutside) {
    private static final List<String> MODES = List.of("nearest", "linear", "cubic");
    private static final List<String> COORDINATES = List.of(
            "half_pixel",
            "half_pixel_symmetric",
            "pytorch_half_pixel",
            "align_corners",
            "asymmetric",
            "tf_half_pixel_for_nn",
            "tf_crop_and_resize");
    private static final List<String> ROUNDINGS = List.of("round_prefer_floor", "round_prefer_ceil", "floor", "ceil");

    static Sampling of(Attributes attributes) {
        return new Sampling(
                attributes.choice("mode", "nearest", MODES),
                attributes.choice("coordinate_transformation_mode", "half_pixel", COORDINATES),
                attributes.choice("nearest_mode", "round_prefer_floor", ROUNDINGS),
                attributes.number("cubic_coeff_a", -0.75),
                attributes.flag("antialias", false),
                attributes.flag("exclude_outside", false));
    }

    /** Before version 11 places were divided by the scale, and the nearest was the one in front. */
    static Sampling ofOld(Attributes attributes) {
        String mode = attributes.choice("mode", "nearest", List.of("nearest", "linear", "bilinear"));
        return new Sampling(mode.equals("bilinear") ? "linear" : mode, "asymmetric", "floor", -0.75, false, false);
    }

    boolean isCrop() {
        return coordinates.equals("tf_crop_and_resize");
    }

    /** The taps of all outputs. */
    Taps taps(Line line) {
        if (line.inputs() == 0) {
            throw new IllegalArgumentException("expected an axis with elements to sample, received an empty one");
        }
        int[] starts = new int[line.outputs() + 1];
        int width = kernel(0, line.scale()).length;
        int[] indices = new int[Call.size((long) line.outputs() * width)];
        double[] weights = new double[indices.length];
        int end = 0;
        for (int output = 0; output < line.outputs(); output++) {
            if (!isOutside(line, output)) {
                end = sample(line, output, indices, weights, end);
            }
            starts[output + 1] = end;
        }
        return Taps.of(line.inputs(), starts, Arrays.copyOf(indices, end), Arrays.copyOf(weights, end));
    }

    private int sample(Line line, int output, int[] indices, double[] weights, int start) {
        double place = place(line, output);
        double floor = Math.floor(place);
        // A place on an input counts as the right end of the gap before it.
        double left = place == floor ? floor - 1 : floor;
        double[] kernel = kernel(place - left, line.scale());
        long first = (long) left - kernel.length / 2 + 1;
        double total = 0;
        int end = start;
        for (int i = 0; i < kernel.length; i++) {
            long index = first + i;
            boolean outside = index < 0 || index >= line.inputs();
            if (kernel[i] != 0 && !(outside && excludeOutside)) {
                indices[end] = (int) Math.max(0, Math.min(line.inputs() - 1, index));
                weights[end++] = kernel[i];
                total += kernel[i];
            }
        }
        for (int i = start; i < end && excludeOutside; i++) {
            weights[i] /= total;
        }
        return end;
    }

    /** Whether an output of a crop stands for a place outside of the input. */
    boolean isOutside(Line line, int output) {
        double place = isCrop() ? place(line, output) : 0;
        return place < 0 || place > line.inputs() - 1;
    }

    /** The place in the input, in inputs from the first one on. */
    private double place(Line line, int output) {
        double length = line.scale() * line.inputs();
        double last = line.inputs() - 1.0;
        return switch (coordinates) {
            case "asymmetric" -> output / line.scale();
            case "align_corners" -> length == 1 ? 0 : output * last / (length - 1);
            case "tf_half_pixel_for_nn" -> (output + 0.5) / line.scale();
            case "pytorch_half_pixel" -> length == 1 ? 0 : (output + 0.5) / line.scale() - 0.5;
            case "half_pixel_symmetric" ->
                line.inputs() / 2.0 * (1 - line.outputs() / length) + (output + 0.5) / line.scale() - 0.5;
            case "tf_crop_and_resize" ->
                line.from() * last
                        + (length == 1
                                ? (line.to() - line.from()) * last / 2
                                : output * (line.to() - line.from()) * last / (length - 1));
            default -> (output + 0.5) / line.scale() - 0.5;
        };
    }

    /** The weights of neighbours, as many on either side of a gap; the ratio says where in the gap, 1 at its right. */
    private double[] kernel(double ratio, double scale) {
        return switch (mode) {
            case "nearest" -> isRight(ratio) ? new double[] {0, 1} : new double[] {1, 0};
            case "linear" -> kernel(ratio, scale, 1);
            default -> kernel(ratio, scale, 2);
        };
    }

    private boolean isRight(double ratio) {
        if (ratio == 1) {
            return true;
        }
        return switch (rounding) {
            case "floor" -> false;
            case "ceil" -> true;
            case "round_prefer_ceil" -> ratio >= 0.5;
            default -> ratio > 0.5;
        };
    }

    private double[] kernel(double ratio, double scale, int reach) {
        double shrink = antialias ? Math.min(scale, 1) : 1;
        int first = (int) Math.floor(-reach / shrink) + 1;
        double[] weights = new double[Call.size(2 - 2L * first)];
        double total = 0;
        for (int i = 0; i < weights.length; i++) {
            double distance = Math.abs((first + i - ratio) * shrink);
            weights[i] = reach == 1 ? Math.max(0, 1 - distance) : cubic(distance);
            total += weights[i];
        }
        for (int i = 0; i < weights.length && antialias; i++) {
            weights[i] /= total;
        }
        return weights;
    }

    private double cubic(double d) {
        if (d <= 1) {
            return ((cubic + 2) * d - (cubic + 3)) * d * d + 1;
        }
        return d < 2 ? ((cubic * d - 5 * cubic) * d + 8 * cubic) * d - 4 * cubic : 0;
    }
}
