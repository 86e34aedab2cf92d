package dev.halfwave.nn;

import dev.halfwave.graph.GraphBuilder;
import dev.halfwave.graph.Value;
import dev.halfwave.op.Resample;
import dev.halfwave.op.Take;
import dev.halfwave.tensor.Indices;
import dev.halfwave.tensor.Taps;
import java.util.stream.IntStream;

/**
 * Enlarges images: {@code [N, H, W, C]} to {@code [N, factor·H, factor·W, C]}.
 *
 * <p>Pixels are areas: the centre of the result's pixel i lies at {@code (i + ½) / factor − ½} of the image, and beyond
 * the outermost centres the edge goes on.
 *
 * @param factor how many times as high and wide, 1 or more
 * @param interpolation what lies between the pixels
 */
public record UpSample2d(int factor, Interpolation interpolation) implements Layer {

    /** @throws IllegalArgumentException if the factor is below 1 */
    public UpSample2d {
        if (factor < 1) {
            throw new IllegalArgumentException("up_sample2d: expected a factor of 1 or more, received " + factor);
        }
    }

    /** Every pixel repeated. */
    public static UpSample2d nearest(int factor) {
        return new UpSample2d(factor, Interpolation.NEAREST);
    }

    /** Linear in both directions. */
    public static UpSample2d linear(int factor) {
        return new UpSample2d(factor, Interpolation.LINEAR);
    }

    @Override
    public Value apply(GraphBuilder g, Value x) {
        try (GraphBuilder.Scope layer = g.layer("up_sample2d")) {
            Images.check("up_sample2d", g, x);
            return factor == 1 ? x : enlarge(g, enlarge(g, x, 2), 1); // columns first, while there are fewer rows
        }
    }

    private Value enlarge(GraphBuilder g, Value x, int axis) {
        int size = x.shape().size(axis);
        return interpolation == Interpolation.NEAREST
                ? g.add(new Take(axis, repeated(size)), x)
                : g.add(new Resample(axis, between(size)), x);
    }

    private Indices repeated(int size) {
        return Indices.of(IntStream.range(0, factor * size).map(i -> i / factor).toArray());
    }

    private Taps between(int size) {
        int outputs = Math.multiplyExact(factor, size);
        int[] indices = new int[2 * outputs];
        double[] weights = new double[2 * outputs];
        for (int i = 0; i < outputs; i++) {
            double centre = Math.max(0, Math.min(size - 1, (i + 0.5) / factor - 0.5));
            int below = (int) centre;
            indices[2 * i] = below;
            indices[2 * i + 1] = Math.min(below + 1, size - 1);
            weights[2 * i] = 1 - (centre - below);
            weights[2 * i + 1] = centre - below;
        }
        int[] starts = IntStream.rangeClosed(0, outputs).map(i -> 2 * i).toArray();
        return Taps.of(size, starts, indices, weights);
    }

    /** What lies between the pixels. */
    public enum Interpolation {
        /** The nearest pixel. */
        NEAREST,
        /** A straight line from pixel to pixel. */
        LINEAR
    }
}
