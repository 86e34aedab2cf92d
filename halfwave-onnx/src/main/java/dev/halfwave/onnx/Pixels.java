package dev.halfwave.onnx;

import dev.halfwave.graph.GraphBuilder;
import dev.halfwave.graph.Value;
import dev.halfwave.op.Binary;
import dev.halfwave.op.BinaryFunction;
import dev.halfwave.tensor.Shape;
import dev.halfwave.tensor.Tensor;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a model expects for pixels that Halfwave has from 0 to 1: {@code x · scale + shift}, for all channels alike or for
 * each its own.
 *
 * <p>Written as a range, {@code 0..255}, or as what was subtracted and divided by in training, {@code
 * mean=0.485,0.456,0.406;std=0.229,0.224,0.225}.
 *
 * @param spec as it was written
 */
public record Pixels(String spec) {
    private static final String NUMBER = "-?\\d+(?:\\.\\d+)?";
    private static final String LIST = NUMBER + "(?:," + NUMBER + ")*";
    private static final Pattern RANGE = Pattern.compile("(" + NUMBER + ")\\.\\.(" + NUMBER + ")");
    private static final Pattern NORMALIZED = Pattern.compile("mean=(" + LIST + ");std=(" + LIST + ")");

    /** Longer than the numbers of any image's channels; matching takes a stack as deep as a text is long. */
    private static final int LONGEST = 1000;

    /** As Halfwave has them. */
    public static final Pixels UNIT = new Pixels("0..1");

    /** @throws IllegalArgumentException if it is written in another way, or would divide by zero */
    public Pixels {
        parse(spec);
    }

    private static Affine parse(String spec) {
        if (spec.length() > LONGEST) {
            throw new IllegalArgumentException("pixels: expected a range or a mean and a deviation for every channel,"
                    + " received a text of " + spec.length() + " characters");
        }
        Matcher range = RANGE.matcher(spec);
        if (range.matches()) {
            double low = Double.parseDouble(range.group(1));
            return new Affine(new double[] {Double.parseDouble(range.group(2)) - low}, new double[] {low});
        }
        Matcher normalized = NORMALIZED.matcher(spec);
        if (normalized.matches()) {
            double[] mean = numbers(normalized.group(1));
            double[] deviation = numbers(normalized.group(2));
            if (mean.length == deviation.length && Arrays.stream(deviation).allMatch(d -> d > 0)) {
                double[] scale = Arrays.stream(deviation).map(d -> 1 / d).toArray();
                double[] shift = new double[mean.length];
                Arrays.setAll(shift, i -> -mean[i] / deviation[i]);
                return new Affine(scale, shift);
            }
        }
        throw new IllegalArgumentException("pixels: expected a range as in 0..255, or mean=…;std=… with as many numbers"
                + " above 0 as there are means, received \"" + spec + "\"");
    }

    private static double[] numbers(String list) {
        return Arrays.stream(list.split(",", -1))
                .mapToDouble(Double::parseDouble)
                .toArray();
    }

    /** Adds the conversion of images {@code [N, H, W, C]} to a graph. */
    Value apply(GraphBuilder g, Value images) {
        Affine affine = parse(spec);
        int channels = images.shape().size(-1);
        if (affine.scale.length != 1 && affine.scale.length != channels) {
            throw new IllegalArgumentException("pixels: expected one number, or one for each of " + channels
                    + " channels, received \"" + spec + "\"");
        }
        Value scaled = combine(g, BinaryFunction.MULTIPLY, images, affine.scale, 1);
        return combine(g, BinaryFunction.ADD, scaled, affine.shift, 0);
    }

    private static Value combine(GraphBuilder g, BinaryFunction function, Value x, double[] numbers, double neutral) {
        if (Arrays.stream(numbers).allMatch(number -> number == neutral)) {
            return x;
        }
        Tensor tensor = Tensor.zeros(numbers.length == 1 ? Shape.of() : Shape.of(numbers.length));
        for (int i = 0; i < numbers.length; i++) {
            tensor.data()[i] = (float) numbers[i];
        }
        return g.add(new Binary(function), x, g.constant(tensor));
    }

    private record Affine(double[] scale, double[] shift) {}
}
